"""The real program run for years in minutes: seeded people, a clock that is set, and faults.

- `run` plays everything; `office` is the running program, made anew after every crash; `agenda`
  is what is to happen when.
- `population` is who there is and who leads whom; `person` behaves as people do, with what they
  say from `phrases` and what they choose from `taste`.
- `platform` is where messages go, two of a kind; `faults` is what goes wrong there and here.
- `oracles` judge each message as it arrives and `ledger` the whole at the end, with arithmetic of
  their own, from what was promised and never from the code that is judged. `report` is the result.
"""
