from storage import people, rules
from tests.channels.slack.house import House


async def test_look(house: House) -> None:
    house.pairs_up()
    house.does(lambda unit: people.change_person(unit, house.ids["Karin"], roles="leader,hr"))
    f = house.fake

    def show(view):
        print("TITLE", view.title, "|", view.json.get("submit", {}).get("text"), "|", view.errors)
        for b in view.blocks:
            if b["type"] == "input":
                print(
                    "  [",
                    b["block_id"],
                    "]",
                    b["label"]["text"],
                    "—",
                    b.get("hint", {}).get("text", ""),
                    b["element"]["type"],
                    b["element"].get("initial_option", {}).get("value"),
                )
        print(view.text)
        print(view.labels)

    async with house.running():
        house.mette.runs("/tillidsrum", "rytme")
        await f.until(lambda: house.mette.view)
        show(house.mette.view)
        house.mette.submits({"weeks": "3", "weekday": "4", "at": "11:00", "quiet": "uge 52-1"})
        await f.until(lambda: house.mette.view.inputs == [])
        show(house.mette.view)
        house.mette.submits()
        await f.until(lambda: house.mette.view is None and house.mette.sees)
        print([s.text for s in house.mette.sees])
        house.karin.runs("/tillidsrum", "Rhythm")
        await f.until(lambda: house.karin.view)
        show(house.karin.view)
        house.karin.submits({"kind": "dialogue", "whom": "Alle", "weeks": "3", "person": "Mette"})
        await f.until(lambda: house.karin.view.errors)
        show(house.karin.view)
        house.karin.submits(
            {
                "kind": "dialogue",
                "whom": "Kun mig",
                "weeks": "3",
                "person": "Mette",
                "offset": "2",
                "quiet": "sommer",
            }
        )
        await f.until(lambda: "quiet" in str(house.karin.view.errors) or house.karin.view.errors)
        await f.deliver()
        show(house.karin.view)
        house.karin.submits(
            {
                "kind": "dialogue",
                "whom": "Kun mig",
                "weeks": "1",
                "person": "Mette",
                "offset": None,
                "quiet": None,
            }
        )
        await f.until(lambda: house.karin.view.inputs == [])
        show(house.karin.view)
        house.karin.presses("Ret noget")
        await f.until(lambda: house.karin.view.inputs)
        show(house.karin.view)
        print(house.karin.view.state())
        house.karin.submits({})
        await f.until(lambda: house.karin.view.inputs == [])
        house.karin.submits()
        await f.until(lambda: house.karin.view is None and house.karin.sees)
        print([s.text for s in house.karin.sees], house.does(rules.all_rules))
        house.mette.writes("rytme")
        await f.until(lambda: house.mette.buttons)
        print([s.text for s in house.mette.sees], house.mette.buttons)
        house.mette.presses("Alt i ét vindue")
        await f.until(lambda: house.mette.view)
        house.mette.submits({"off": ["yes"]})
        await f.until(lambda: house.mette.view.inputs == [])
        show(house.mette.view)
        house.mette.submits()
        await f.until(lambda: not house.mette.buttons)
        await f.deliver()
        print([s.text for s in house.mette.sees], house.mette.buttons)
    assert f.mistakes == []
