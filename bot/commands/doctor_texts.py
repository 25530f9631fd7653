"""What `doctor` finds, in both languages."""

from __future__ import annotations

from bot.commands.doctor_platform_texts import PLATFORMS
from bot.commands.language import Language

NAMES: dict[str, dict[Language, str]] = {
    "settings": {"da": "indstillinger", "en": "settings"},
    "key": {"da": "nøgle", "en": "key"},
    "database": {"da": "database", "en": "database"},
    "folders": {"da": "mapper", "en": "folders"},
    "clock": {"da": "ur", "en": "clock"},
    "dialogues": {"da": "dialoger", "en": "dialogues"},
    "papers": {"da": "papirer", "en": "papers"},
    "address": {"da": "adresse", "en": "address"},
    "slack": {"da": "Slack", "en": "Slack"},
    "telegram": {"da": "Telegram", "en": "Telegram"},
    "login": {"da": "login", "en": "login"},
    "people": {"da": "ledere", "en": "people"},
}
FOUND: dict[str, dict[Language, str]] = {
    **PLATFORMS,
    "settings": {"da": "kan læses", "en": "can be read"},
    "key": {"da": "har den rigtige form", "en": "has the right shape"},
    "key.fits": {"da": "passer til databasen", "en": "fits the database"},
    "key.new": {
        "da": "har den rigtige form; databasen kender den ikke endnu",
        "en": "has the right shape; the database does not know it yet",
    },
    "database.none": {
        "da": "er ikke lavet endnu; det gør `tillidsrum run` eller `tillidsrum db upgrade`",
        "en": "is not made yet; `tillidsrum run` or `tillidsrum db upgrade` does",
    },
    "database": {
        "da": "svarer og er ajour ({revision})",
        "en": "answers and is up to date ({revision})",
    },
    "folders": {"da": "er lukket for andre", "en": "are closed to others"},
    "folders.open": {
        "da": "{path} kan åbnes af andre på maskinen. Luk: chmod {mode} {path}",
        "en": "{path} can be opened by others on the machine. Close it: chmod {mode} {path}",
    },
    "folders.shut": {
        "da": "{path} kan ikke skrives. Lad den bruger, der kører programmet, eje den",
        "en": "{path} cannot be written. Let the user who runs the program own it",
    },
    "clock": {"da": "går som databasens", "en": "agrees with the database's"},
    "clock.off": {
        "da": "går {seconds} sekunder anderledes end databasens. Stil begge maskiners ure (NTP)",
        "en": "is {seconds} seconds off the database's. Set the clocks of both machines (NTP)",
    },
    "clock.wrong": {
        "da": "står på år {year}. Stil maskinens ur (NTP)",
        "en": "says the year {year}. Set the machine's clock (NTP)",
    },
    "dialogues": {"da": "er i orden", "en": "are fine"},
    "dialogues.broken": {
        "da": "har fejl ({count}). Se dem med `tillidsrum check`",
        "en": "have problems ({count}). See them with `tillidsrum check`",
    },
    "papers": {"da": "kan tegnes og sættes", "en": "can be drawn and typeset"},
    "papers.broken": {
        "da": "kan ikke sættes. Installer programmet igen, så typst og dets skrifter er med",
        "en": "cannot be typeset. Install the program again, with typst and its fonts",
    },
    "address.free": {
        "da": "{host}:{port} er ledig til `tillidsrum run`",
        "en": "{host}:{port} is free for `tillidsrum run`",
    },
    "address.runs": {"da": "Tillidsrum svarer på {url}", "en": "Tillidsrum answers at {url}"},
    "address.silent": {
        "da": "Tillidsrum kører her, men herfra svarer {url} ikke. Kan den heller ikke nås udefra, "
        "så se efter DNS, certifikat og proxy, eller ret TILLIDSRUM_PUBLIC_URL",
        "en": "Tillidsrum runs here, but {url} does not answer from here. If it cannot be reached "
        "from outside either, look at DNS, certificate and proxy, or mend TILLIDSRUM_PUBLIC_URL",
    },
}
