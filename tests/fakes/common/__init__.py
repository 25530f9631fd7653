"""What every company's fake stands on. It knows no company, and no method of one.

fake       calls, refusals, waiting for what happens  faults    bad days on demand
server     HTTP, and the faults that strike there     flood     counters of rates, against a clock
clock      the company's time                         published what a company says of its methods
errands    what goes on meanwhile                     fixtures  for a conftest
"""
