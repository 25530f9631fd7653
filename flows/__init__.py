"""What follows from what: pure, so that every promise about it can be proved.

model -> what a dialogue is            load -> from TOML texts to a Catalogue
conversation, events, turn -> in, out  path -> where the answers have led
answers -> does an answer fit          engine -> advance(dialogue, conversation, event) -> Turn
wording -> a Say in a language         controls -> words that work anywhere
check -> what is wrong with a dialogue calendar, cadence, dates -> time as arithmetic
"""
