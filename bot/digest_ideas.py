"""One thing that a nearest leader can do, in our own words; what gives support is from the study
behind the workshop on leaders' own work environment (seed 003, tiltag 1)."""

from __future__ import annotations

from flows.model import Language

IDEAS: dict[Language, tuple[str, ...]] = {
    "da": (
        "Spørg, hvad der trækker i flere retninger lige nu, og hvad du kan afklare.",
        "Sig højt, hvad der kan vente. Det er lettere at prioritere, når du har gjort det først.",
        "Spørg, hvilken beslutning der mangler en tydelig ejer, og sæt et navn på.",
        "Lyt ti minutter, før du foreslår noget.",
        "Fortæl om en gang, hvor du selv bad om hjælp.",
        "Spørg, hvad der giver ro efter arbejde, og hvad du kan gøre for at beskytte det.",
        "Lad være med at skrive om aftenen i den her uge. Det bliver lagt mærke til.",
        "Nævn én ting, der lykkedes, og hvad den betød for andre.",
        "Spørg, hvem der ellers er at sparre med, og åbn en dør, hvis der mangler en.",
        "Følg op på det, I sidst aftalte, før I aftaler noget nyt.",
    ),
    "en": (
        "Ask what pulls in several directions right now, and what you can make clear.",
        "Say aloud what can wait. Prioritising is easier once you have done it first.",
        "Ask which decision has no clear owner, and put a name to it.",
        "Listen for ten minutes before you suggest anything.",
        "Tell of a time when you asked for help yourself.",
        "Ask what gives rest after work, and what you can do to protect it.",
        "Do not write in the evenings this week. It is noticed.",
        "Name one thing that went well, and what it meant to others.",
        "Ask who else there is to spar with, and open a door if one is missing.",
        "Follow up on what you agreed last before you agree on something new.",
    ),
}
