"""The words of the console's page of cadences, Danish and English side by side."""

from collections.abc import Mapping
from typing import Final

from bot.web.page_texts import PageText

CADENCES: Final[Mapping[str, PageText]] = {
    "cadences_title": PageText("Rytmer", "Cadences"),
    "cadences_lead": PageText(
        "Det nærmeste niveau gælder. Enhver kan gøre sin egen rytme roligere, og ingen kan gøre "
        "den hyppigere end det, personen selv har valgt. Dialoger, som to har aftalt, bliver, hvor "
        "de er.",
        "The nearest level counts. Everybody can make their own gentler, and nobody can make it "
        "more frequent than that person chose. Dialogues that two people agreed on stay where they "
        "are.",
    ),
    "cadences_set": PageText("Det er sat", "What is set"),
    "cadences_none": PageText(
        "Intet er sat, så det er sådan:", "Nothing is set, so it is like this:"
    ),
    "cadences_change": PageText("Sæt en rytme", "Set a cadence"),
    "cadences_remove": PageText("Fjern", "Take away"),
    "cadences_remove_named": PageText("Fjern: {what}", "Take away: {what}"),
    "cadence_kind": PageText("Hvad det gælder", "What it is about"),
    "kind_dialogue": PageText("Dialogen med nærmeste leder", "Dialogue with nearest leader"),
    "kind_digest": PageText("Overblik til nærmeste leder", "Digest for nearest leaders"),
    "kind_insight": PageText("Korte pointer fra kurset", "Short points from the course"),
    "kind_nudge": PageText("Påmindelser omkring kurset", "Nudges around the course"),
    "cadence_level": PageText("For hvem", "For whom"),
    "level_organisation": PageText("Alle", "Everybody"),
    "level_programme": PageText("Et kursus", "A programme"),
    "level_group": PageText("En gruppe", "A group"),
    "level_person": PageText("En person", "A person"),
    "cadence_which": PageText(
        "Hvilket kursus, hvilken gruppe eller person", "Which programme, group or person"
    ),
    "cadence_which_hint": PageText(
        "Tom for alle. Ellers kursets id, trio:Navn, leadership:Navn, network:Navn eller en "
        "e-mail.",
        "Empty for everybody. Else the programme’s id, trio:Name, leadership:Name, network:Name or "
        "an e-mail.",
    ),
    "cadence_weeks": PageText("Hver N. uge", "Every N weeks"),
    "cadence_weekday": PageText("Ugedag", "Day of the week"),
    "cadence_at": PageText("Klokken", "Time of day"),
    "cadence_offset": PageText("Arbejdsdage senere", "Working days later"),
    "cadence_offset_hint": PageText(
        "Kun påmindelser omkring kurset; et minus er tidligere.",
        "Only nudges around the course; a minus is earlier.",
    ),
    "cadence_quiet": PageText("Stille uger", "Quiet weeks"),
    "cadence_quiet_hint": PageText("Fx uge 7, 8 og 42", "For instance week 7, 8 and 42"),
    "cadence_off": PageText("Slet ikke", "Not at all"),
    "cadence_for": PageText("Vis for (e-mail)", "Show for (e-mail)"),
    "cadence_for_hint": PageText(
        "En, det angår. Tom: vi vælger en.", "Somebody whom it concerns. Empty: we choose one."
    ),
    "cadence_leave": PageText("som det er", "as it is"),
    "cadence_see": PageText("Se de næste ti gange", "See the next ten occurrences"),
    "cadence_seen": PageText("Sådan bliver det for {name}", "This is how it becomes for {name}"),
    "cadence_seen_nobody": PageText(
        "Der er ingen, det angår, så der er intet at vise.",
        "There is nobody whom it concerns, so there is nothing to show.",
    ),
    "cadence_seen_never": PageText("Ingen gange.", "No occurrences."),
    "cadence_save": PageText("Gem", "Save"),
    "cadence_told": PageText(
        "De, det angår, får det at vide i deres egen arbejdstid.",
        "Those whom it concerns are told in their own working hours.",
    ),
    "said_cadence": PageText(
        "Det er gemt. {count} har fået en anden rytme.",
        "That is saved. {count} people have another rhythm now.",
    ),
    "wrong_gone": PageText(
        "Det findes ikke. Skriv det som forklaret.",
        "There is no such thing. Write it as explained.",
    ),
    "wrong_weeks": PageText("Skriv et tal fra 1 til 26.", "Write a number from 1 to 26."),
    "wrong_time": PageText("Skriv et klokkeslæt som 10:00.", "Write a time such as 10:00."),
    "wrong_offset": PageText("Skriv et tal fra -10 til 10.", "Write a number from -10 to 10."),
    "wrong_planned": PageText(
        "Påmindelserne følger kursets dage. Lad feltet stå tomt.",
        "The nudges follow the days of the course. Leave this empty.",
    ),
    "wrong_offset-where": PageText(
        "Dagene kan kun flyttes for kursets påmindelser, og ikke for én person alene.",
        "Days can be moved for the nudges of a course only, and not for one person alone.",
    ),
    "wrong_quiet": PageText(
        "Skriv uger som uge 7, 8 og 42.", "Write weeks such as week 7, 8 and 42."
    ),
    "wrong_nothing": PageText("Vælg mindst én ting at sætte.", "Choose at least one thing to set."),
    "wrong_unknown-person": PageText(
        "Der er ingen med den e-mail.", "There is nobody with that e-mail."
    ),
}
