"""What the commands about programmes say, in both languages."""

from __future__ import annotations

from bot.commands.language import Language

PROGRAMME: dict[str, dict[Language, str]] = {
    "PROGRAMME": {"da": "PROGRAM", "en": "PROGRAMME"},
    "COHORT": {"da": "HOLD", "en": "COHORT"},
    "MODULE": {"da": "MODUL", "en": "MODULE"},
    "DATE": {"da": "DATO", "en": "DATE"},
    "NAME": {"da": "NAVN", "en": "NAME"},
    "GROUP": {"da": "GRUPPE", "en": "GROUP"},
    "MODULE=DATE": {"da": "MODUL=DATO", "en": "MODULE=DATE"},
    "programme": {
        "da": "Forløb: programmer, hold og datoer.",
        "en": "Courses: programmes, cohorts and dates.",
    },
    "programme import": {
        "da": "Importer et program fra en TOML-fil.",
        "en": "Import a programme from a TOML file.",
    },
    "programme import.more": {
        "da": "Filen ses efter, og alt, der er galt, bliver listet. Importer igen for at ændre: "
        "holdene på programmet bliver planlagt på ny, og det, der er sendt, bliver ikke sendt "
        "igen. docs/programmes.md forklarer filen.",
        "en": "The file is looked over, and everything that is wrong is listed. Import again to "
        "change it: the cohorts of the programme are planned anew, and what was sent is not sent "
        "again. docs/programmes.md explains the file.",
    },
    "programme list": {
        "da": "Vis programmerne og holdene.",
        "en": "List the programmes and the cohorts.",
    },
    "programme show": {
        "da": "Skriv et programs TOML, til at rette i.",
        "en": "Print a programme's TOML, to be edited.",
    },
    "programme start": {
        "da": "Start et hold på et program.",
        "en": "Start a cohort of a programme.",
    },
    "programme start.more": {
        "da": "Giv hvert modul en dato, og giv personer, grupper eller begge. Lederen i en TRIO og "
        "medlemmerne af et netværk er deltagere af sig selv. Se hele kalenderen først med "
        "--dry-run.",
        "en": "Give each module a date, and give people, groups or both. The leader of a TRIO and "
        "the members of a network are participants by themselves. See the whole calendar first "
        "with --dry-run.",
    },
    "programme.name": {"da": "Holdets navn.", "en": "The cohort's name."},
    "programme.module": {
        "da": "Et moduls dato, som start=2027-01-14; en gang for hvert modul.",
        "en": "A module's date, such as start=2027-01-14; once for each module.",
    },
    "programme.people": {
        "da": "Deltagerne: en fil med en e-mail på hver linje, eller CSV med kolonnen email.",
        "en": "The participants: a file with an e-mail on each line, or CSV with a column email.",
    },
    "programme.group": {
        "da": "En gruppe, som trio:Rosengården; alene trio er alle TRIO'er. Kan gives flere gange.",
        "en": "A group, such as trio:Rosengården; trio alone is all TRIOs. Can be given again.",
    },
    "programme.pilot": {
        "da": "En prøveperiode, med sin egen evaluering.",
        "en": "A test phase, with an evaluation of its own.",
    },
    "programme.dry-run": {
        "da": "Vis kun, hvad der ville ske.",
        "en": "Only show what would happen.",
    },
    "programme preview": {
        "da": "Vis et holds kalender: hvad der kommer, hvornår og til hvor mange.",
        "en": "Show a cohort's calendar: what comes, when and to how many.",
    },
    "programme.person": {
        "da": "Kun det, der kommer til den her person.",
        "en": "Only what comes to this person.",
    },
    "programme move": {
        "da": "Flyt et modul til en anden dag.",
        "en": "Move a module to another day.",
    },
    "programme move.more": {
        "da": "Det, der er planlagt omkring modulet, flytter med. Det, der er sendt, bliver ikke "
        "sendt igen. De, der har hørt om datoen, får den nye at vide i deres arbejdstid.",
        "en": "What is planned around the module moves along. What was sent is not sent again. "
        "Whoever was told of the date is told of the new one in their working hours.",
    },
    "programme pause": {
        "da": "Sæt et hold på pause: intet kommer, før det går videre.",
        "en": "Pause a cohort: nothing comes until it is resumed.",
    },
    "programme resume": {
        "da": "Lad et hold gå videre.",
        "en": "Resume a cohort.",
    },
    "programme end": {
        "da": "Afslut et hold for altid.",
        "en": "End a cohort for good.",
    },
    "programme end.more": {
        "da": "Intet mere kommer fra det, heller ikke en evaluering, der var på vej.",
        "en": "Nothing more comes of it, nor does an evaluation that was still to come.",
    },
    "programme join": {
        "da": "Tag en person med på et hold.",
        "en": "Take a person into a cohort.",
    },
    "programme leave": {
        "da": "Tag en person af et hold.",
        "en": "Take a person out of a cohort.",
    },
    "programme.fault": {"da": "{file}: {text}", "en": "{file}: {text}"},
    "programme.faults": {
        "da": "Programmet er ikke importeret: ret filen ({count} fejl).",
        "en": "The programme was not imported: mend the file ({count} problems).",
    },
    "programme.cannot-read": {
        "da": "{file} kan ikke læses ({why}).",
        "en": "{file} cannot be read ({why}).",
    },
    "programme.not-utf8": {
        "da": "{file} er ikke UTF-8. Gem den som UTF-8.",
        "en": "{file} is not UTF-8. Save it as UTF-8.",
    },
    "programme.fine": {
        "da": "{id}, version {version}, er i orden: {modules} moduler, {nudges} kontakter. Intet "
        "er ændret.",
        "en": "{id}, version {version}, is fine: {modules} modules, {nudges} contacts. Nothing was "
        "changed.",
    },
    "programme.imported": {
        "da": "{id}, version {version}, er importeret: {modules} moduler, {nudges} kontakter. "
        "Planlagt på ny: {changed}.",
        "en": "{id}, version {version}, is imported: {modules} modules, {nudges} contacts. Planned "
        "anew: {changed}.",
    },
    "programme.own": {"da": "jeres eget", "en": "your own"},
    "programme.shipped": {"da": "følger med", "en": "comes along"},
    "programme.cohorts": {"da": "Hold:", "en": "Cohorts:"},
    "programme.no-cohorts": {
        "da": "Der er ingen hold endnu. Start et med `tillidsrum programme start`.",
        "en": "There are no cohorts yet. Start one with `tillidsrum programme start`.",
    },
    "programme.cohort": {
        "da": "{name} ({programme}), {state}{pilot}. Deltagere: {people}. Grupper: {groups}.",
        "en": "{name} ({programme}), {state}{pilot}. Participants: {people}. Groups: {groups}.",
    },
    "programme.is-pilot": {"da": ", prøvehold", "en": ", test phase"},
    "programme.state.planned": {"da": "planlagt", "en": "planned"},
    "programme.state.running": {"da": "i gang", "en": "running"},
    "programme.state.paused": {"da": "på pause", "en": "paused"},
    "programme.state.ended": {"da": "afsluttet", "en": "ended"},
    "programme.no-cohort": {
        "da": "Der er intet hold, der hedder {name}. Se dem med `tillidsrum programme list`.",
        "en": "No cohort is called {name}. See them with `tillidsrum programme list`.",
    },
    "programme.bad-date": {
        "da": "{text} er ingen dato. Skriv den som 2027-01-14.",
        "en": "{text} is no date. Write it as 2027-01-14.",
    },
    "programme.bad-module": {
        "da": "{text} siger ikke, hvilket modul og hvilken dag. Skriv det som start=2027-01-14.",
        "en": "{text} does not say which module and which day. Write it as start=2027-01-14.",
    },
    "programme.module-twice": {
        "da": "{module} har fået to datoer. Giv kun den ene.",
        "en": "{module} was given two dates. Give only one.",
    },
    "programme.bad-group": {
        "da": "{text} er ingen gruppe. Skriv slagsen (trio, leadership eller network), og navnet "
        "efter et kolon, som trio:Rosengården.",
        "en": "{text} is no group. Write the kind (trio, leadership or network), and the name "
        "after a colon, such as trio:Rosengården.",
    },
    "programme.no-group": {
        "da": "Der er ingen gruppe {text}. Se efter stavemåden, eller tilføj den med "
        "`tillidsrum people import`.",
        "en": "There is no group {text}. Check its spelling, or add it with "
        "`tillidsrum people import`.",
    },
    "programme.unknown-people": {
        "da": "{file}: linje {lines}: ingen person har den adresse. Ret den, eller tilføj personen "
        "med `tillidsrum people import`.",
        "en": "{file}: line {lines}: nobody has that address. Mend it, or add the person with "
        "`tillidsrum people import`.",
    },
    "programme.started": {
        "da": "{name} er startet. Deltagere: {people}. Planlagte kontakter: {planned}.",
        "en": "{name} has started. Participants: {people}. Contacts planned: {planned}.",
    },
    "programme.would-start": {
        "da": "{name} ville starte. Deltagere: {people}. Kontakter: {planned}. Intet er ændret.",
        "en": "{name} would start. Participants: {people}. Contacts: {planned}. Nothing was "
        "changed.",
    },
    "programme.line": {
        "da": "{days}  {people:>5}  {opens:<17} {nudge} ({whom})",
        "en": "{days}  {people:>5}  {opens:<17} {nudge} ({whom})",
    },
    "programme.own-line": {"da": "{at}  {opens:<17} {nudge}", "en": "{at}  {opens:<17} {nudge}"},
    "programme.whom.leader": {"da": "deltagere", "en": "participants"},
    "programme.whom.trio": {"da": "TRIO", "en": "TRIO"},
    "programme.whom.convener": {"da": "den, der indkalder", "en": "whoever convenes"},
    "programme.whom.network": {"da": "netværk", "en": "network"},
    "programme.whom.nearest-leader": {"da": "nærmeste ledere", "en": "nearest leaders"},
    "programme.nothing-comes": {
        "da": "Der kommer ikke mere ({state}).",
        "en": "Nothing more comes ({state}).",
    },
    "programme.moved": {
        "da": "{module} er flyttet til {day}. Planlagt på ny: {planned}. Får det at vide: {told}.",
        "en": "{module} is moved to {day}. Planned anew: {planned}. Told of it: {told}.",
    },
    "programme.would-move": {
        "da": "{module} ville flytte til {day}. Planlagt på ny: {planned}. Ville få det at vide: "
        "{told}. Intet er ændret.",
        "en": "{module} would move to {day}. Planned anew: {planned}. Would be told: {told}. "
        "Nothing was changed.",
    },
    "programme.paused": {"da": "{name} er på pause.", "en": "{name} is paused."},
    "programme.resumed": {
        "da": "{name} går videre. Planlagte kontakter: {planned}.",
        "en": "{name} goes on. Contacts planned: {planned}.",
    },
    "programme.ask-end": {
        "da": "{name} bliver afsluttet for altid, og intet mere kommer fra det.",
        "en": "{name} ends for good, and nothing more comes of it.",
    },
    "programme.prompt-end": {"da": "Skriv ja for at fortsætte", "en": "Type yes to go on"},
    "programme.not-ended": {"da": "Intet er ændret.", "en": "Nothing was changed."},
    "programme.ended": {"da": "{name} er afsluttet.", "en": "{name} has ended."},
    "programme.joined": {
        "da": "Personen er med på {name}. Planlagte kontakter: {planned}.",
        "en": "The person is in {name}. Contacts planned: {planned}.",
    },
    "programme.left": {
        "da": "Personen er ikke længere med på {name}.",
        "en": "The person is no longer in {name}.",
    },
    "programme.progress": {"da": "Planlægger", "en": "Planning"},
}
