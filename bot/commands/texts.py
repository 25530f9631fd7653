"""What the commands say, in Danish and in English side by side, so that neither is forgotten.

Only characters that every Danish terminal has: no dash or arrow outside of Latin-1.
"""

from __future__ import annotations

from bot.commands.cadence_texts import CADENCE
from bot.commands.language import Language, terminal_language
from bot.commands.people_texts import PEOPLE
from bot.commands.programme_texts import PROGRAMME

TEXTS: dict[str, dict[Language, str]] = {
    **PEOPLE,
    **CADENCE,
    **PROGRAMME,
    "root": {
        "da": "Tillidsrum: et rum for lederes egen trivsel, som I selv driver.",
        "en": "Tillidsrum: a room for leaders' own wellbeing that you run yourselves.",
    },
    "options": {"da": "[TILVALG]", "en": "[OPTIONS]"},
    "a-command": {"da": "KOMMANDO [ARGUMENTER]...", "en": "COMMAND [ARGS]..."},
    "DIR": {"da": "MAPPE", "en": "DIR"},
    "FILE": {"da": "FIL", "en": "FILE"},
    "EMAIL": {"da": "EMAIL", "en": "EMAIL"},
    "PATH": {"da": "STI", "en": "PATH"},
    "N": {"da": "N", "en": "N"},
    "W": {"da": "W", "en": "W"},
    "S": {"da": "S", "en": "S"},
    "help": {"da": "Vis denne hjælp.", "en": "Show this message and exit."},
    "json": {"da": "Skriv ét JSON-objekt.", "en": "Print one JSON object."},
    "yes": {"da": "Spørg ikke først.", "en": "Do not ask first."},
    # --- demo
    "demo": {
        "da": "Åbn prøverummet i en browser.",
        "en": "Open the try-out in a browser.",
    },
    "demo.more": {
        "da": "Mette og Karin på hver sin telefon, med en kalender, man kan flytte frem. Der skal "
        "ingen nøgler til og ingen server; alt bliver på denne maskine.",
        "en": "Mette and Karin, a phone each, with a calendar that can be moved ahead. It takes "
        "no tokens and no server; everything stays on this machine.",
    },
    "demo.port": {
        "da": "Port på denne maskine (ellers 8080).",
        "en": "Port on this machine (8080 unless given).",
    },
    "demo.no-browser": {"da": "Åbn ikke browseren.", "en": "Do not open the browser."},
    "demo.database": {
        "da": "Fil til prøverummets database (ellers var/demo.db).",
        "en": "File for the try-out's database (var/demo.db unless given).",
    },
    # --- run
    "run": {
        "da": "Kør Tillidsrum med de kanaler, der er sat op.",
        "en": "Run Tillidsrum with the channels that are set up.",
    },
    "run.more": {
        "da": "Starter webserveren og det, der skal ske til bestemte tider. Indstillingerne læses "
        "fra miljøet eller .env; de står alle i deploy/env.example.",
        "en": "Starts the web server and what is to happen at its time. The settings are read from "
        "the environment or .env; all of them are in deploy/env.example.",
    },
    "run.at": {
        "da": "Tillidsrum kører på {address} (stop med Ctrl+C).",
        "en": "Tillidsrum runs at {address} (stop with Ctrl+C).",
    },
    "run.stopped": {"da": "Tillidsrum er stoppet.", "en": "Tillidsrum has stopped."},
    "run.dialogues": {
        "da": "Der er fejl i dialogerne ({count}), så Tillidsrum blev ikke startet. Se dem med "
        "`tillidsrum check`.",
        "en": "There are problems in the dialogues ({count}), so Tillidsrum was not started. See "
        "them with `tillidsrum check`.",
    },
    "channel.missing": {
        "da": "{channel}: ikke sat op. Sæt {settings}.",
        "en": "{channel}: not configured. Set {settings}.",
    },
    "channel.set": {"da": "{channel}: sat op.", "en": "{channel}: configured."},
    "or": {"da": "eller", "en": "or"},
    "and": {"da": "og", "en": "and"},
    "port.taken": {
        "da": "Port {port} på {host} er optaget af et andet program. Stop det, eller vælg en anden "
        "port med {how}.",
        "en": "Port {port} on {host} is taken by another program. Stop it, or choose another port "
        "with {how}.",
    },
    "port.denied": {
        "da": "Port {port} må kun systemet bruge. Vælg en på 1024 eller derover med {how}.",
        "en": "Port {port} is kept for the system. Choose one of 1024 or above with {how}.",
    },
    "port.no-host": {
        "da": "{host} er ingen adresse på denne maskine. Ret TILLIDSRUM_HOST; 127.0.0.1 er kun "
        "maskinen selv, 0.0.0.0 er alle dens adresser.",
        "en": "{host} is no address of this machine. Mend TILLIDSRUM_HOST; 127.0.0.1 is the "
        "machine alone, 0.0.0.0 all of its addresses.",
    },
    # --- check
    "check": {
        "da": "Gå dialogerne og deres ordlyd igennem.",
        "en": "Look the dialogues and their wording over.",
    },
    "check.more": {
        "da": "Lister alt, der er galt, med dialog, trin og sprog. Uden MAPPE ses de dialoger "
        "efter, der følger med. Slutter med 1, hvis noget er galt.",
        "en": "Lists everything that is wrong, with dialogue, step and language. Without DIR it "
        "looks at the dialogues that come along. Exits with 1 if anything is wrong.",
    },
    "check.fine": {"da": "Dialogerne er i orden.", "en": "The dialogues are fine."},
    "check.found": {"da": "Fejl: {count}.", "en": "Problems: {count}."},
    # --- simulate
    "simulate": {
        "da": "Afprøv planlægning og levering på opdigtede ledere.",
        "en": "Try planning and delivery on made-up leaders.",
    },
    "simulate.more": {
        "da": "Lever ugerne igennem med de rigtige dele og et ur, der flyttes. Samme frø giver "
        "samme forløb. Slutter med 1, hvis et løfte blev brudt.",
        "en": "Lives through the weeks with the real parts and a clock that is moved. The same "
        "seed gives the same run. Exits with 1 if a promise was broken.",
    },
    "simulate.leaders": {
        "da": "Hvor mange ledere (ellers 20).",
        "en": "How many leaders (20 unless given).",
    },
    "simulate.weeks": {
        "da": "Hvor mange uger (ellers 8).",
        "en": "How many weeks (8 unless given).",
    },
    "simulate.seed": {
        "da": "Frø til det tilfældige (ellers 1).",
        "en": "Seed of what is random (1 unless given).",
    },
    "simulate.faults": {
        "da": "Med nedbrud, tab og dobbelte leveringer undervejs.",
        "en": "With crashes, losses and double deliveries on the way.",
    },
    "simulate.broken": {
        "da": "Løfter brudt: {violations}",
        "en": "Promises broken: {violations}",
    },
    "simulate.kept": {
        "da": "{leaders} ledere i {weeks} uger: {reminders_sent} påmindelser, "
        "{conversations_completed} samtaler, ingen løfter brudt ({wall_seconds:.1f} s).",
        "en": "{leaders} leaders for {weeks} weeks: {reminders_sent} reminders, "
        "{conversations_completed} conversations, no promise broken ({wall_seconds:.1f} s).",
    },
    "simulate.progress": {"da": "Afprøver", "en": "Trying"},
    # --- export
    "export": {
        "da": "Lav en kopi af en persons data til personen.",
        "en": "Make a copy of a person's data for that person.",
    },
    "export.more": {
        "da": "Skriver alt, der er gemt om personen, som filer i MAPPE, der laves og kun kan åbnes "
        "af dig. Filerne er til personen selv, og personen får besked om det. Intet af "
        "indholdet vises her.",
        "en": "Writes everything kept about the person to files in DIR, which is made and which "
        "only you can open. The files are for the person, who is told. Nothing of what is in "
        "them is shown here.",
    },
    "export.ask": {
        "da": "Kopien holder personens egne ord og er til personen alene: læs den ikke, og slet "
        "den her, når den er givet videre. Personen får besked i Tillidsrum.",
        "en": "The copy holds the person's own words and is for that person alone: do not read it, "
        "and delete it here once you have passed it on. The person is told in Tillidsrum.",
    },
    "export.prompt": {"da": "Skriv ja for at fortsætte", "en": "Type yes to go on"},
    "export.not": {"da": "Der blev ikke lavet nogen kopi.", "en": "No copy was made."},
    "export.done": {
        "da": "Kopien ligger i {folder}: {files}.",
        "en": "The copy is in {folder}: {files}.",
    },
    "export.told": {
        "da": "Personen får besked i Tillidsrum i sin næste arbejdstid.",
        "en": "The person is told in Tillidsrum when they are next at work.",
    },
    "export.untold": {
        "da": "Tillidsrum kan ikke nå personen endnu: sig selv til, at kopien er lavet.",
        "en": "Tillidsrum cannot reach the person yet: tell them yourself that the copy was made.",
    },
    "export.there": {
        "da": "{folder} findes allerede. Giv navnet på en ny mappe.",
        "en": "{folder} exists already. Name a new folder.",
    },
    "export.cannot": {
        "da": "{folder} kan ikke skrives ({why}), så der blev ikke lavet nogen kopi. Vælg et sted, "
        "hvor du må skrive, og hvor der er plads.",
        "en": "{folder} cannot be written ({why}), so no copy was made. Choose a place where you "
        "may write and where there is room.",
    },
    "export.progress": {"da": "Kopi", "en": "Copy"},
    "unknown-email": {
        "da": "Der er ingen person med den adresse. Se efter, om den er stavet rigtigt; måske er "
        "personen allerede slettet.",
        "en": "Nobody has that address. Check its spelling; perhaps the person is erased already.",
    },
    # --- erase
    "erase": {
        "da": "Slet alt om en person, for altid.",
        "en": "Erase everything about a person, for good.",
    },
    "erase.more": {
        "da": "Sletter personens rækker, nøglen til deres tekster og sporene i filen, og husker "
        "sletningen, så ingen sikkerhedskopi bringer personen tilbage.",
        "en": "Deletes the person's rows, the key to their texts and the traces in the file, and "
        "remembers the erasure so that no backup brings the person back.",
    },
    "erase.ask": {
        "da": "Alt om personen bliver slettet, også det, der er delt. Det kan ikke fortrydes.",
        "en": "Everything about the person is erased, also what they shared. It cannot be undone.",
    },
    "erase.prompt": {
        "da": "Skriv adressen igen for at slette",
        "en": "Type the address again to erase",
    },
    "erase.not": {
        "da": "De to adresser er ikke ens, så intet blev slettet.",
        "en": "The two addresses are not the same, so nothing was erased.",
    },
    "erase.done": {
        "da": "Slettet: {count} rækker ({rows}).",
        "en": "Erased: {count} rows ({rows}).",
    },
    "erase.no-traces": {
        "da": "Nøglen er væk, og der er ingen spor tilbage i databasens filer.",
        "en": "The key is gone, and no traces are left in the database's files.",
    },
    "erase.traces": {
        "da": "Nøglen er væk, men et andet program holder databasens log åben, så gamle, lukkede "
        "sider ligger der endnu. Start `tillidsrum run` igen, så forsvinder de.",
        "en": "The key is gone, but another program holds the database's log open, so old, sealed "
        "pages are still there. Restart `tillidsrum run`, and they go.",
    },
    "erase.tell": {
        "da": "Sig selv til personen, at det er gjort; Tillidsrum kender dem ikke længere.",
        "en": "Tell the person yourself that it is done; Tillidsrum no longer knows them.",
    },
    "erase.progress": {"da": "Sletter", "en": "Erasing"},
    # --- db
    "db": {
        "da": "Databasen: opgrader, sikkerhedskopier, læg tilbage.",
        "en": "The database: upgrade, back up, restore.",
    },
    "db upgrade": {
        "da": "Lav eller opgrader tabellerne.",
        "en": "Make or upgrade the tables.",
    },
    "db backup": {
        "da": "Skriv en sikkerhedskopi til FIL, også mens Tillidsrum kører.",
        "en": "Write a backup to FILE, also while Tillidsrum runs.",
    },
    "db backup.more": {
        "da": "Den er krypteret og intet værd uden TILLIDSRUM_SECRET_KEY, som ikke er i den: gem "
        "nøglen et andet sted.",
        "en": "It is encrypted and worth nothing without TILLIDSRUM_SECRET_KEY, which is not in "
        "it: keep the key elsewhere.",
    },
    "db restore": {
        "da": "Læg sikkerhedskopien FIL tilbage, mens Tillidsrum er stoppet.",
        "en": "Put the backup FILE back, with Tillidsrum stopped.",
    },
    "db restore.more": {
        "da": "De, der er slettet siden, bliver slettet igen, før noget bliver sendt.",
        "en": "Whoever was erased since is erased again before anything is sent.",
    },
    "db restore.replace": {
        "da": "Også når der er en database i forvejen; den bliver gemt ved siden af.",
        "en": "Also when there is a database already; it is kept aside.",
    },
    "db.upgraded": {
        "da": "{database} er opgraderet til {revision}.",
        "en": "{database} is upgraded to {revision}.",
    },
    "db.current": {
        "da": "{database} er ajour ({revision}).",
        "en": "{database} is up to date ({revision}).",
    },
    "db.backed-up": {"da": "Sikkerhedskopien er {file}.", "en": "The backup is {file}."},
    "db.restored": {"da": "{file} er lagt tilbage.", "en": "{file} is put back."},
    "db.aside": {
        "da": "Det, der var der før, er {file}.",
        "en": "What was there before is {file}.",
    },
    "db.erased-again": {
        "da": "Slettet igen, fordi de var slettet siden: {count}.",
        "en": "Erased again because they were erased since: {count}.",
    },
    "db.none": {
        "da": "Der er ingen database i {file}. Ret TILLIDSRUM_DATABASE_URL, eller lav den med "
        "`tillidsrum db upgrade`.",
        "en": "There is no database at {file}. Mend TILLIDSRUM_DATABASE_URL, or make it with "
        "`tillidsrum db upgrade`.",
    },
    "db.progress": {"da": "Databasen", "en": "The database"},
    # --- doctor
    "doctor": {
        "da": "Se efter, om alt er i orden, og hvad der skal gøres.",
        "en": "See whether all is well, and what to do about it.",
    },
    "doctor.more": {
        "da": "Indstillinger, nøgle, database, mapper, ur, dialoger, skrifter og adresse. Ændrer "
        "intet. Slutter med 1, hvis noget er galt.",
        "en": "Settings, key, database, folders, clock, dialogues, fonts and address. Changes "
        "nothing. Exits with 1 if anything is wrong.",
    },
    "doctor.new-key": {
        "da": "Skriv en ny nøgle til TILLIDSRUM_SECRET_KEY, og gør ikke andet.",
        "en": "Print a new key for TILLIDSRUM_SECRET_KEY, and do nothing else.",
    },
    "doctor.progress": {"da": "Ser efter", "en": "Looking"},
    "fine": {"da": "ok", "en": "ok"},
    "problem": {"da": "FEJL", "en": "PROBLEM"},
}


def say(key: str, **slots: object) -> str:
    """The text in the terminal's language. Raises KeyError for a key that has none."""
    return TEXTS[key][terminal_language()].format(**slots)
