"""The small dialogue that most tests of the engine play."""

from flows.testing import Player

STEPS = """
finish = ["finish-preparation"]
facts = ["has_nearest_leader"]

[[steps]]
id = "hello"
kind = "say"

[[steps]]
id = "raise"
kind = "choice"
sees = "self"
options = ["yes", "no"]
rest = ["later"]
rules = [{ is = "no", go = "day" }]

[[steps]]
id = "point"
kind = "text"
sees = "choose"
optional = true
longest = 200
options = ["sleep"]
effect = "keep-point"

[[steps]]
id = "point-share"
kind = "share"
sees = "choose"
of = ["point"]
effect = "share"

[[steps]]
id = "day"
kind = "date"
sees = "self"
optional = true
rest = ["later"]
options = ["tomorrow", "in-1-week"]

[[steps]]
id = "week"
kind = "many"
sees = "self"
optional = true
rest = ["later"]
options = ["mon", "tue", "wed"]

[[steps]]
id = "how"
kind = "scale"
sees = "self"
rest = ["later"]
effect = "record-pulse"

[[steps]]
id = "bye"
kind = "say"
"""
WORDS = """
[hello]
text = "Hej."
[raise]
text = "Er der noget?"
label = "Noget"
options.yes = "Ja, det er der"
options.no = "Nej"
options.later = "Senere i dag"
[point]
text = "Hvad?"
label = "Punkt"
options.sleep = "Min søvn"
[point-share]
text = "Sådan ser det ud: {preview}"
label = "Deling"
[day]
text = "Hvornår?"
label = "Dag"
options.later = "Senere i dag"
[week]
text = "Hvilke dage?"
label = "Dage"
options.mon = "Mandag"
options.tue = "Tirsdag"
options.wed = "Onsdag, midt i ugen"
options.later = "Senere i dag"
[how]
text = "Hvordan?"
label = "Hvordan"
options.later = "Senere i dag"
[bye]
text = "Tak: {point}"
"""


def shared(player: Player) -> list[object]:
    return [one.value for one in player.effects if one.name == "share"]


def told_share(player: Player) -> Player:
    return player.press("yes").write("søvn").press("share")
