"""What only Slack's own surfaces say, in both languages."""

from __future__ import annotations

from typing import Literal

from flows.model import LANGUAGES, Language

Said = Literal[
    "write", "title", "title-plain", "save", "close", "room", "done", "choose-some", "written",
    "answered", "kept", "kept-private", "only-here", "step",
    "take-up-title", "take-up-label", "take-up-hint",
    "home-hello", "home-next", "home-no-next", "home-agreements", "home-no-agreements",
    "home-shared", "home-no-shared", "home-more", "home-paused", "home-unknown",
    "home-begin", "home-visible", "home-on-page", "unknown",
]  # fmt: skip

SAYS: dict[Language, dict[Said, str]] = {
    "da": {
        "write": "Skriv …",
        "title": "Skriv i ro",
        "save": "Gem",
        "close": "Luk",
        "room": "Det, du skriver her, bliver ikke stående i samtalen.",
        "done": "Vælg disse",
        "choose-some": "Vælg gerne mindst én først.",
        "written": "Skrevet",
        "kept": "Gemt",
        "kept-private": "Jeg svarer i vores private samtale.",
        "only-here": "Jeg taler kun med én ad gangen. Skriv til mig i en privat besked.",
        "step": "{number} af {all}",
        "answered": "Besvaret",
        "title-plain": "Tillidsrum",
        "take-up-title": "Tag op med din leder",
        "take-up-label": "Hvad vil du tage op?",
        "take-up-hint": "Ret det, så det er dit eget. Kun du ser det, og intet er gemt, før du "
        "trykker på Gem. Næste gang du forbereder dig, finder jeg det frem.",
        "home-hello": "Et par minutter ad gangen til dig som leder.",
        "home-next": "Din næste dialog",
        "home-no-next": "Der er ingen dialog i kalenderen lige nu.",
        "home-agreements": "Mine aftaler med mig selv",
        "home-no-agreements": "Ingen endnu.",
        "home-shared": "Det har jeg delt",
        "home-no-shared": "Du har ikke delt noget. Det er helt i orden.",
        "home-more": "… og {number} mere. Skriv »mine data« for at få det hele.",
        "home-paused": "Jeg er stille indtil {until}.",
        "home-unknown": "Vi er ikke begyndt endnu. Tryk på knappen, så ser jeg, om du er "
        "inviteret. Ellers kan du spørge den, der står for Tillidsrum hos jer.",
        "home-begin": "Kom i gang",
        "home-on-page": "Dine aftaler og det, du har delt, står på din egen side.",
        "unknown": "Jeg kender dig ikke endnu. Spørg den, der står for Tillidsrum hos jer, om at "
        "invitere dig.",
        "home-visible": "Kun du ser denne side. Beskeder her ligger på Slacks servere, og "
        "virksomhedens ejere af Slack kan i særlige tilfælde få dem udleveret.",
    },
    "en": {
        "write": "Write …",
        "title": "Write in peace",
        "save": "Save",
        "close": "Close",
        "room": "What you write here does not stay in the conversation.",
        "done": "Choose these",
        "choose-some": "Please choose at least one first.",
        "written": "Written",
        "kept": "Saved",
        "kept-private": "I answer in our private conversation.",
        "only-here": "I only talk with one person at a time. Write me a direct message.",
        "step": "{number} of {all}",
        "answered": "Answered",
        "title-plain": "Tillidsrum",
        "take-up-title": "Take up with my leader",
        "take-up-label": "What would you like to take up?",
        "take-up-hint": "Make it your own words. Only you see it, and nothing is kept before you "
        "press Save. The next time you prepare, I bring it out again.",
        "home-hello": "A couple of minutes at a time for you as a leader.",
        "home-next": "Your next dialogue",
        "home-no-next": "There is no dialogue in the calendar right now.",
        "home-agreements": "My agreements with myself",
        "home-no-agreements": "None yet.",
        "home-shared": "What I have shared",
        "home-no-shared": "You have shared nothing. That is quite all right.",
        "home-more": "… and {number} more. Write “my data” to get all of it.",
        "home-paused": "I keep quiet until {until}.",
        "home-unknown": "We have not begun yet. Press the button, and I see whether you are "
        "invited. Otherwise you can ask whoever runs Tillidsrum where you work.",
        "home-begin": "Begin",
        "home-on-page": "Your agreements and what you have shared are on your own page.",
        "unknown": "I do not know you yet. Ask whoever runs Tillidsrum where you work to invite "
        "you.",
        "home-visible": "Only you see this page. Messages here are kept on Slack's servers, and "
        "the owners of the workspace can have them handed over in special cases.",
    },
}


def language_of(written: object, usual: Language = "da") -> Language:
    return next((one for one in LANGUAGES if one == written), usual)
