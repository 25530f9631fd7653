"""What `tillidsrum` can be told to do.

- `definitions` names every command with its options and help; it imports nothing heavy, so that
  `--help` answers at once. `texts` holds the words in both languages, `language` says which one
  the terminal speaks, `click_texts` gives click's own words in Danish.
- `demo run check simulate export erase db doctor`: one module for each command, imported when it
  is called, with one function `run` that takes the options and gives the exit code.
- `obey` calls it and turns what it refuses, and what the settings or the store refuse, into a line
  or two with the mend; `explain` words those. `store`, `listen`, `channels` and `progress` are
  what several commands need.
"""
