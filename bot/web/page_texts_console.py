"""The words of the console, Danish and English side by side: the frame, the overview, people.

What is said of groups, delivery, the log and the settings is in `page_texts_console_more.py`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.web.page_texts import PageText
from bot.web.page_texts_cadences import CADENCES
from bot.web.page_texts_console_more import DELIVERY, GROUPS, LOG, SETTINGS
from bot.web.page_texts_courses import COURSES, FIGURES
from flows.model import LANGUAGES, Language

SECTIONS: Final[Mapping[str, str]] = {
    "overview": "/admin",
    "people": "/admin/people",
    "groups": "/admin/groups",
    "courses": "/admin/courses",
    "figures": "/admin/figures",
    "cadences": "/admin/cadences",
    "delivery": "/admin/delivery",
    "log": "/admin/log",
    "settings": "/admin/settings",
}
"""Section -> its address, in the order of the menu."""

FRAME: Final[Mapping[str, PageText]] = {
    "console": PageText("Administration", "Administration"),
    "menu": PageText("Menu", "Menu"),
    "at_overview": PageText("Overblik", "Overview"),
    "at_people": PageText("Mennesker", "People"),
    "at_groups": PageText("Grupper", "Groups"),
    "at_courses": PageText("Forløb", "Courses"),
    "at_figures": PageText("Sådan går det", "How it goes"),
    "at_cadences": PageText("Rytmer", "Cadences"),
    "at_delivery": PageText("Levering", "Delivery"),
    "at_log": PageText("Log", "Log"),
    "at_settings": PageText("Indstillinger", "Settings"),
    "never_words": PageText(
        "Her står aldrig noget, en leder har skrevet.",
        "Nothing that a leader has written is ever shown here.",
    ),
    "your_visit": PageText("Du er logget ind", "You are logged in"),
    "cancel": PageText("Fortryd", "Cancel"),
    "save": PageText("Gem", "Save"),
    "older": PageText("Næste", "Next"),
    "newer": PageText("Forrige", "Previous"),
    "first_page": PageText("Første side", "First page"),
    "pages": PageText("Sider", "Pages"),
    "fault": PageText("Fejl", "Error"),
    "see_faults": PageText(
        "Der er ikke ændret noget endnu. Se, hvad der skal rettes nedenfor.",
        "Nothing was changed yet. Please see below what needs mending.",
    ),
    "none": PageText("Ingen", "None"),
    "search": PageText("Søg", "Search"),
    "and_more": PageText("og {count} til", "and {count} more"),
}

OVERVIEW: Final[Mapping[str, PageText]] = {
    "people_here": PageText("mennesker", "people"),
    "people_not_yet": PageText("uden kanal endnu", "on no channel yet"),
    "groups_some": PageText("grupper", "groups"),
    "arrived_week": PageText("beskeder nåede frem i ugen", "messages arrived this week"),
    "to_do": PageText("Det kan du se på", "What you could look at"),
    "to_do_none": PageText(
        "Der er ikke noget, der venter på dig.", "There is nothing that waits for you."
    ),
    "do_nobody": PageText(
        "Her er ikke andre end dig endnu. Importer jeres ledere.",
        "There is nobody here but you yet. Import your leaders.",
    ),
    "do_not_yet": PageText(
        "Uden kanal endnu. De hører ikke fra Tillidsrum.",
        "On no channel yet. They do not hear from Tillidsrum.",
    ),
    "do_without": PageText(
        "Ledere uden nærmeste leder her",
        "Leaders without a nearest leader here",
    ),
    "do_trios": PageText(
        "TRIO’er, der mangler en leder, en TR eller en AMR",
        "TRIOs that lack a leader, a TR or an AMR",
    ),
    "do_refused": PageText(
        "Kan ikke få beskeder: platformen afviser dem",
        "Cannot be written to: the platform refuses it",
    ),
    "do_routes": PageText(
        "Ingen har set efter det seneste halve år, om hjælpevejene stadig passer.",
        "Nobody has checked within half a year that the help routes still are right.",
    ),
    "trust": PageText(
        "Hvad du kan se, og hvad du ikke kan", "What you can see, and what you cannot"
    ),
    "trust_can": PageText(
        "Hvem der er her, hvordan de nås, grupper og datoer, og om beskeder når frem.",
        "Who is here, how they are reached, groups and dates, and whether messages arrive.",
    ),
    "trust_cannot": PageText(
        "Det, en leder skriver, svarer, aftaler eller deler. Siderne har ikke nøglen til det.",
        "What a leader writes, answers, agrees on or shares. These pages hold no key to it.",
    ),
    "trust_log": PageText(
        "Alt, du ændrer her, står i loggen med dit navn og uden indhold.",
        "Whatever you change here is in the log with your name, and without content.",
    ),
}

PEOPLE: Final[Mapping[str, PageText]] = {
    "people_title": PageText("Mennesker", "People"),
    "people_search": PageText("Navn eller e-mail", "Name or e-mail"),
    "people_none": PageText("Her er ingen, der passer.", "There is nobody who fits."),
    "people_filter": PageText("Vis", "Show"),
    "show_here": PageText("Alle", "Everybody"),
    "show_not-yet": PageText("Uden kanal", "On no channel"),
    "show_without": PageText("Uden nærmeste leder", "Without nearest leader"),
    "show_runs": PageText("HR og administratorer", "HR and administrators"),
    "show_left": PageText("Stoppet", "Left"),
    "name": PageText("Navn", "Name"),
    "email": PageText("E-mail", "E-mail"),
    "nearest": PageText("Nærmeste leder", "Nearest leader"),
    "roles": PageText("Roller", "Roles"),
    "channel": PageText("Kanal", "Channel"),
    "language_of": PageText("Sprog", "Language"),
    "hours": PageText("Arbejdstid", "Working hours"),
    "leads": PageText("Er nærmeste leder for", "Is nearest leader of"),
    "no_channel": PageText("ikke endnu", "not yet"),
    "status_left": PageText("Stoppet", "Has left"),
    "role_leader": PageText("Leder", "Leader"),
    "role_representative": PageText("Repræsentant", "Representative"),
    "role_hr": PageText("HR", "HR"),
    "role_admin": PageText("Administrator", "Administrator"),
    "role_hr_note": PageText("kommer ind her", "can come in here"),
    "role_admin_note": PageText(
        "kommer ind her og kan give andre adgang", "can come in here and let others in"
    ),
    "language_da": PageText("Dansk", "Danish"),
    "language_en": PageText("Engelsk", "English"),
    "about_person": PageText("Om", "About"),
    "history": PageText("Ændret af andre", "Changed by others"),
    "change_nearest": PageText("Skift nærmeste leder", "Change nearest leader"),
    "nearest_email": PageText("Den nye nærmeste leders e-mail", "The new nearest leader’s e-mail"),
    "nearest_hint": PageText(
        "Lad feltet stå tomt, hvis der ingen er. Når den skifter, lukkes alt, der var delt med den "
        "gamle, og lederen får det at vide i sin arbejdstid.",
        "Leave it empty if there is none. When it changes, everything shared with the former one "
        "is closed, and the leader is told in their working hours.",
    ),
    "invite": PageText("Inviter", "Invite"),
    "invite_lead": PageText(
        "Du får et link og en kode. Giv dem videre ad hver sin vej, fx linket i en mail og koden "
        "mundtligt. Linket gælder i 72 timer og kun én gang.",
        "You get a link and a code. Pass them on in two ways, for instance the link by mail and "
        "the code by word of mouth. The link works for 72 hours and only once.",
    ),
    "invite_make": PageText("Lav link til {channel}", "Make a link to {channel}"),
    "invite_none": PageText(
        "Ingen kanal er sat op endnu. Den, der driver serveren, kan sætte Slack eller Telegram op.",
        "No channel is configured yet. Whoever runs the server can set up Slack or Telegram.",
    ),
    "leave_title": PageText("Arbejder {name} her ikke længere?", "Has {name} left?"),
    "leave_open": PageText("Notér, at {name} er stoppet", "Note that {name} has left"),
    "leave_lead": PageText(
        "Der bliver ikke skrevet til {name} mere. Dialoger og pladser i grupper slutter, og de "
        "ledere, der havde {name} som nærmeste leder, får det at vide. Det, {name} selv har "
        "skrevet, bliver slettet, når det er gammelt nok; ingen andre kan åbne det.",
        "{name} is written to no more. Dialogues and places in groups end, and the leaders who "
        "had {name} as their nearest leader are told. What {name} wrote is deleted once it is old "
        "enough; nobody else can open it.",
    ),
    "leave_do": PageText("Ja, {name} er stoppet", "Yes, {name} has left"),
    "return": PageText("{name} er her igen", "{name} is here again"),
    "wrong_no-email": PageText(
        "Det er ingen e-mailadresse. Skriv en som karin@example.org.",
        "That is no e-mail address. Write one such as karin@example.org.",
    ),
    "wrong_unknown": PageText(
        "Den adresse kender vi ikke. Ret den, eller importer personen først.",
        "We do not know that address. Mend it, or import the person first.",
    ),
    "wrong_left": PageText(
        "Den person er stoppet. Vælg en, der er her.",
        "That person has left. Choose somebody who is here.",
    ),
    "wrong_self": PageText(
        "Man kan ikke være sin egen nærmeste leder.", "Nobody is their own nearest leader."
    ),
    "wrong_circle": PageText(
        "Så ville lederne lede hinanden i ring. Vælg en anden, eller ret den andens nærmeste leder "
        "først.",
        "Then the leaders would lead each other in a circle. Choose somebody else, or change the "
        "other one’s nearest leader first.",
    ),
    "wrong_last-admin": PageText(
        "Det er den sidste administrator. Giv en anden rollen først.",
        "That is the last administrator. Give somebody else the role first.",
    ),
    "wrong_only-admin": PageText(
        "Kun en administrator kan give og tage rollerne HR og administrator.",
        "Only an administrator gives and takes the roles HR and administrator.",
    ),
    "wrong_oneself": PageText(
        "Du kan ikke notere, at du selv er stoppet. Bed en anden om det.",
        "You cannot note that you have left yourself. Ask somebody else.",
    ),
    "wrong_role": PageText("Den rolle findes ikke.", "There is no such role."),
    "wrong_channel": PageText("Vælg en kanal.", "Choose a channel."),
    "said_roles": PageText("Rollerne er ændret.", "The roles are changed."),
    "said_nearest": PageText("Nærmeste leder er ændret.", "The nearest leader is changed."),
    "said_left": PageText("Det er noteret.", "That is noted."),
    "said_return": PageText("Velkommen tilbage.", "Welcome back."),
    "said_invited": PageText("Her er invitationen til {channel}", "The invitation to {channel}"),
    "invited_link": PageText("Link", "Link"),
    "invited_write": PageText(
        "Personen finder robotten i {channel} og skriver:",
        "The person finds the bot in {channel} and writes:",
    ),
    "invited_code": PageText("Kode", "Code"),
    "invited_known": PageText(
        "Personen er kendt i forvejen og får koden vist dér, hvor Tillidsrum plejer at skrive.",
        "The person is known already and is shown the code where Tillidsrum usually writes.",
    ),
    "invited_once": PageText(
        "Det vises kun nu. Skriv det ned, før du går videre.",
        "It is shown only now. Note it before you go on.",
    ),
}

IMPORT: Final[Mapping[str, PageText]] = {
    "import": PageText("Importer", "Import"),
    "import_title": PageText("Importer mennesker", "Import people"),
    "import_lead": PageText(
        "Vælg en CSV-fil. Du ser først, hvad der vil ske, og alt, hvad der er galt, før noget "
        "bliver ændret. Importer igen for at opdatere: ingen bliver fjernet, og en tom celle lader "
        "det stå, som det er.",
        "Choose a CSV file. You first see what will happen and all that is wrong, before anything "
        "is changed. Import again to update: nobody is removed, and an empty cell leaves things as "
        "they are.",
    ),
    "import_file": PageText("CSV-fil", "CSV file"),
    "import_columns": PageText("Kolonnerne", "The columns"),
    "import_columns_lead": PageText(
        "email og name skal være der; resten er frivilligt.",
        "email and name are required; the rest is optional.",
    ),
    "import_look": PageText("Se efter først", "Look first"),
    "import_again": PageText("Se efter igen", "Look again"),
    "import_text": PageText("Filens indhold, som kan rettes her", "The file, to be mended here"),
    "import_empty": PageText("Vælg en fil først.", "Choose a file first."),
    "import_would": PageText("Det vil ske", "What will happen"),
    "import_added": PageText("nye", "new"),
    "import_changed": PageText("ændret", "changed"),
    "import_same": PageText("som før", "as before"),
    "import_moved": PageText("ny nærmeste leder", "new nearest leader"),
    "import_placed": PageText("pladser i grupper", "places in groups"),
    "import_faults": PageText("{count} fejl i filen", "{count} problems in the file"),
    "import_line": PageText("Linje", "Line"),
    "import_column": PageText("Kolonne", "Column"),
    "import_what": PageText("Hvad er galt, og hvad hjælper", "What is wrong, and the mend"),
    "import_do": PageText("Importer {count} rækker", "Import {count} rows"),
    "import_skip": PageText(
        "Importer kun de gode rækker ({count})",
        "Import only the good rows ({count})",
    ),
    "import_nothing": PageText("Ingen rækker kan importeres.", "No row can be imported."),
    "said_imported": PageText(
        "Importeret: {added} nye, {changed} ændret, {same} som før.",
        "Imported: {added} new, {changed} changed, {same} as before.",
    ),
}

_ALL: Final[Mapping[str, PageText]] = {
    **FRAME, **OVERVIEW, **PEOPLE, **IMPORT, **GROUPS, **COURSES, **FIGURES, **CADENCES,
    **DELIVERY, **LOG, **SETTINGS,
}  # fmt: skip
_BY_LANGUAGE: Final[Mapping[Language, Mapping[str, str]]] = {
    language: MappingProxyType({key: getattr(text, language) for key, text in _ALL.items()})
    for language in LANGUAGES
}


def console_texts(language: Language) -> Mapping[str, str]:
    return _BY_LANGUAGE[language]
