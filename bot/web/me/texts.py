"""The words of one's own page, Danish and English side by side."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from bot.web.me.texts_more import DATA, GROUPS, TIMES
from bot.web.me.texts_write import WRITE
from bot.web.page_texts import PageText
from flows.model import LANGUAGES, Language


class Section(NamedTuple):
    """`icon`: of the icons that the console has as well."""

    address: str
    icon: str


SECTIONS: Final[Mapping[str, Section]] = {
    "overview": Section("/me", "overview"),
    "write": Section("/me/write", "write"),
    "agreements": Section("/me/agreements", "check"),
    "shared": Section("/me/shared", "people"),
    "papers": Section("/me/papers", "log"),
    "groups": Section("/me/groups", "groups"),
    "times": Section("/me/times", "cadences"),
    "data": Section("/me/data", "lock"),
}
"""In the order of the menu."""

FRAME: Final[Mapping[str, PageText]] = {
    "mine": PageText("Min side", "My page"),
    "menu": PageText("Menu", "Menu"),
    "me_overview": PageText("Overblik", "Overview"),
    "me_write": PageText("Skriv", "Write"),
    "me_agreements": PageText("Mine aftaler", "My agreements"),
    "me_shared": PageText("Delt", "Shared"),
    "me_papers": PageText("Kurve og ark", "Curve and sheet"),
    "me_groups": PageText("Møder og grupper", "Meetings and groups"),
    "me_times": PageText("Tider og ro", "Hours and quiet"),
    "me_data": PageText("Mine data", "My data"),
    "vow": PageText(
        "Kun du ser den her side. Andre ser det, du selv deler, og intet andet.",
        "Only you see this page. Others see what you share yourself, and nothing else.",
    ),
    "your_visit": PageText("Du er inde som", "You are in as"),
    "fault": PageText("Noget skal rettes", "Something needs mending"),
    "see_faults": PageText(
        "Der er ikke gemt noget endnu. Se ved det felt, der er markeret.",
        "Nothing is saved yet. Please look at the field that is marked.",
    ),
    "save": PageText("Gem", "Save"),
    "never_mind": PageText("Nej, lad det være", "No, leave it"),
    "said_as_it_was": PageText(
        "Den var allerede ændret, så intet er gjort.",
        "It had been changed already, so nothing was done.",
    ),
}

OVERVIEW: Final[Mapping[str, PageText]] = {
    "hello": PageText("Hej {name}", "Hello {name}"),
    "quiet_now": PageText("Der er ro til {day}.", "It is quiet here until {day}."),
    "quiet_change": PageText("Se på det", "Look at it"),
    "next": PageText("Det næste", "What comes next"),
    "next_none": PageText("Der er ikke aftalt noget lige nu.", "Nothing is arranged just now."),
    "all_meetings": PageText("Alle møder og grupper", "All meetings and groups"),
    "event_dialogue": PageText("Dialog med {name}", "Dialogue with {name}"),
    "event_trio": PageText("TRIO-møde: {name}", "TRIO meeting: {name}"),
    "event_network": PageText("Netværksmøde: {name}", "Network meeting: {name}"),
    "event_leadership": PageText("Ledergruppemøde: {name}", "Leadership meeting: {name}"),
    "yours": PageText("Det her er dit", "This is yours"),
    "count_agreements": PageText(
        "Aftaler med dig selv, i gang", "Agreements with yourself, going on"
    ),
    "count_shared": PageText("Delt af dig lige nu", "Shared by you just now"),
    "go_papers": PageText("Din kurve og dit ark", "Your curve and your sheet"),
    "go_times": PageText("Hvornår der må skrives til dig", "When you may be written to"),
}

AGREEMENTS: Final[Mapping[str, PageText]] = {
    "own_title": PageText("Med mig selv", "With myself"),
    "own_none": PageText(
        "Du har ingen aftaler med dig selv lige nu. Skriv *aftaler* i chatten, når du vil lave en.",
        "You have no agreements with yourself just now. Write *agreements* in the chat to "
        "make one.",
    ),
    "ours_title": PageText("Med min nærmeste leder", "With my nearest leader"),
    "ours_lead": PageText(
        "Sådan som du har noteret dem. De er dine, til du selv deler dem.",
        "As you noted them. They are yours until you share them.",
    ),
    "ours_none": PageText("Her er ikke noteret noget endnu.", "Nothing is noted here yet."),
    "resting": PageText("Hviler", "Resting"),
    "how_often": PageText("Jeg spørger {rhythm}", "I ask {rhythm}"),
    "how_never": PageText("Jeg spørger ikke til den", "I do not ask about it"),
    "by_then": PageText("Følges op {day}", "Followed up on {day}"),
    "checks": PageText("Sådan er det gået", "How it went"),
    "checks_none": PageText("Du er ikke blevet spurgt endnu.", "You have not been asked yet."),
    "do_rest": PageText("Lad den hvile", "Let it rest"),
    "do_wake": PageText("Tag den op igen", "Take it up again"),
    "do_end": PageText("Slip den", "Let it go"),
    "end_title": PageText("Vil du slippe den aftale?", "Let go of this agreement?"),
    "end_lead": PageText(
        "Den forsvinder fra listen, og jeg spørger ikke til den mere. Du kan altid lave en ny.",
        "It leaves the list and I ask about it no more. You can always make a new one.",
    ),
    "end_do": PageText("Ja, slip den", "Yes, let it go"),
    "reword": PageText(
        "Vil du ændre ordene, så skriv *aftaler* i chatten.",
        "To change the words, write *agreements* in the chat.",
    ),
    "said_rests": PageText("Aftalen hviler nu.", "The agreement rests now."),
    "said_woken": PageText("Aftalen er i gang igen.", "The agreement goes on again."),
    "said_ended": PageText("Aftalen er sluppet.", "The agreement is let go."),
}

SHARED: Final[Mapping[str, PageText]] = {
    "mine_title": PageText("Det har jeg delt", "What I have shared"),
    "mine_none": PageText("Lige nu har du ikke delt noget.", "You have shared nothing just now."),
    "theirs_title": PageText("Delt med mig", "Shared with me"),
    "theirs_none": PageText(
        "Ingen har delt noget med dig.", "Nobody has shared anything with you."
    ),
    "with_on": PageText("Delt med {name} den {day}", "Shared with {name} on {day}"),
    "from_on": PageText("Fra {name} den {day}", "From {name} on {day}"),
    "share_point": PageText("Punkt", "Point"),
    "share_agreement": PageText("Aftale", "Agreement"),
    "share_own-point": PageText("Punkt fra nærmeste leder", "Point from the nearest leader"),
    "withdraw": PageText("Træk tilbage", "Take back"),
    "withdraw_title": PageText("Vil du trække det tilbage?", "Take this back?"),
    "withdraw_lead": PageText(
        "{name} kan ikke åbne det længere. Er det allerede læst, kan det ikke blive ulæst.",
        "{name} can no longer open it. If it has been read, it cannot be unread.",
    ),
    "withdraw_do": PageText("Ja, træk det tilbage", "Yes, take it back"),
    "said_withdrawn": PageText("Det er ikke delt længere.", "It is no longer shared."),
}

PAPERS: Final[Mapping[str, PageText]] = {
    "curve_mine": PageText("Min kurve", "My curve"),
    "curve_numbers": PageText("Se tallene", "See the numbers"),
    "curve_day": PageText("Dag", "Day"),
    "skipped": PageText("Sprunget over", "Skipped"),
    "theme_krydspres": PageText("Krydspres", "Cross-pressure"),
    "theme_influence": PageText("Indflydelse", "Influence"),
    "theme_support": PageText("Støtte", "Support"),
    "theme_safety": PageText("Tryghed", "Safety"),
    "theme_restitution": PageText("Restitution", "Recovery"),
    "files": PageText("Til at gemme eller printe", "To keep or print"),
    "file_sheet": PageText("Mit ark (PDF)", "My sheet (PDF)"),
    "file_sheet_note": PageText(
        "Aftalen med dig selv og med din nærmeste leder, på én side.",
        "The agreement with yourself and with your nearest leader, on one page.",
    ),
    "file_plan": PageText("Min handleplan (PDF)", "My action plan (PDF)"),
    "file_plan_note": PageText("Til at have med til næste modul.", "To bring to the next module."),
    "file_calendar": PageText("Mine møder (.ics)", "My meetings (.ics)"),
    "file_calendar_note": PageText("Kun tid og navn.", "A time and a name, no more."),
    "plan": PageText("Min handleplan", "My action plan"),
    "plan_none": PageText(
        "Her er ingen handlinger i gang. Planen bliver lavet i chatten, når du er på et forløb.",
        "There are no actions going on. The plan is made in the chat while you take a course.",
    ),
    "plan_aim": PageText("Skal føre til", "Is to lead to"),
    "plan_do": PageText("Sådan gør jeg", "How I do it"),
    "plan_help": PageText("Hvem hjælper", "Who helps"),
    "plan_looks": PageText("Set på", "Looked at"),
}


def me_texts(language: Language) -> Mapping[str, str]:
    return _BY_LANGUAGE[language]


_ALL: Final[Mapping[str, PageText]] = {
    **FRAME, **OVERVIEW, **WRITE, **AGREEMENTS, **SHARED, **PAPERS, **GROUPS, **TIMES, **DATA,
}  # fmt: skip
_BY_LANGUAGE: Final[Mapping[Language, Mapping[str, str]]] = {
    language: MappingProxyType({key: getattr(text, language) for key, text in _ALL.items()})
    for language in LANGUAGES
}
