"""What can be wrong with a row of the people file, in both languages."""

from __future__ import annotations

from bot.commands.language import Language
from bot.people_file import Wrong

WRONG: dict[Wrong, dict[Language, str]] = {
    "unreadable": {
        "da": "kan ikke læses som {about}. Gem filen som CSV i UTF-8, og luk alle citationstegn.",
        "en": "cannot be read as {about}. Save the file as CSV in UTF-8, and close every quote.",
    },
    "no-columns": {
        "da": "kolonnen mangler. Kolonnerne er {about}.",
        "en": "the column is missing. The columns are {about}.",
    },
    "unknown-column": {
        "da": "den kolonne kendes ikke. Kolonnerne er {about}.",
        "en": "there is no such column. The columns are {about}.",
    },
    "column-twice": {
        "da": "kolonnen er der to gange. Behold den ene.",
        "en": "the column is there twice. Keep one of them.",
    },
    "cells": {
        "da": "rækken har ikke så mange felter som overskriften ({about}). Sæt citationstegn om "
        "felter med skilletegn i.",
        "en": "the row has not as many cells as the heading ({about}). Put quotes around cells "
        "that hold a separator.",
    },
    "missing": {"da": "feltet er tomt. Udfyld det.", "en": "the cell is empty. Fill it in."},
    "no-email": {
        "da": "er ingen e-mailadresse. Skriv en som mette@example.org.",
        "en": "is no e-mail address. Write one such as mette@example.org.",
    },
    "long-name": {
        "da": "er intet navn: højst {about} tegn på én linje.",
        "en": "is no name: at most {about} characters on one line.",
    },
    "twice": {
        "da": "adressen er også i linje {about}. Behold den ene række.",
        "en": "the address is in line {about} too. Keep one of the rows.",
    },
    "self": {
        "da": "man kan ikke være sin egen nærmeste leder. Skriv en anden, eller lad det stå tomt.",
        "en": "nobody is their own nearest leader. Write another one, or leave it empty.",
    },
    "unknown-leader": {
        "da": "den person er hverken i filen eller i Tillidsrum. Tilføj en række til personen, "
        "eller ret adressen.",
        "en": "that person is neither in the file nor in Tillidsrum. Add a row for them, or mend "
        "the address.",
    },
    "cycle": {
        "da": "lederne leder hinanden i ring. Ret en af dem.",
        "en": "the leaders lead each other in a circle. Mend one of them.",
    },
    "no-role": {
        "da": "er ingen rolle. Rollerne er {about}, adskilt af mellemrum.",
        "en": "is no role. The roles are {about}, with spaces between.",
    },
    "no-language": {
        "da": "er ikke et af vores sprog: {about}.",
        "en": "is no language of ours: {about}.",
    },
    "no-zone": {
        "da": "er ingen IANA-tidszone. Skriv en som Europe/Copenhagen.",
        "en": "is no IANA time zone. Write one such as Europe/Copenhagen.",
    },
    "no-days": {
        "da": "er ingen arbejdsdage. Skriv for eksempel 12345 eller man-fre.",
        "en": "are no working days. Write for instance 12345 or mon-fri.",
    },
    "no-hours": {
        "da": "er ingen arbejdstid på én dag. Skriv for eksempel 08:00-16:00.",
        "en": "are no working hours of one day. Write for instance 08:00-16:00.",
    },
    "no-group": {
        "da": "en gruppe skrives trio:<navn>:<leader, tr eller amr>, leadership:<navn> eller "
        "network:<navn>, adskilt af ; – en suppleant som trio:<navn>:tr-suppleant.",
        "en": "a group is written trio:<name>:<leader, tr or amr>, leadership:<name> or "
        "network:<name>, with ; between; a substitute as trio:<name>:tr-substitute.",
    },
    "only-admin": {
        "da": "kun en administrator kan give og tage rollerne hr og admin. Bed en om det, eller "
        "lad feltet stå tomt.",
        "en": "only an administrator gives and takes the roles hr and admin. Ask one, or leave the "
        "cell empty.",
    },
}
