"""What is wrong with a programme's file, in words that say what, where and the mend."""

from __future__ import annotations

from flows.model import Language
from flows.programme import Fault, Wrong

WRONG: dict[Wrong, dict[Language, str]] = {
    "no-toml": {
        "da": "filen er ikke TOML ({about}). Ret linjen; docs/programmes.md har et eksempel.",
        "en": "the file is no TOML ({about}). Mend that line; docs/programmes.md has an example.",
    },
    "missing": {"da": "mangler. Skriv den.", "en": "is missing. Write it."},
    "no-language": {
        "da": "mangler. Hver tekst er på både dansk (da) og engelsk (en).",
        "en": "is missing. Every text is in both Danish (da) and English (en).",
    },
    "unknown": {
        "da": "kendes ikke her. Der kan stå: {about}.",
        "en": "is not known here. There may be: {about}.",
    },
    "not-one-of": {
        "da": "er ikke en af mulighederne. Vælg en af: {about}.",
        "en": "is none of the choices. Choose one of: {about}.",
    },
    "no-name": {
        "da": "er ikke et kort navn. Skriv højst 40 små bogstaver a-z, tal og bindestreger, som "
        "modul-1.",
        "en": "is no short name. Write at most 40 small letters a-z, digits and hyphens, such as "
        "module-1.",
    },
    "no-text": {
        "da": "er ingen tekst. Skriv mindst ét tegn i anførselstegn.",
        "en": "is no text. Write at least one character, in quotation marks.",
    },
    "too-long": {
        "da": "er for lang. Skriv højst {about} tegn.",
        "en": "is too long. Write at most {about} characters.",
    },
    "no-number": {
        "da": "er ikke et helt tal, der kan bruges her (grænse: {about}). Se docs/programmes.md.",
        "en": "is no whole number that fits here (limit: {about}). See docs/programmes.md.",
    },
    "no-url": {
        "da": "er ikke en adresse, der begynder med https://. Andre tager vi ikke imod.",
        "en": "is no address that begins with https://. No others are taken.",
    },
    "no-part": {
        "da": 'er ikke en del af vejen til næste modul. Skriv en brøk under 1, som "1/3".',
        "en": 'is no part of the way to the next module. Write a fraction below 1, such as "1/3".',
    },
    "no-table": {
        "da": "har ikke den rigtige form. Se eksemplet i docs/programmes.md.",
        "en": "has not the right shape. See the example in docs/programmes.md.",
    },
    "twice": {
        "da": "findes allerede. Giv den et andet navn.",
        "en": "is there already. Give it another name.",
    },
    "no-module": {
        "da": "er ikke et af programmets moduler. Vælg et af: {about}.",
        "en": "is none of the programme's modules. Choose one of: {about}.",
    },
    "one-time": {
        "da": "siger ikke, hvornår. Skriv præcis én af: {about}.",
        "en": "does not say when. Write exactly one of: {about}.",
    },
    "no-next": {
        "da": "kan ikke bruges efter det sidste modul ({about}). Skriv after eller months.",
        "en": "cannot be used after the last module ({about}). Write after or months.",
    },
    "no-insight": {
        "da": "er ikke en af indsigterne. Skriv den under [[insights]], eller vælg en af: {about}.",
        "en": "is none of the insights. Write it under [[insights]], or choose one of: {about}.",
    },
    "wants-insight": {
        "da": 'mangler: med opens = "insight" siger den hvilken.',
        "en": 'is missing: with opens = "insight" it says which one.',
    },
    "insight-only": {
        "da": 'hører kun til opens = "insight", ikke {about}. Fjern den.',
        "en": 'belongs to opens = "insight" alone, not to {about}. Take it out.',
    },
    "wants-evaluation": {
        "da": 'mangler: med opens = "evaluation" skrives { phase = "before" } (eller after, '
        "later).",
        "en": 'is missing: with opens = "evaluation" write { phase = "before" } (or after, later).',
    },
    "evaluation-only": {
        "da": 'hører kun til opens = "evaluation", ikke {about}. Fjern den.',
        "en": 'belongs to opens = "evaluation" alone, not to {about}. Take it out.',
    },
    "for-convener": {
        "da": "passer ikke: det er den, der indkalder (convener), som finder et møde ({about}), og "
        "kun det.",
        "en": "does not fit: whoever calls the group together (convener) finds a meeting "
        "({about}), and nothing else.",
    },
}


def worded(fault: Fault, language: Language) -> str:
    """One line: the table, the key, what is wrong and the mend."""
    where = ": ".join(part for part in (fault.place, fault.key) if part)
    text = WRONG[fault.wrong][language].replace("{about}", fault.about)
    return f"{where} {text}" if where else text
