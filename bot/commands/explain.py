"""What went wrong, in the terminal's language: the errors themselves speak English."""

from __future__ import annotations

from bot.commands.language import Language, terminal_language
from bot.settings import SettingsError, Wrong
from storage import errors
from storage.errors import StorageError

SETTINGS_DA: dict[Wrong, str] = {
    "unknown": "er ingen indstilling. Sammenlign stavemåden med deploy/env.example.",
    "twice": "er givet både direkte og som fil. Behold den ene.",
    "unreadable-file": "peger på en fil, der ikke kan læses. Se efter stien, og hvem der må læse.",
    "empty-file": "peger på en tom fil. Læg værdien i filen.",
    "unreadable-dotenv": "kan ikke læses. Se efter, hvem der må læse den, og gem den som UTF-8.",
    "no-line": "er ikke NAVN=værdi. Ret linjen, eller sæt # foran.",
    "no-zone": "er ingen IANA-tidszone. Skriv en som Europe/Copenhagen.",
    "no-address": "er ingen webadresse. Skriv en som https://tillidsrum.example.org/.",
    "no-port": "er ingen port. Skriv et helt tal fra 1 til 65535.",
    "no-days": "er ikke et antal dage, vi gemmer tekster. Skriv et helt tal fra 30 til 365.",
    "no-language": "er ikke et af vores sprog. Skriv da eller en.",
    "no-value": "kan ikke bruges. Se i deploy/env.example, hvad den skal være.",
    "no-key": "er ikke sat. Lav en med `tillidsrum doctor --new-key`, gem den et andet sted end "
    "databasens sikkerhedskopier, og sæt den her.",
    "half-login": "er ikke sat, og et login med OpenID Connect kræver den også. Sæt den, eller tag "
    "alle indstillinger ud, der begynder med TILLIDSRUM_OIDC_.",
    "open-login": "skal begynde med https://, før nogen logger ind med OpenID Connect; http:// er "
    "kun til at prøve det af på selve maskinen. Sæt et certifikat op i proxyen.",
    "no-issuer": "er ingen udsteder. Kopiér adressen fra udbyderen: med https, uden ? og uden #.",
}
STORAGE_DA: dict[type[StorageError], str] = {
    errors.CannotCreate: "Databasen eller dens mappe kan ikke laves eller skrives. Lad den "
    "bruger, der kører programmet, eje mappen, eller ret TILLIDSRUM_DATABASE_URL.",
    errors.CannotConnect: "Databaseserveren svarer ikke, eller den lukker os ikke ind. Se efter, "
    "om den kører, og ret TILLIDSRUM_DATABASE_URL (sqlite:///FIL eller "
    "postgresql://BRUGER:KODE@VÆRT/NAVN).",
    errors.DatabaseLocked: "Databasen er optaget af et andet program, som ikke giver slip. Stop "
    "det (en `tillidsrum run` mere, en sikkerhedskopi, en databaseviser), og prøv igen.",
    errors.DiskFull: "Databasens disk er fuld. Gør plads; intet blev gemt halvt.",
    errors.NotADatabase: "Filen er ikke en database fra Tillidsrum, eller den er i stykker. Ret "
    "navnet eller TILLIDSRUM_DATABASE_URL, eller læg en sikkerhedskopi tilbage med "
    "`tillidsrum db restore FIL`.",
    errors.SchemaMissing: "Databasen er ikke ajour. Kør `tillidsrum db upgrade`, og prøv igen.",
    errors.SchemaTooNew: "Databasen er skrevet af en nyere udgave af Tillidsrum. Installer den, "
    "eller læg en ældre sikkerhedskopi tilbage med `tillidsrum db restore FIL`.",
    errors.WrongKey: "TILLIDSRUM_SECRET_KEY kan ikke bruges: den skal være 32 bytes skrevet som "
    "base64 (44 tegn) eller 64 hex-cifre, og den skal være den nøgle, databasen blev lavet med. "
    "Sæt den oprindelige igen; den kan ikke laves på ny.",
    errors.Unreadable: "En krypteret tekst kan ikke åbnes, hvor den ligger: den er ændret eller "
    "flyttet. Læg en sikkerhedskopi tilbage med `tillidsrum db restore FIL`.",
    errors.WouldOverwrite: "Der ligger allerede noget der. Vælg en ny fil til en sikkerhedskopi; "
    "ved `db restore` kan du tilføje --replace, så bliver det gamle gemt ved siden af.",
}
DATABASE_DA = "Databasen giver fejl. Se efter disken, og hav en sikkerhedskopi."


def explain(error: Exception, language: Language | None = None) -> str:
    """The error's own words, or the same in Danish; an error that we do not word stays as it is."""
    if (language or terminal_language()) == "en":
        return str(error)
    if isinstance(error, SettingsError) and error.faults:
        return "\n".join(f"{fault.name} {SETTINGS_DA[fault.wrong]}" for fault in error.faults)
    if isinstance(error, StorageError):
        return STORAGE_DA.get(type(error), DATABASE_DA)
    return str(error)
