"""The words around a copy of somebody's data, in both languages."""

from __future__ import annotations

from flows.model import Language

WORDS: dict[str, dict[Language, str]] = {
    "title": {"da": "Dine data i Tillidsrum", "en": "Your data in Tillidsrum"},
    "made": {"da": "Lavet {day}.", "en": "Made on {day}."},
    "yours": {
        "da": "Her er det, Tillidsrum har gemt om dig. Det er dine egne ord, så gem filerne, hvor "
        "andre ikke kigger med. Alle enkeltheder står i tillidsrum.json.",
        "en": "This is what Tillidsrum keeps about you. These are your own words, so keep the "
        "files where others do not look. Every detail is in tillidsrum.json.",
    },
    "left-out": {
        "da": "Det, Tillidsrum har skrevet til dig, står her ikke med ord: det kan gentage noget, "
        "som en anden har delt med dig og siden trukket tilbage.",
        "en": "What Tillidsrum has written to you is not here in words: it may repeat what "
        "somebody shared with you and has taken back since.",
    },
    "nothing": {"da": "Ikke noget.", "en": "Nothing."},
    "skipped": {"da": "sprunget over", "en": "skipped"},
    "with": {"da": "med {who}", "en": "with {who}"},
    "from": {"da": "fra {who}", "en": "from {who}"},
    "to": {"da": "til {day}", "en": "to {day}"},
    "follow-up": {"da": "opfølgning: {how}", "en": "follow-up: {how}"},
    "check": {"da": "sådan gik det: {how}", "en": "how it went: {how}"},
    "counts": {
        "da": "{messages} beskeder fra Tillidsrum, {chat} linjer i chatten, "
        "{reminders} påmindelser. Enkelthederne står i tillidsrum.json.",
        "en": "{messages} messages from Tillidsrum, {chat} lines in the chat, {reminders} "
        "reminders. The details are in tillidsrum.json.",
    },
}
HEADINGS: dict[str, dict[Language, str]] = {
    "person": {"da": "Dig", "en": "You"},
    "pairs": {"da": "Dine nærmeste ledere", "en": "Your nearest leaders"},
    "pairs_led": {"da": "Dem, du er nærmeste leder for", "en": "Those you are nearest leader of"},
    "leave": {"da": "Ferie og fravær", "en": "Leave"},
    "points": {"da": "Punkter til dialogen", "en": "Points for the dialogue"},
    "agreements": {"da": "Aftaler", "en": "Agreements"},
    "actions": {"da": "Din handleplan", "en": "Your action plan"},
    "ratings": {"da": "Dine vurderinger", "en": "Your ratings"},
    "pulse": {"da": "Din puls", "en": "Your pulse"},
    "notes": {"da": "Noter", "en": "Notes"},
    "shares_given": {"da": "Det, du har delt", "en": "What you have shared"},
    "shares_received": {"da": "Delt med dig", "en": "Shared with you"},
    "conversations": {"da": "Samtaler og svar", "en": "Conversations and answers"},
    "log": {"da": "Gjort med dine data", "en": "Done with your data"},
    "rest": {"da": "Og så", "en": "And also"},
}
FIELDS: dict[str, dict[Language, str]] = {
    "name": {"da": "navn", "en": "name"},
    "email": {"da": "e-mail", "en": "e-mail"},
    "language": {"da": "sprog", "en": "language"},
    "zone": {"da": "tidszone", "en": "time zone"},
    "working_days": {"da": "arbejdsdage (1 er mandag)", "en": "working days (1 is Monday)"},
    "hours_from": {"da": "arbejdstid fra", "en": "working hours from"},
    "hours_to": {"da": "arbejdstid til", "en": "working hours to"},
    "roles": {"da": "roller", "en": "roles"},
    "budget_per_week": {"da": "højst kontakter om ugen", "en": "contacts a week at most"},
    "paused_until": {"da": "pause indtil", "en": "paused until"},
    "status": {"da": "status", "en": "status"},
    "created_at": {"da": "kendt siden", "en": "known since"},
}
VALUES: dict[str, dict[Language, str]] = {
    "open": {"da": "åben", "en": "open"},
    "raised": {"da": "taget op", "en": "raised"},
    "solved": {"da": "løst", "en": "solved"},
    "dropped": {"da": "lagt væk", "en": "put away"},
    "active": {"da": "aktiv", "en": "active"},
    "resting": {"da": "hviler", "en": "resting"},
    "ended": {"da": "afsluttet", "en": "ended"},
    "shared": {"da": "delt", "en": "shared"},
    "settled": {"da": "talt igennem", "en": "talked through"},
    "withdrawn": {"da": "trukket tilbage", "en": "withdrawn"},
    "holds": {"da": "den holder", "en": "it holds"},
    "partly": {"da": "delvist", "en": "partly"},
    "not-now": {"da": "ikke for tiden", "en": "not at the moment"},
    "change": {"da": "skal laves om", "en": "to be changed"},
    "done": {"da": "færdig", "en": "finished"},
    "left": {"da": "lagt til side", "en": "set aside"},
    "worked": {"da": "det har virket", "en": "it has worked"},
    "no-effect": {"da": "ikke rigtigt", "en": "not really"},
    "not-begun": {"da": "ikke i gang endnu", "en": "not begun yet"},
    "go-on": {"da": "fortsætter", "en": "goes on"},
    "adjust": {"da": "justeret", "en": "adjusted"},
    "drop": {"da": "lagt væk", "en": "put away"},
    "before": {"da": "før", "en": "before"},
    "after": {"da": "efter", "en": "after"},
    "later": {"da": "senere", "en": "later"},
    "usability": {"da": "brugbart", "en": "useful"},
    "relevance": {"da": "relevant", "en": "relevant"},
    "focus": {"da": "fokus på ledelse", "en": "focus on leading"},
    "krydspres": {"da": "krydspres", "en": "cross-pressure"},
    "influence": {"da": "indflydelse", "en": "influence"},
    "support": {"da": "støtte", "en": "support"},
    "safety": {"da": "tryghed", "en": "safety"},
    "restitution": {"da": "restitution", "en": "recovery"},
}
