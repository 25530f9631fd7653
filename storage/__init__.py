"""The store: what is remembered, sealed, and safe on the disk before anybody is answered.

- `start` opens everything in the right order; `database` is the unit of work; `group_commit`
  shares one commit between many works; `sqlite` and `postgresql` are the two kinds.
- `tables` is the schema, `columns` what its columns are made of, `migrate` and `migrations/`
  how a database gets there, `ids` where ids come from.
- `encryption` seals and opens; `erase` and `erasures` make somebody forgotten for good;
  `backup` and `copying` carry everything elsewhere and back. `errors` says what went wrong.
- The rest are repositories, one for each noun, on a unit that somebody else opened.
"""
