"""The words of the page where one writes for oneself, Danish and English side by side."""

from collections.abc import Mapping
from typing import Final

from bot.web.page_texts import PageText

WRITE: Final[Mapping[str, PageText]] = {
    "write_none": PageText(
        "Lige nu er der ikke noget, der venter på dig her.", "Nothing is waiting for you just now."
    ),
    "write_none_how": PageText(
        "Vil du i gang med noget, så skriv for eksempel *forbered* til Tillidsrum i chatten. "
        "Så kan du svare her.",
        "If you would like to begin something, write *prepare*, for instance, to Tillidsrum in "
        "the chat. Then you can answer here.",
    ),
    "write_which": PageText("Hvad vil du gå videre med?", "What would you like to go on with?"),
    "write_waiting": PageText("Det her venter også", "This is waiting too"),
    "write_touched": PageText("Sidst {day}", "Last on {day}"),
    "write_save": PageText("Gem, og gå videre", "Save and go on"),
    "write_choose": PageText("Vælg disse", "Choose these"),
    "write_back": PageText("Et skridt tilbage", "One step back"),
    "write_change": PageText("Ret et svar", "Change an answer"),
    "write_change_which": PageText(
        "Hvilket svar vil du rette?", "Which answer would you like to change?"
    ),
    "write_as_it_was": PageText("Lad dem stå", "Leave them as they are"),
    "write_kept": PageText(
        "Det, du har svaret, er gemt. Du kan lukke siden når som helst og gå videre senere, her "
        "eller i chatten. Siden er åben for dig til kl. {time}.",
        "What you have answered is saved. You can close the page at any time and go on later, here "
        "or in the chat. The page is open to you until {time}.",
    ),
    "write_done": PageText(
        "Så er vi igennem, og det er gemt. Du kan roligt lukke siden og gå tilbage til chatten.",
        "That was all, and it is saved. You can close the page and go back to the chat.",
    ),
    "write_late": PageText(
        "Du er kommet videre siden, måske i en anden fane eller i chatten. Det, du skrev, er "
        "derfor ikke gemt, men det står her endnu.",
        "You have moved on since then, perhaps in another tab or in the chat. So what you wrote is "
        "not saved, but it still stands here.",
    ),
    "write_yours": PageText("Det, du skrev", "What you wrote"),
    "write_left": PageText(
        "Der er plads til {count} tegn mere", "Room for {count} more characters"
    ),
    "write_over": PageText("{count} tegn for meget", "{count} characters too many"),
    "write_curve": PageText("Se tallene bag kurven", "See the numbers of the curve"),
    "file_export": PageText("Mine data", "My data"),
    "said_further-on": PageText(
        "Du er kommet videre siden. Her er, hvor du er nu.",
        "You have moved on since then. This is where you are now.",
    ),
    "said_resting": PageText(
        "Helt fint. Det, du har svaret, er gemt.", "That is fine. What you have answered is saved."
    ),
    "given_back": PageText(
        "Det, du skrev, er ikke gemt nogen steder. Kopiér det herfra, inden du går videre.",
        "What you wrote is not saved anywhere. Please copy it from here before you go on.",
    ),
    "gone": PageText("Den samtale er her ikke mere", "That conversation is not here any more"),
    "gone_lead": PageText(
        "Måske er den slettet, fordi den var gammel.", "Perhaps it was deleted because it was old."
    ),
    "own_words_title": PageText("Hvor dine egne ord står", "Where your own words stand"),
    "own_words_page": PageText(
        "Lige nu står dine egne ord kun her på siden. I chatten får du en knap hertil i stedet.",
        "Just now your own words stand only here on the page. In the chat you get a button that "
        "leads here instead.",
    ),
    "own_words_chat": PageText(
        "Du kan vælge, at dine egne ord kun står her. Så beder chatten dig ikke om at skrive og "
        "viser dig ikke, hvad du har skrevet; du får en knap hertil i stedet.",
        "You can choose that your own words stand only here. Then the chat does not ask you to "
        "write and does not show you what you wrote; you get a button that leads here instead.",
    ),
    "own_words_to_page": PageText("Kun her på siden", "Only here on the page"),
    "own_words_to_chat": PageText("Også i chatten", "In the chat as well"),
    "said_own_words_page": PageText(
        "Dine egne ord står fra nu af kun her.", "From now on your own words stand only here."
    ),
    "said_own_words_chat": PageText(
        "Dine egne ord må også stå i chatten.", "Your own words may stand in the chat as well."
    ),
}
