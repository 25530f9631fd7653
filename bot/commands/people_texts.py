"""What the commands about people say, in both languages."""

from __future__ import annotations

from bot.commands.language import Language

PEOPLE: dict[str, dict[Language, str]] = {
    "people": {
        "da": "Personerne: importer, vis, inviter.",
        "en": "The people: import, list, invite.",
    },
    "people import": {
        "da": "Importer personer fra en CSV-fil.",
        "en": "Import people from a CSV file.",
    },
    "people import.more": {
        "da": "Kolonner: email, name, nearest_leader_email, roles, language, time_zone, "
        "working_days, working_hours, groups. De to første skal være der. Alle rækker ses efter "
        "først, og intet bliver importeret, hvis en af dem er forkert. Importer igen for at "
        "opdatere: det, en række lader stå tomt, bliver, som det er, og ingen bliver fjernet.",
        "en": "Columns: email, name, nearest_leader_email, roles, language, time_zone, "
        "working_days, working_hours, groups. The first two are required. Every row is looked at "
        "first, and nothing is imported if one of them is bad. Import again to update: what a row "
        "leaves empty stays as it is, and nobody is removed.",
    },
    "people.dry-run": {
        "da": "Se kun efter, og sig, hvad der ville ske.",
        "en": "Only look, and say what would happen.",
    },
    "people.skip-bad": {
        "da": "Importer de gode rækker, også når andre er forkerte.",
        "en": "Import the good rows even when others are bad.",
    },
    "people list": {
        "da": "Vis personerne: e-mail, navn, sprog og kanaler.",
        "en": "List the people: e-mail, name, language and channels.",
    },
    "people list.more": {
        "da": "Aldrig noget af det, de har skrevet.",
        "en": "Never anything that they have written.",
    },
    "people invite": {
        "da": "Lav et link, som personen begynder med.",
        "en": "Make a link for the person to begin with.",
    },
    "people invite.more": {
        "da": "Linket gælder i 72 timer og kun én gang, og det skal følges af en kode. Giv link "
        "og kode videre ad hver sin vej, for eksempel i en e-mail og mundtligt.",
        "en": "The link works for 72 hours and only once, and takes a code. Pass link and code on "
        "in two ways, for instance by e-mail and by word of mouth.",
    },
    "people leave": {
        "da": "Notér, at nogen ikke arbejder her længere.",
        "en": "Note that somebody no longer works here.",
    },
    "people leave.more": {
        "da": "Der bliver ikke skrevet til dem mere. Deres dialoger og pladser i grupper slutter. "
        "Det, de selv har skrevet, bliver slettet, når det er gammelt; slet det straks med "
        "`tillidsrum erase`.",
        "en": "They are written to no more. Their dialogues and places in groups end. What they "
        "wrote is deleted when it is old; delete it at once with `tillidsrum erase`.",
    },
    "people.left": {"da": "Det er noteret.", "en": "That is noted."},
    "people.channel": {
        "da": "Kanalen, hvis der er sat flere op.",
        "en": "The channel, if several are set up.",
    },
    "people.cannot-read": {
        "da": "{file} kan ikke læses ({why}).",
        "en": "{file} cannot be read ({why}).",
    },
    "people.fault": {
        "da": "Linje {line}, {column}: {text}",
        "en": "Line {line}, {column}: {text}",
    },
    "people.nothing": {
        "da": "Intet er importeret: ret rækkerne ({count} fejl), eller tag de gode med --skip-bad.",
        "en": "Nothing was imported: mend the rows ({count} problems), or take the good ones with "
        "--skip-bad.",
    },
    "people.skipped": {
        "da": "Sprunget over: {count} forkerte rækker.",
        "en": "Skipped: {count} bad rows.",
    },
    "people.imported": {
        "da": "{added} tilføjet, {changed} ændret, {same} som før; {moved} har fået en anden "
        "nærmeste leder; {placed} pladser i grupper er taget eller opgivet.",
        "en": "{added} added, {changed} changed, {same} as before; {moved} got another nearest "
        "leader; {placed} places in groups taken or given up.",
    },
    "people.would": {
        "da": "Ville give: {added} tilføjet, {changed} ændret, {same} som før; {moved} med en "
        "anden nærmeste leder; {placed} pladser i grupper taget eller opgivet. Intet er ændret.",
        "en": "Would make: {added} added, {changed} changed, {same} as before; {moved} with "
        "another nearest leader; {placed} places in groups taken or given up. Nothing was changed.",
    },
    "people.progress": {"da": "Importerer", "en": "Importing"},
    "people.nobody": {
        "da": "Der er ingen personer endnu. Tilføj dem med `tillidsrum people import FIL.csv`.",
        "en": "There is nobody yet. Add people with `tillidsrum people import FILE.csv`.",
    },
    "people.no-channel": {
        "da": "Ingen kanal er sat op, så der er intet sted at invitere til. Sæt "
        "TILLIDSRUM_TELEGRAM_BOT_TOKEN eller Slacks indstillinger.",
        "en": "No channel is configured, so there is nowhere to invite to. Set "
        "TILLIDSRUM_TELEGRAM_BOT_TOKEN or the settings of Slack.",
    },
    "people.which-channel": {
        "da": "Der er sat flere kanaler op. Vælg med --channel: {channels}.",
        "en": "Several channels are configured. Choose with --channel: {channels}.",
    },
    "people.not-that-channel": {
        "da": "{channel} er ikke sat op.",
        "en": "{channel} is not configured.",
    },
    "people.link": {
        "da": "Link til {channel}, 72 timer, én gang: {address}",
        "en": "Link to {channel}, 72 hours, once: {address}",
    },
    "people.write": {
        "da": "Personen finder robotten i {channel} og skriver til den (72 timer, én gang): "
        "start {token}",
        "en": "The person finds the bot in {channel} and writes to it (72 hours, once): "
        "start {token}",
    },
    "people.code": {"da": "Kode: {code}", "en": "Code: {code}"},
    "people.known": {
        "da": "Personen er kendt i forvejen og får koden vist der, hvor Tillidsrum plejer at "
        "skrive.",
        "en": "The person is known already and is shown the code where Tillidsrum usually writes.",
    },
}
