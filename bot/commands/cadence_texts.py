"""What the commands about cadences say, in both languages."""

from __future__ import annotations

from bot.commands.language import Language

CADENCE: dict[str, dict[Language, str]] = {
    "cadence": {
        "da": "Rytmerne: vis, sæt, se frem.",
        "en": "The cadences: list, set, preview.",
    },
    "cadence list": {
        "da": "Vis, hvad der er sat for alle, programmer, grupper og personer.",
        "en": "Show what is set for everybody, programmes, groups and people.",
    },
    "cadence set": {
        "da": "Sæt en rytme, og se de næste ti gange først.",
        "en": "Set a cadence, and see the next ten occurrences first.",
    },
    "cadence set.more": {
        "da": "Det nærmeste niveau gælder: organisation, programme:ID, group:trio:NAVN, "
        "person:EMAIL. Et menneske kan altid gøre sin egen rytme roligere, og ingen kan gøre den "
        "hyppigere end det, mennesket selv har valgt. Dialoger, som to har aftalt, bliver, hvor de "
        "er. De, det angår, får det at vide i deres arbejdstid.",
        "en": "The nearest level counts: organisation, programme:ID, group:trio:NAME, "
        "person:EMAIL. A person can always make their own gentler, and nobody can make it more "
        "frequent than they chose. Dialogues that two people agreed on stay where they are. Those "
        "whom it concerns are told in their working hours.",
    },
    "cadence preview": {
        "da": "Vis de næste gange for en person.",
        "en": "Show somebody's next occurrences.",
    },
    "LEVEL": {"da": "NIVEAU", "en": "LEVEL"},
    "DAY": {"da": "DAG", "en": "DAY"},
    "TIME": {"da": "KL", "en": "TIME"},
    "WEEK": {"da": "UGE", "en": "WEEK"},
    "cadence.kind": {
        "da": "Hvad det gælder (ellers dialogue).",
        "en": "What it is about (dialogue unless given).",
    },
    "cadence.for": {
        "da": "For hvem (ellers organisation).",
        "en": "For whom (organisation unless given).",
    },
    "cadence.every": {"da": "Hver N. uge.", "en": "Every N weeks."},
    "cadence.day": {"da": "Ugedag: man eller mon.", "en": "Day of the week: mon."},
    "cadence.at": {"da": "Klokken, som 10:00.", "en": "Time of day, as 10:00."},
    "cadence.offset": {
        "da": "Arbejdsdage senere (eller med minus tidligere) end kursets plan; kun nudge.",
        "en": "Working days later (or with minus earlier) than the course plans; nudge only.",
    },
    "cadence.quiet": {
        "da": "En stille uge, som 2027-W07; kan gentages.",
        "en": "A quiet week, as 2027-W07; may be repeated.",
    },
    "cadence.off": {"da": "Slet ikke, eller igen.", "en": "Not at all, or again."},
    "cadence.clear": {
        "da": "Fjern det, der er sat på dette niveau.",
        "en": "Take away what is set at this level.",
    },
    "cadence.show": {
        "da": "Vis de næste gange for denne person (ellers en, det angår).",
        "en": "Show the next occurrences of this person (else of one whom it concerns).",
    },
    "cadence.person": {"da": "Personens e-mail.", "en": "The person's e-mail."},
    "cadence.count": {"da": "Hvor mange gange.", "en": "How many occurrences."},
    "cadence.all-default": {
        "da": "Intet er sat; sådan er det ellers:",
        "en": "Nothing is set; without that it is:",
    },
    "cadence.line": {"da": "{kind}, {level}: {how}", "en": "{kind}, {level}: {how}"},
    "cadence.next": {
        "da": "De næste gange for {name} ({kind}):",
        "en": "The next occurrences for {name} ({kind}):",
    },
    "cadence.none": {"da": "  ingen", "en": "  none"},
    "cadence.would": {
        "da": "Sådan bliver det for {name} ({kind}): {how}",
        "en": "This is how it becomes for {name} ({kind}): {how}",
    },
    "cadence.ask": {"da": "Skal det gemmes?", "en": "Save it?"},
    "cadence.not": {"da": "Intet er ændret.", "en": "Nothing was changed."},
    "cadence.saved": {
        "da": "Gemt. {count} har fået en anden rytme.",
        "en": "Saved. {count} people have another rhythm now.",
    },
    "cadence.bad-level": {
        "da": "{level} er intet niveau. Skriv organisation, programme:ID, group:trio:NAVN, "
        "group:leadership:NAVN, group:network:NAVN eller person:EMAIL.",
        "en": "{level} is no level. Write organisation, programme:ID, group:trio:NAME, "
        "group:leadership:NAME, group:network:NAME or person:EMAIL.",
    },
    "cadence.no-group": {
        "da": "Der er ingen gruppe af den art med det navn: {level}.",
        "en": "There is no group of that kind and name: {level}.",
    },
    "cadence.bad-day": {
        "da": "{written} er ingen ugedag. Skriv for eksempel ons.",
        "en": "{written} is no day of the week. Write for instance wed.",
    },
    "cadence.bad-time": {
        "da": "{written} er intet klokkeslæt. Skriv for eksempel 10:00.",
        "en": "{written} is no time of day. Write for instance 10:00.",
    },
    "cadence.bad-week": {
        "da": "{written} er ingen uge. Skriv for eksempel 2027-W07.",
        "en": "{written} is no week. Write for instance 2027-W07.",
    },
    "cadence.planned": {
        "da": "--kind nudge følger kursets dage. Flyt dem med --offset, ikke --every, --day.",
        "en": "--kind nudge follows the course's days. Move them by --offset, not --every, --day.",
    },
    "cadence.offset-where": {
        "da": "--offset {written} gælder kun --kind nudge, og ikke for én person alene.",
        "en": "--offset {written} is for --kind nudge only, and not for one person alone.",
    },
    "cadence.nothing": {
        "da": "Sig, hvad der skal sættes: --every, --day, --at, --offset, --quiet, --off eller "
        "--clear.",
        "en": "Say what to set: --every, --day, --at, --offset, --quiet, --off or --clear.",
    },
    "cadence.nobody": {
        "da": "Der er ingen, det angår, så der er intet at vise.",
        "en": "There is nobody whom it concerns, so there is nothing to show.",
    },
    "digest": {
        "da": "Overblikket til nærmeste ledere og til HR.",
        "en": "The digest of nearest leaders and of HR.",
    },
    "digest preview": {
        "da": "Vis, hvad nogens overblik ville fortælle, uden nogens ord.",
        "en": "Show what somebody's digest would tell, without anybody's words.",
    },
    "digest.would": {"da": "Overblikket til {name}:", "en": "The digest of {name}:"},
    "digest.nothing": {
        "da": "{name} er ikke nærmeste leder for nogen og driver ingen kurser, så der er intet "
        "overblik.",
        "en": "{name} is nobody's nearest leader and runs no courses, so there is no digest.",
    },
    "digest.line": {
        "da": "  {name}: taler sammen {day}; {points} punkter og {agreements} aftaler er delt.",
        "en": "  {name}: talk on {day}; {points} points and {agreements} agreements are shared.",
    },
    "digest.too-small": {
        "da": "  Der kommer ikke tal om dem samlet: de er for få til, at ingen kan genkendes.",
        "en": "  There will be no figures about them together: they are too few for nobody to be "
        "told.",
    },
    "digest.no-figures": {
        "da": "  Der er ingen tal endnu. De gøres op, når overblikket bliver sendt, én gang i "
        "kvartalet.",
        "en": "  There are no figures yet. They are worked out when the digest is sent, once a "
        "quarter.",
    },
    "digest.no-words": {
        "da": "Hvad nogen har skrevet eller svaret, står her ikke.",
        "en": "What anybody wrote or answered is not here.",
    },
}
