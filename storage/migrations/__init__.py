"""The schema's history: one file per step, never edited once released.

`env.py` is called by `storage/migrate.py` with an open connection; there is no .ini file.
"""
