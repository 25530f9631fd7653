"""The words of the console about courses, Danish and English side by side."""

from collections.abc import Mapping
from typing import Final

from bot.web.page_texts import PageText

COURSES: Final[Mapping[str, PageText]] = {
    "courses_title": PageText("Forløb", "Courses"),
    "month_before": PageText("Forrige måned", "Previous month"),
    "month_after": PageText("Næste måned", "Next month"),
    "month_today": PageText("Denne måned", "This month"),
    "month_none": PageText(
        "Der er ingen kursusdage i denne måned.", "There are no course days this month."
    ),
    "week": PageText("Uge", "Week"),
    "today": PageText("i dag", "today"),
    "cohorts": PageText("Hold", "Cohorts"),
    "cohorts_none": PageText(
        "Der er ingen hold endnu. Start et af forløbene nedenfor.",
        "There are no cohorts yet. Start one of the courses below.",
    ),
    "cohort_next": PageText("Næste: {title}, {day}", "Next: {title}, {day}"),
    "cohort_over": PageText("Alle dage er holdt", "All days have been"),
    "cohort_size": PageText(
        "{people} deltagere, {groups} grupper", "{people} participants, {groups} groups"
    ),
    "state_planned": PageText("Planlagt", "Planned"),
    "state_running": PageText("I gang", "Under way"),
    "state_paused": PageText("På pause", "Paused"),
    "state_ended": PageText("Afsluttet", "Ended"),
    "pilot": PageText("Testhold", "Pilot"),
    "programmes": PageText("Programmer", "Programmes"),
    "programme_days": PageText("{count} dage", "{count} days"),
    "start": PageText("Start et hold", "Start a cohort"),
    "modules": PageText("Dage", "Days"),
    "module_move": PageText("Flyt", "Move"),
    "module_move_named": PageText("Flyt {title}", "Move {title}"),
    "module_been": PageText("holdt", "been"),
    "participants": PageText("Deltagere", "Participants"),
    "coming": PageText("Det næste, der sker", "What happens next"),
    "coming_none": PageText("Der er ikke mere planlagt.", "Nothing more is planned."),
    "coming_lead": PageText(
        "Antal mennesker, der får hver ting den dag, i deres arbejdstid.",
        "How many people get each thing on that day, in their working hours.",
    ),
    "opens_development-plan": PageText("Udviklingsplan", "Development plan"),
    "opens_action-plan": PageText("Handleplan", "Action plan"),
    "opens_articles": PageText("Artikler", "Articles"),
    "opens_trio-meeting": PageText("TRIO-møde", "TRIO meeting"),
    "opens_network-meeting": PageText("Netværksmøde", "Network meeting"),
    "opens_insight": PageText("Pointe", "Insight"),
    "opens_evaluation": PageText("Evaluering", "Evaluation"),
    "opens_contract": PageText("Lederkontrakt", "Contract with oneself"),
    "pause": PageText("Sæt på pause", "Pause"),
    "resume": PageText("Genoptag", "Resume"),
    "end": PageText("Afslut holdet", "End the cohort"),
    "end_title": PageText("Skal {name} slutte?", "Is {name} to end?"),
    "end_lead": PageText(
        "Alt, hvad der er planlagt, bliver taget af kalenderen, også en evaluering, der ikke er "
        "sendt. Et hold, der er afsluttet, kan ikke genoptages; en pause kan.",
        "All that is planned is taken off the calendar, and so is an evaluation not yet sent. A "
        "cohort that has ended cannot be resumed; a paused one can.",
    ),
    "end_do": PageText("Ja, afslut det", "Yes, end it"),
    "move_title": PageText("Flyt {title}", "Move {title}"),
    "move_now": PageText("Nu: {day}.", "Now: {day}."),
    "move_to": PageText("Ny dato", "New date"),
    "move_look": PageText("Se, hvad der flytter med", "See what moves along"),
    "move_would": PageText("Det sker, når dagen bliver {day}", "When the day becomes {day}"),
    "move_moved": PageText("får en ny tid", "get another time"),
    "move_more": PageText("kommer til", "come in addition"),
    "move_fewer": PageText("falder væk", "fall away"),
    "move_note": PageText(
        "Det, der er sendt, bliver ikke sendt igen. De, der allerede har fået datoen at vide, "
        "hører om den nye én gang, i deres arbejdstid.",
        "What was sent is not sent again. Whoever has been told the date already hears of the new "
        "one once, in their working hours.",
    ),
    "move_do": PageText("Flyt dagen", "Move the day"),
    "join_person": PageText("Tag en deltager med", "Add a participant"),
    "join_group": PageText("Tag en gruppe med", "Add a group"),
    "group_hint": PageText(
        "Gruppens navn, fx Rosengården eller trio:Rosengården.",
        "The group’s name, for instance Rosengården or trio:Rosengården.",
    ),
    "add": PageText("Tag med", "Add"),
    "start_title": PageText("Start: {title}", "Start: {title}"),
    "start_name": PageText("Holdets navn", "The cohort’s name"),
    "start_name_hint": PageText("Fx Nyborg, foråret 2027.", "For instance Nyborg, spring 2027."),
    "start_when": PageText("Hvornår", "When"),
    "start_who": PageText("Hvem", "Who"),
    "start_groups": PageText("Grupper", "Groups"),
    "start_groups_hint": PageText(
        "Én på hver linje. Lederen i en TRIO kommer med som deltager.",
        "One a line. The leader of a TRIO comes along as a participant.",
    ),
    "start_people": PageText("Andre deltageres e-mail", "Other participants’ e-mail"),
    "start_people_hint": PageText("Én på hver linje.", "One a line."),
    "start_pilot": PageText(
        "Testhold: får også forløbets egen evaluering af testen",
        "Pilot: also gets the course’s own evaluation of the test",
    ),
    "start_look": PageText("Se hele kalenderen", "See the whole calendar"),
    "start_do": PageText("Start holdet", "Start the cohort"),
    "start_plan": PageText(
        "Kalenderen, før noget begynder", "The calendar, before anything begins"
    ),
    "start_plan_lead": PageText(
        "{total} små påmindelser til {people} mennesker; højst {heaviest} til én i alt.",
        "{total} small reminders to {people} people; at most {heaviest} to one person in all.",
    ),
    "start_nothing": PageText("Intet er skrevet endnu.", "Nothing has been written yet."),
    "unknown_people": PageText(
        "Dem kender vi ikke her: {lines}. Ret adressen, eller importer personen først.",
        "We do not know these here: {lines}. Mend the address, or import the person first.",
    ),
    "unknown_groups": PageText(
        "De grupper findes ikke: {lines}. Ret navnet, eller opret gruppen først.",
        "There are no such groups: {lines}. Mend the name, or make the group first.",
    ),
    "wrong_no-group": PageText(
        "Den gruppe findes ikke. Ret navnet, eller opret den først.",
        "There is no such group. Mend the name, or make it first.",
    ),
    "said_moved": PageText(
        "Dagen er flyttet. {planned} påmindelser fulgte med, og {told} får det at vide.",
        "The day is moved. {planned} reminders moved along, and {told} people are told.",
    ),
    "said_paused": PageText(
        "Holdet er på pause; intet bliver sendt.", "The cohort is paused; nothing is sent."
    ),
    "said_resumed": PageText("Holdet er i gang igen.", "The cohort is under way again."),
    "said_ended": PageText("Holdet er afsluttet.", "The cohort has ended."),
    "said_started": PageText("Holdet er startet.", "The cohort has started."),
    "said_course_email": PageText("Personen er med på holdet.", "The person is in the cohort."),
    "said_course_group": PageText("Gruppen er med på holdet.", "The group is in the cohort."),
}

FIGURES: Final[Mapping[str, PageText]] = {
    "figures_title": PageText("Sådan går det", "How it goes"),
    "figures_lead": PageText(
        "Det samme, som dit eget overblik i chatten fortæller. Intet bliver gjort op, fordi siden "
        "åbnes.",
        "The same that your own digest in the chat tells. Nothing is worked out because the page "
        "is opened.",
    ),
    "figures_dialogue": PageText(
        "Dialogen med nærmeste leder", "The dialogue with the nearest leader"
    ),
    "figures_none_yet": PageText(
        "Du har ikke fået tal om det endnu.", "You have not been given figures of this yet."
    ),
    "figures_nothing": PageText(
        "Der er ikke noget kursus i gang, og du har ikke fået tal endnu.",
        "No course is running, and you have not been given any figures yet.",
    ),
    "figures_rules": PageText("Hvornår der er tal", "When there are figures"),
    "figures_quarter": PageText(
        "Svarene gøres op én gang i kvartalet, når du får dit overblik, eller når du skriver ”tal” "
        "i chatten. Det, du har fået, bliver stående.",
        "The answers are counted once a quarter, when you get your digest or when you write "
        "“figures” in the chat. What you have been given stays as it is.",
    ),
    "figures_five": PageText(
        "Et tal er lav, middel eller høj, og kommer kun, når mindst fem har svaret, og ingen kan "
        "regnes ud af det. Før og efter vises kun ved siden af hinanden, når otte har svaret.",
        "A figure is low, middle or high, and comes only when at least five have answered and "
        "nobody can be told from it. Before and after stand side by side only from eight answers.",
    ),
    "figures_single": PageText(
        "Ingen kan se et enkelt svar, og ingen kan se, hvem der har svaret. Dine egne svar og de "
        "andres, der driver kurserne, er ikke med.",
        "Nobody can see a single answer, nor who has answered. Your own answers, and those of the "
        "others who run the courses, are not in it.",
    ),
}
