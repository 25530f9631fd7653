"""Courses: which programmes there are (`programmes.py`), who gets which nudge (`roster.py`) and
when (`plans.py`), what an organisation does with a cohort (`planning.py`), what a group does with
its meetings (`meetings.py`), and what the dialogues know of it (`facts.py`, `*_facts.py`)."""
