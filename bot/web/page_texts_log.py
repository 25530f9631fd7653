"""What the lines of the audit log say to a reader; in the database they are short and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.web.page_texts import PageText
from flows.model import Language

_LINES: Final[tuple[tuple[str, PageText], ...]] = (
    (r"roles changed: (.+)", PageText("Roller ændret: {0}", "Roles changed: {0}")),
    (r"nearest leader changed", PageText("Nærmeste leder skiftet", "Nearest leader changed")),
    (r"left the organisation", PageText("Noteret som stoppet", "Noted as having left")),
    (r"is here again", PageText("Er her igen", "Is here again")),
    (r"invited to (\w+)", PageText("Inviteret til {0}", "Invited to {0}")),
    (
        r"people imported: (\d+) added, (\d+) changed",
        PageText("Importeret: {0} nye, {1} ændret", "Imported: {0} new, {1} changed"),
    ),
    (r"joined a group", PageText("Taget med i en gruppe", "Added to a group")),
    (r"left a group", PageText("Taget ud af en gruppe", "Taken out of a group")),
    (r"group made", PageText("Gruppe oprettet", "Group made")),
    (r"group ended", PageText("Gruppe afsluttet", "Group ended")),
    (
        r"course started: (\d+) participants",
        PageText("Hold startet med {0} deltagere", "Cohort started with {0} participants"),
    ),
    (r"module moved: ([\w-]+)", PageText("Kursusdag flyttet: {0}", "Course day moved: {0}")),
    (r"course paused", PageText("Hold sat på pause", "Cohort paused")),
    (r"course resumed", PageText("Hold genoptaget", "Cohort resumed")),
    (r"course ended", PageText("Hold afsluttet", "Cohort ended")),
    (r"joined a course", PageText("Kom med på et hold", "Joined a cohort")),
    (r"left a course", PageText("Forlod et hold", "Left a cohort")),
    (
        r"groups joined a course: (\d+)",
        PageText("Grupper kom med på et hold: {0}", "Groups joined a cohort: {0}"),
    ),
    (
        r"programme imported: ([\w-]+)",
        PageText("Program importeret: {0}", "Programme imported: {0}"),
    ),
    (r"help routes changed", PageText("Hjælpeveje ændret", "Help routes changed")),
    (r"closed days entered", PageText("Lukkedage skrevet ind", "Closed days entered")),
    (r"closed days taken back", PageText("Lukkedage taget tilbage", "Closed days taken back")),
    (
        r"floor of group figures raised to (\d+)",
        PageText("Gulvet under gruppetal hævet til {0}", "Floor of group figures raised to {0}"),
    ),
    (
        r"texts are kept for (\d+) days",
        PageText("Tekster gemmes i {0} dage", "Texts are kept for {0} days"),
    ),
    (r"link to (\w+) made", PageText("Link til {0} lavet", "Link to {0} made")),
    (
        r"link to (\w+) closed after wrong codes",
        PageText("Link til {0} lukket: forkerte koder", "Link to {0} closed: wrong codes"),
    ),
    (r"linked on (\w+)", PageText("Tilknyttet {0}", "Linked on {0}")),
    (r"(\w+) preferred", PageText("Foretrækker {0}", "Prefers {0}")),
    (r"recognised on (\w+)", PageText("Genkendt på {0}", "Recognised on {0}")),
    (r"left (slack|telegram|web)", PageText("Forlod {0}", "Left {0}")),
    (r"back on (slack|telegram|web)", PageText("Tilbage på {0}", "Back on {0}")),
    (
        r"no longer theirs on (\w+)",
        PageText("Kontoen på {0} er en andens", "The account on {0} is somebody else's"),
    ),
    (r"back on (slack|telegram|web)", PageText("Tilbage på {0}", "Back on {0}")),
    (
        r"no longer theirs on (slack|telegram|web)",
        PageText("Adressen på {0} er ikke længere deres", "The address on {0} is no longer theirs"),
    ),
    (r"link to the page admin made", PageText("Link til administrationen lavet", "Link to the "
                                              "administration made")),
    (r"link to the page me made", PageText("Link til egen side lavet", "Link to own page made")),
    (r"entered the page admin", PageText("Gik ind i administrationen", "Entered the "
                                         "administration")),
    (
        r"entered the page admin with OpenID Connect",
        PageText(
            "Gik ind i administrationen med OpenID Connect",
            "Entered the administration with OpenID Connect",
        ),
    ),
    (r"login refused: (\w+)", PageText("Login afvist: {0}", "Login refused: {0}")),
    (r"entered the page me", PageText("Gik ind på egen side", "Entered own page")),
    (r"left the pages everywhere", PageText("Loggede ud alle steder", "Logged out everywhere")),
    (
        r"rhythm of (\w+) set for (\w+)",
        PageText("Rytmen for {0} sat for {1}", "Rhythm of {0} set for {1}"),
    ),
    (r"export asked for", PageText("Bad om sine egne data", "Asked for own data")),
    (
        r"exported by an administrator",
        PageText("Kopi af data lavet på serveren", "Copy of data made on the server"),
    ),
    (r"erased on own request", PageText("Slettet efter eget ønske", "Erased on own request")),
    (r"erased by an administrator", PageText("Slettet på serveren", "Erased on the server")),
)  # fmt: skip
_NAMES: Final[Mapping[str, PageText]] = {
    "slack": PageText("Slack", "Slack"),
    "telegram": PageText("Telegram", "Telegram"),
    "web": PageText("Tillidsrums side", "Tillidsrum’s page"),
    "leader": PageText("leder", "leader"),
    "representative": PageText("repræsentant", "representative"),
    "hr": PageText("HR", "HR"),
    "admin": PageText("administrator", "administrator"),
    "dialogue": PageText("dialogen", "the dialogue"),
    "digest": PageText("overblikket", "the digest"),
    "insight": PageText("pointerne", "the insights"),
    "nudge": PageText("påmindelserne", "the reminders"),
    "organisation": PageText("alle", "everybody"),
    "programme": PageText("et forløb", "a course"),
    "group": PageText("en gruppe", "a group"),
    "person": PageText("en person", "a person"),
    "issuer": PageText("udstederen bekræftede ingen", "the issuer vouched for nobody"),
    "email": PageText("ingen bekræftet e-mail", "no verified e-mail"),
    "nobody": PageText("ingen, der er her", "nobody who is here"),
    "role": PageText("rollen mangler", "the role is missing"),
}
"""What is named in a line, where it has another name for a reader."""
_KNOWN = tuple((re.compile(pattern), text) for pattern, text in _LINES)
_WORD = re.compile(r"[a-z]+")


def line_text(what: str, language: Language) -> str:
    """The line in the language; as it was written where we know no other words for it."""
    for pattern, text in _KNOWN:
        found = pattern.fullmatch(what)
        if found:
            named = (_named(one, language) for one in found.groups())
            return str(getattr(text, language)).format(*named)
    return what


def _named(written: str, language: Language) -> str:
    def name(found: re.Match[str]) -> str:
        known = _NAMES.get(found[0])
        return getattr(known, language) if known else found[0]

    return _WORD.sub(name, written)
