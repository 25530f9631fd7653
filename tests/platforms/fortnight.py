"""What Mette and her nearest leader Karin live through, from the invitation to the deletion, on
whatever platform each of them is. Every free text has a mark of its own, so that it is known
wherever it turns up."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from flows.model import Language
from tests.platforms.house import House, Resident

SHARED = "DELTVAGTPLAN hvad er mit at beslutte, når **vagtplanen** ændrer sig? <b>Ja</b> & 1 < 2"
KEPT = "KANARIEPUNKT jeg overvejer at søge væk"
TAKEN_BACK = "KANARIEFORTRUDT budgettet & resten"
AGREED = "DELTAFTALE vi ser på vagtplanen sammen"
AGREED_ALONE = "KANARIEAFTALE jeg siger fra næste gang"
PROMISE = "KANARIELOFTE ingen mails efter kl. 18"
HOW = "KANARIEHVORDAN telefonen bliver i gangen"
NOTE = "KANARIENOTE det var en hård uge"
OWN = "DELTKARIN hvordan går det med de nye?"
UNSHARED = (KEPT, AGREED_ALONE, PROMISE, HOW, NOTE)
"""Mette's, for nobody."""
WRITTEN = (SHARED, TAKEN_BACK, AGREED, OWN, *UNSHARED)

WORDS: dict[Language, dict[str, str]] = {
    "da": {
        "shared": "delt med mig", "who": "hvem kan se det", "agreements": "mine aftaler",
        "pause": "pause", "my-data": "mine data", "delete": "slet mine data", "help": "hjælp",
    },
    "en": {
        "shared": "shared with me", "who": "who can see it", "agreements": "my agreements",
        "pause": "pause", "my-data": "my data", "delete": "delete my data", "help": "help",
    },
}  # fmt: skip
"""What is written of one's own accord, by language."""


def unpacked(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        return "\n".join(folder.read(name).decode(errors="replace") for name in folder.namelist())


class Fortnight:
    """The days one after the other. `languages`: whose, Mette's and Karin's."""

    def __init__(
        self, house: House, mette: Resident, karin: Resident, *languages: Language
    ) -> None:
        self.house = house
        self.mette = mette
        self.karin = karin
        self.mettes, self.karins = (WORDS[language] for language in languages)

    async def all_of_it(self) -> None:
        await self.mette_prepares()
        await self.karin_prepares()
        await self.they_have_talked()
        await self.both_see_what_was_agreed()
        await self.mette_makes_a_contract()
        await self.the_contract_is_asked_about()
        await self.mette_pauses()
        await self.mette_sees_her_data()

    async def mette_prepares(self) -> None:
        """On Monday. One point is shared, one is not, and one is taken back at once."""
        mette = self.mette
        await self.house.until("mon 09:05")
        assert mette.heard == ["invite"]
        await mette.presses("now")
        assert mette.heard == ["pulse", "krydspres"]
        await mette.presses("3", "4", "2", "5", "1")
        assert mette.heard == ["curve", "point"]
        assert any(one.files for one in mette.news), "no picture of the curve came"

        await mette.answers(SHARED)
        assert mette.heard == ["point-share"]
        assert SHARED in mette.said_to
        await mette.presses("share")
        assert mette.heard == ["[shared]", "another"]
        await mette.presses("yes")
        await mette.answers(KEPT)
        await mette.presses("keep")
        assert mette.heard == ["points#0"]
        await mette.presses("more")
        await mette.answers(TAKEN_BACK)
        await mette.presses("share")
        assert mette.heard[:2] == ["[shared]", "closing"]
        assert mette.heard[-1] == "usability-before"
        await mette.presses("skip")
        await mette.takes_back()
        assert mette.heard == ["[withdrawn]"]
        assert self.karin.messages == []

    async def karin_prepares(self) -> None:
        """On Tuesday: exactly the shared words, and a point of her own."""
        mette, karin = self.mette, self.karin
        await self.house.until("tue 09:05")
        assert karin.heard == ["what-you-see", "leader#0", "own#0"]
        assert SHARED in karin.said_to
        await karin.presses("add-own")
        await karin.answers(OWN)
        assert OWN in karin.said_to
        await karin.presses("share")
        assert "[shared]" in karin.heard
        assert not mette.ever_saw(OWN)
        assert not karin.ever_saw(TAKEN_BACK)

    async def they_have_talked(self) -> None:
        """On Wednesday: Karin's point comes before the dialogue, the questions after it."""
        mette = self.mette
        await self.house.until("wed 09:05")
        assert mette.heard[0] == "from-nearest"
        assert OWN in mette.said_to
        await mette.presses("fine")
        await self.house.until("wed 11:00")
        assert mette.heard == ["talked"]
        await mette.presses("yes")
        assert mette.heard == ["covered#0"]
        await mette.presses("yes", "no", "no")
        assert mette.heard == ["remember"]
        await mette.presses("yes")
        await mette.answers(AGREED)
        await mette.presses("in-2-weeks", "share", "more")
        await mette.answers(AGREED_ALONE)
        await mette.presses("skip", "keep", "enough", "as-planned")
        assert mette.heard == ["closing"]

    async def both_see_what_was_agreed(self) -> None:
        mette, karin = self.mette, self.karin
        await karin.writes(self.karins["shared"])
        assert AGREED in karin.said_to
        assert SHARED not in karin.said_to
        await mette.writes(self.mettes["who"])
        await mette.presses("yes")
        assert AGREED in mette.said_to
        await mette.presses("keep")

    async def mette_makes_a_contract(self) -> None:
        mette = self.mette
        await mette.writes(self.mettes["agreements"])
        await mette.presses("yes", "boundary")
        await mette.answers(PROMISE)
        await mette.answers(HOW)
        await mette.presses("weekly", "enough")
        assert mette.heard == ["agreed"]
        await mette.presses("save")
        assert mette.heard == ["saved"]

    async def the_contract_is_asked_about(self) -> None:
        """A week later; it holds in part, and why is nobody else's business."""
        mette = self.mette
        await self.house.on(date(2026, 12, 3), "09:05")
        assert mette.heard == ["how"]
        assert PROMISE in mette.said_to
        await mette.presses("partly")
        await mette.answers(NOTE)
        assert mette.heard == ["thanks"]

    async def mette_pauses(self) -> None:
        """Over the Monday on which she would have been invited again."""
        mette = self.mette
        await mette.writes(self.mettes["pause"])
        await mette.presses("1-week")
        assert mette.heard == ["quiet-a-while"]
        await self.house.on(date(2026, 12, 9), "23:00")
        assert mette.heard == []
        await mette.writes(self.mettes["pause"])
        await mette.presses("resume")
        assert mette.heard == ["welcome-back"]
        await self.house.on(date(2026, 12, 10), "09:05")
        assert mette.heard == ["how"]

    async def mette_sees_her_data(self) -> None:
        """Everything that she wrote, as a file to her alone."""
        mette = self.mette
        await mette.writes(self.mettes["my-data"])
        assert (mette.heard[0], mette.heard[-1]) == ("kept", "what")
        await mette.presses("export")
        assert "ready" in mette.heard
        (content,) = [content for one in mette.news for content in one.files.values()]
        packed = unpacked(content)
        assert [text for text in UNSHARED if text.split()[0] not in packed] == []

    async def mette_deletes_herself(self) -> None:
        """A farewell, and then she is a stranger; Karin sees nothing of hers any more."""
        mette, karin = self.mette, self.karin
        await mette.writes(self.mettes["delete"])
        assert mette.heard == ["what-goes", "shared-too", "sure"]
        await mette.presses("delete")
        assert len(mette.news) == 1
        await mette.writes(self.mettes["help"])
        assert len(mette.news) == 1
        await karin.writes(self.karins["shared"])
        assert AGREED not in karin.said_to
        left = [
            table
            for (table,) in self.house.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
            if any(mette.id in row for row in self.house.rows(f"SELECT * FROM {table}"))
        ]
        assert left == []
