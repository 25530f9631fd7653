"""What the window about rhythm says, in both languages."""

from __future__ import annotations

from typing import Literal

from flows.model import Language

Word = Literal[
    "title", "see", "save", "again", "stays", "told", "all-at-once", "home",
    "kind", "whom", "whom-more", "me", "all", "everybody", "courses", "groups", "person",
    "person-hint", "weeks", "weeks-hint", "weekday", "at", "offset", "offset-hint", "quiet",
    "quiet-hint", "off", "off-words", "pick",
]  # fmt: skip

RHYTHM: dict[Language, str] = {"da": "rytme", "en": "rhythm"}
"""What its button, and the command, is the same as writing."""
WORDS: dict[Language, dict[Word, str]] = {
    "da": {
        "title": "Rytme",
        "see": "Se de næste gange",
        "save": "Gem",
        "again": "Ret noget",
        "stays": "Det, du lader stå tomt, bliver, som det er.",
        "told": "De, det angår, får det at vide i deres arbejdstid, og enhver kan stadig gøre det "
        "roligere for sig selv.",
        "all-at-once": "Alt i ét vindue",
        "home": "Rytme",
        "kind": "Hvad gælder det?",
        "whom": "Hvem gælder det?",
        "whom-more": "Der er flere, end der er plads til her. Skriv »rytme« i vores samtale, så "
        "finder du dem ved navn.",
        "me": "Kun mig",
        "all": "Alle",
        "everybody": "Mig eller alle",
        "courses": "Kurser",
        "groups": "Grupper",
        "person": "Eller kun én person",
        "person-hint": "Skriv navnet eller e-mailen, hvis det kun er til én.",
        "weeks": "Hvor mange uger imellem?",
        "weeks-hint": "1 er hver uge, 2 er hver anden uge, og så videre op til 26.",
        "weekday": "Ugedag",
        "at": "Klokken",
        "offset": "Flyt kursets påmindelser",
        "offset-hint": "Arbejdsdage, fra -10 til 10: 2 er to dage senere end i kursets plan, og -2 "
        "er to dage tidligere.",
        "quiet": "Uger, hvor der skal være helt stille",
        "quiet-hint": "Fx uge 7, 8 og 42. Skriv »ingen«, hvis der ikke skal være nogen.",
        "off": "Eller slet ikke",
        "off-words": "Det skal slet ikke komme",
        "pick": "Som det er",
    },
    "en": {
        "title": "Rhythm",
        "see": "See the next times",
        "save": "Save",
        "again": "Change something",
        "stays": "What you leave empty stays as it is.",
        "told": "Those whom it concerns are told in their working hours, and everybody can still "
        "make it gentler for themself.",
        "all-at-once": "All in one window",
        "home": "Rhythm",
        "kind": "What is it about?",
        "whom": "Whom is it for?",
        "whom-more": "There are more than there is room for here. Write “rhythm” in our "
        "conversation to find them by name.",
        "me": "Only me",
        "all": "Everybody",
        "everybody": "Me or everybody",
        "courses": "Courses",
        "groups": "Groups",
        "person": "Or one person only",
        "person-hint": "Write the name or the e-mail if it is for one alone.",
        "weeks": "How many weeks apart?",
        "weeks-hint": "1 is every week, 2 is every other week, and so on up to 26.",
        "weekday": "Day of the week",
        "at": "Time of day",
        "offset": "Move the nudges of the course",
        "offset-hint": "Working days, from -10 to 10: 2 is two days later than the course plans "
        "them, and -2 is two days earlier.",
        "quiet": "Weeks that shall be quite quiet",
        "quiet-hint": "For instance week 7, 8 and 42. Write “none” if there shall be none.",
        "off": "Or not at all",
        "off-words": "It shall not come at all",
        "pick": "As it is",
    },
}
