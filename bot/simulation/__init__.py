"""The real program run for years in minutes: seeded people, a clock that is set, and faults.

- `run` plays everything on a `stage`; `office` is the running program, made anew after every crash;
  `agenda` is what is to happen when.
- `population` is who there is and who leads whom; `books` is what HR knows of it: groups, courses,
  rules, who has left. `hr` sets about things by dice, and `errands` is how the program is told.
- `person` behaves as people do, with what they say from `phrases` and what they choose from
  `taste`; it can be asked what it says to any message, without the rest.
- `platform` is where messages go, two of a kind; `faults` is what goes wrong there and here.
- `audience` has everybody's screens: `oracles`, `sharing`, `course_judge` and `figure_judge` judge
  what arrives, and `ledger` the whole at the end, with arithmetic of their own, from what was
  promised and never from the code that is judged. `report` is the result.
"""
