"""The words of the web pages themselves, Danish and English side by side.

What the bot says is not here: that belongs to the dialogues. `page_texts` gives
the templates (and through them the scripts) one flat mapping of key to sentence;
`{name}` and `{count}` are filled in where the sentence is shown.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

Language = Literal["da", "en"]


class PageText(NamedTuple):
    """One sentence in both languages, so neither can be forgotten."""

    da: str
    en: str


FRAME: Final[Mapping[str, PageText]] = {
    "skip": PageText("Gå til indholdet", "Skip to the content"),
    "home": PageText("Tillidsrum, forside", "Tillidsrum, home"),
    "language": PageText("Sprog", "Language"),
    "tagline": PageText("Et rum for ledere", "A room for leaders"),
    "footer": PageText(
        "Tillidsrum er fri software (MIT) og kører hos jer selv.",
        "Tillidsrum is free software (MIT) and runs on your own server.",
    ),
    "footer_not": PageText(
        "Det er ikke MUS eller LUS, og det er ikke drift.",
        "It is not an appraisal interview, and it is not operations.",
    ),
}

ERRORS: Final[Mapping[str, PageText]] = {
    "error_title": PageText("Siden kunne ikke vises", "The page could not be shown"),
    "error_lead": PageText(
        "Der gik noget galt hos os. Prøv igen om lidt.",
        "Something went wrong on our side. Please try again in a moment.",
    ),
    "error_missing_title": PageText("Den side findes ikke", "That page does not exist"),
    "error_missing_lead": PageText(
        "Linket er måske udløbet. Bed om et nyt i chatten.",
        "The link may have expired. Ask for a new one in the chat.",
    ),
    "error_back": PageText("Tilbage til forsiden", "Back to the front page"),
    "error_code": PageText("Kode {status}", "Code {status}"),
}

STRIP: Final[Mapping[str, PageText]] = {
    "demo_title": PageText("Prøv Tillidsrum", "Try Tillidsrum"),
    "demo_lead": PageText(
        "Vær dem alle på én gang: De er opdigtede, og intet forlader denne maskine.",
        "Be all of them at once: they are invented, and nothing leaves this machine.",
    ),
    "no_script": PageText(
        "Prøvesiden bruger JavaScript. Slå det til, og genindlæs siden.",
        "The try-out uses JavaScript. Please turn it on and reload the page.",
    ),
    "hint_begin": PageText(
        "Begynd på {name}s telefon: Svar på det, hun bliver spurgt om.",
        "Begin on {name}’s phone: answer what she is asked.",
    ),
    "hint_waits": PageText(
        "Et spørgsmål venter på {names}. Svar, eller flyt uret: Stilhed er også et svar.",
        "A question waits for {names}. Answer it, or move the clock: silence is an answer too.",
    ),
    "hint_quiet": PageText(
        "Ingen spørgsmål venter. Flyt uret til det næste, der sker, eller skriv til Tillidsrum.",
        "No question waits. Move the clock to what happens next, or write to Tillidsrum.",
    ),
    "hint_silent": PageText(
        "Det er {now}, og her er stille: Tillidsrum skriver kun et par gange om ugen.",
        "It is {now}, and all is quiet: Tillidsrum writes only a few times a week.",
    ),
    "clock": PageText("Uret", "The clock"),
    "clock_move": PageText("Flyt uret", "Move the clock"),
    "clock_next": PageText("Det næste, der sker", "What happens next"),
    "clock_monday": PageText("Mandag 09.05", "Monday 09:05"),
    "clock_course": PageText("Næste kursusdag", "Next course day"),
    "clock_day": PageText("+1 dag", "+1 day"),
    "clock_hour": PageText("+1 time", "+1 hour"),
    "clock_working": PageText("Uret går …", "The clock is moving …"),
    "clock_at": PageText("Klokken er nu {now}", "It is now {now}"),
    "clock_failed": PageText(
        "Uret blev stående. Prøv igen om lidt.", "The clock did not move. Please try again."
    ),
    "days": PageText("De næste to uger", "The next two weeks"),
    "planned": PageText("Planlagt", "Planned"),
    "planned_none": PageText("Der er ikke planlagt noget.", "Nothing is planned."),
    "planned_all": PageText("Vis alle {count}", "Show all {count}"),
    "planned_fewer": PageText("Vis færre", "Show fewer"),
    "course": PageText("Kurset", "The course"),
    "course_none": PageText("Der er ikke noget kursus i gang.", "No course is running."),
    "course_held": PageText("holdt", "held"),
    "course_next": PageText("den næste", "the next one"),
    "console": PageText("Konsollen", "The console"),
    "console_hint": PageText(
        "Åbner i et nyt vindue, som HR og administrator ser den",
        "Opens in a new window, as HR and the administrator see it",
    ),
    "restart": PageText("Begynd forfra", "Start over"),
    "restart_ask": PageText("Vil du begynde forfra?", "Start over?"),
    "restart_lead": PageText(
        "Alle samtaler bliver ryddet, og uret går tilbage til begyndelsen.",
        "All conversations are cleared and the clock goes back to the beginning.",
    ),
    "restart_yes": PageText("Ja, begynd forfra", "Yes, start over"),
    "restart_no": PageText("Nej, bliv her", "No, stay here"),
    "restart_failed": PageText(
        "Det lykkedes ikke at begynde forfra. Prøv igen om lidt.",
        "Starting over did not work. Please try again in a moment.",
    ),
}

PHONES: Final[Mapping[str, PageText]] = {
    "tabs": PageText("Vælg, hvad du vil se", "Choose what to look at"),
    "beside": PageText("Ved siden af Mette", "Beside Mette"),
    "tab_sight": PageText("Hvem ser hvad", "Who sees what"),
    "tab_new": PageText("nyt", "new"),
    "phone_of": PageText("{name}s telefon", "{name}’s phone"),
    "links_of": PageText("{name}s egne sider", "{name}’s own pages"),
    "sheet": PageText("Ark (PDF)", "Sheet (PDF)"),
    "curve": PageText("Kurve", "Curve"),
    "calendar": PageText("Kalender", "Calendar"),
    "mine": PageText("Min side", "My page"),
    "curve_title": PageText("{name}s kurve", "{name}’s curve"),
    "curve_alt": PageText(
        "{name}s svar på de fem temaer over tid", "{name}’s answers on the five themes over time"
    ),
    "curve_none": PageText(
        "Der er ingen kurve endnu. Den kommer efter de første svar.",
        "There is no curve yet. It comes after the first answers.",
    ),
    "close": PageText("Luk", "Close"),
    "speak_da": PageText("Dansk", "Dansk"),
    "speak_en": PageText("English", "English"),
    "log_of": PageText("{name}s samtale med Tillidsrum", "{name}’s conversation with Tillidsrum"),
    "log_empty": PageText(
        "Her er stille. Flyt uret, eller skriv noget.",
        "All quiet here. Move the clock, or write something.",
    ),
    "log_newer": PageText("Nyt længere nede", "New further down"),
    "from_bot": PageText("Tillidsrum", "Tillidsrum"),
    "answers_to": PageText("Svar på: {text}", "Answers to: {text}"),
    "answered": PageText("Dit svar:", "Your answer:"),
    "many_confirm": PageText("Vælg disse", "Choose these"),
    "many_hint": PageText("Vælg gerne flere.", "Choose as many as you like."),
    "say_label": PageText("Skriv som {name}", "Write as {name}"),
    "say_placeholder": PageText("Skriv, hvis du har lyst", "Write if you like"),
    "say_date": PageText("Vælg en dato", "Pick a date"),
    "say_send": PageText("Send", "Send"),
    "say_left": PageText("{count} tegn tilbage", "{count} characters left"),
    "quick": PageText("Ord, der altid virker", "Words that always work"),
    "quick_help": PageText("hjælp", "help"),
    "quick_sight": PageText("hvem kan se det?", "who can see it?"),
    "quick_back": PageText("tilbage", "back"),
    "say_over": PageText("{count} tegn for meget", "{count} characters too many"),
    "say_too_long": PageText(
        "Det er for langt til at sende på én gang. Din tekst er her stadig.",
        "That is too long to send at once. Your text is still here.",
    ),
    "say_failed": PageText(
        "Det kom ikke frem. Din tekst er her stadig.",
        "It did not get through. Your text is still here.",
    ),
    "press_failed": PageText("Svaret kom ikke frem.", "The answer did not get through."),
    "farewell": PageText("Farvel, {name}", "Goodbye, {name}"),
    "farewell_lead": PageText(
        "Alt om {name} er slettet, også nøglen til ordene. Tak, fordi du brugte rummet.",
        "Everything about {name} is deleted, and so is the key to the words. "
        "Thank you for using the room.",
    ),
    "again": PageText("Prøv igen", "Try again"),
    "lost": PageText("Forbinder igen …", "Reconnecting …"),
    "back": PageText("Forbundet igen", "Connected again"),
}

SIGHT: Final[Mapping[str, PageText]] = {
    "sight": PageText("Hvem kan se hvad", "Who can see what"),
    "sight_lead": PageText(
        "Det, man skriver, er ens eget, til man selv deler netop det.",
        "What you write is yours until you share that very thing.",
    ),
    "sight_none": PageText("Der er ikke svaret på noget endnu.", "Nothing has been answered yet."),
    "sight_owner": PageText("Fra {name}", "From {name}"),
    "sight_only": PageText("Kun {name}", "Only {name}"),
    "sight_and": PageText("og", "and"),
    "sight_back": PageText("Ikke delt længere: {kind}", "No longer shared: {kind}"),
    "quote": PageText("”{text}”", "“{text}”"),
    "sight_now": PageText("{names} kan nu se: {kind}", "{names} can now see: {kind}"),
    "sight_note": PageText(
        "Der er ingen anden vej ind: hverken nærmeste leder, HR eller "
        "administrator ser mere end det, der er delt.",
        "There is no other way in: neither the nearest leader, HR nor an "
        "administrator sees more than what was shared.",
    ),
}

_ALL: Final[Mapping[str, PageText]] = {**FRAME, **ERRORS, **STRIP, **PHONES, **SIGHT}

_BY_LANGUAGE: Final[Mapping[Language, Mapping[str, str]]] = {
    "da": MappingProxyType({key: text.da for key, text in _ALL.items()}),
    "en": MappingProxyType({key: text.en for key, text in _ALL.items()}),
}


def page_texts(language: Language) -> dict[str, str]:
    """Key to sentence; a plain `dict`, so that a template can turn it into JSON."""
    return dict(_BY_LANGUAGE[language])
