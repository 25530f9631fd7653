"""The words of the door to the pages that are somebody's, Danish and English side by side."""

from collections.abc import Mapping
from typing import Final

from bot.web.page_texts import PageText

DOOR: Final[Mapping[str, PageText]] = {
    "page_me": PageText("din egen side", "your own page"),
    "page_admin": PageText("administrationen", "the administration"),
    "enter_title": PageText("Kom indenfor", "Come in"),
    "enter_lead": PageText(
        "Linket åbner {page}. Det virker én gang: når du trykker på knappen.",
        "The link opens {page}. It works once: when you press the button.",
    ),
    "enter_button": PageText("Gå ind", "Go in"),
    "enter_note_admin": PageText(
        "Du er inde i højst otte timer, kun i denne browser. Luk efter dig på en fælles maskine.",
        "You are in for eight hours at the most, in this browser only. On a shared computer, "
        "please log out when you are done.",
    ),
    "enter_note_me": PageText(
        "Du er inde i højst en time, kun i denne browser. Siden er kun til dig.",
        "You are in for an hour at the most, in this browser only. The page is for you alone.",
    ),
    "away_no-visit": PageText("Her er lukket lige nu", "It is closed here for now"),
    "away_no-visit_lead": PageText(
        "Skriv *{word}* til Tillidsrum i chatten, så får du et link, der lukker dig ind på {page}.",
        "Write *{word}* to Tillidsrum in the chat and you get a link that lets you into {page}.",
    ),
    "away_old-link": PageText("Linket er løbet ud", "The link has run out"),
    "away_old-link_lead": PageText(
        "Et link gælder i ti minutter. Skriv *{word}* i chatten, så får du et nyt.",
        "A link works for ten minutes. Write *{word}* in the chat for a new one.",
    ),
    "away_used-link": PageText("Linket virker ikke længere", "The link no longer works"),
    "away_used-link_lead": PageText(
        "Hvert link virker én gang, og kun det nyeste. Skriv *{word}* i chatten, så får du et nyt. "
        "Har du ikke selv brugt det, så sig det til den, der står for Tillidsrum hos jer.",
        "Each link works once, and only the newest. Write *{word}* in the chat for a new one. If "
        "you did not use it yourself, tell whoever runs Tillidsrum where you work.",
    ),
    "away_no-role": PageText(
        "Administrationen er for dem, der står for Tillidsrum",
        "The administration is for those who run Tillidsrum",
    ),
    "away_no-role_lead": PageText(
        "Du har ikke den rolle lige nu. Er det en fejl, så kan en administrator give dig den igen.",
        "You do not have that role just now. If that is a mistake, an administrator can give it "
        "back to you.",
    ),
    "away_old-form": PageText("Siden var for gammel", "The page was too old"),
    "away_old-form_lead": PageText(
        "Der er ikke ændret noget. Gå tilbage, genindlæs siden, og prøv igen.",
        "Nothing was changed. Go back, reload the page and try again.",
    ),
    "away_login-failed": PageText("Du blev ikke logget ind", "You were not logged in"),
    "away_login-failed_lead": PageText(
        "Det gik ikke igennem denne gang. Prøv igen, eller skriv *{word}* til Tillidsrum i "
        "chatten, så får du et link.",
        "It did not go through this time. Try again, or write *{word}* to Tillidsrum in the chat "
        "and you get a link.",
    ),
    "away_login-unknown": PageText(
        "Det login lukker dig ikke ind her", "That login does not let you in here"
    ),
    "away_login-unknown_lead": PageText(
        "Måske har det en anden e-mail end den, Tillidsrum kender, eller også er siden ikke for "
        "dig lige nu. Skriv *{word}* til Tillidsrum i chatten: så får du et link, eller du får at "
        "vide hvorfor.",
        "Perhaps it has another e-mail than the one Tillidsrum knows, or the page is not for you "
        "just now. Write *{word}* to Tillidsrum in the chat: you get a link, or are told why.",
    ),
    "away_login-silent": PageText("Login svarer ikke lige nu", "The login is not answering"),
    "away_login-silent_lead": PageText(
        "Prøv igen om lidt. Du kan også skrive *{word}* til Tillidsrum i chatten, så får du et "
        "link.",
        "Try again in a moment. You can also write *{word}* to Tillidsrum in the chat and you get "
        "a link.",
    ),
    "login_with": PageText("Log ind med {name}", "Log in with {name}"),
    "login_ours": PageText("organisationens login", "your organisation’s login"),
    "away_back": PageText("Til {page}", "To {page}"),
    "left_title": PageText("Du er logget ud", "You are logged out"),
    "left_lead": PageText(
        "Vil du ind igen, så skriv *{word}* til Tillidsrum i chatten.",
        "To come in again, write *{word}* to Tillidsrum in the chat.",
    ),
    "word_me": PageText("min side", "my page"),
    "word_admin": PageText("admin", "console"),
    "leave": PageText("Log ud", "Log out"),
    "leave_everywhere": PageText("Log ud alle steder", "Log out everywhere"),
}
