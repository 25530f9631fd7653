"""More words of the console: groups, delivery, the log, the settings."""

from collections.abc import Mapping
from typing import Final

from bot.web.page_texts import PageText

GROUPS: Final[Mapping[str, PageText]] = {
    "groups_title": PageText("Grupper", "Groups"),
    "groups_kind": PageText("Slags", "Kind"),
    "groups_search": PageText("Gruppens navn", "The group’s name"),
    "groups_none": PageText("Her er ingen grupper, der passer.", "There are no groups that fit."),
    "kinds_trio": PageText("TRIO’er", "TRIOs"),
    "kinds_leadership": PageText("Ledergrupper", "Leadership groups"),
    "kinds_network": PageText("Netværk", "Networks"),
    "kind_trio": PageText("TRIO", "TRIO"),
    "kind_leadership": PageText("Ledergruppe", "Leadership group"),
    "kind_network": PageText("Netværk", "Network"),
    "members": PageText("Medlemmer", "Members"),
    "members_count": PageText("{count} med", "{count} in it"),
    "members_none": PageText("Her er ingen endnu.", "There is nobody here yet."),
    "lacks": PageText("Mangler", "Lacks"),
    "complete": PageText("Alle roller er besat", "Every role is taken"),
    "place_leader": PageText("Leder", "Leader"),
    "place_tr": PageText("TR", "TR"),
    "place_amr": PageText("AMR", "AMR"),
    "place_member": PageText("Medlem", "Member"),
    "place_facilitator": PageText("Facilitator", "Facilitator"),
    "substitute": PageText("suppleant", "substitute"),
    "is_substitute": PageText("Er suppleant", "Is a substitute"),
    "role_in_group": PageText("Rolle i gruppen", "Role in the group"),
    "group_make": PageText("Opret en gruppe", "Make a group"),
    "group_name": PageText("Navn", "Name"),
    "group_make_do": PageText("Opret", "Make it"),
    "group_join": PageText("Tag nogen med", "Add somebody"),
    "group_join_do": PageText("Tag med", "Add"),
    "group_out": PageText("Tag {name} ud", "Take {name} out"),
    "group_out_short": PageText("Tag ud", "Take out"),
    "group_end": PageText("Afslut gruppen", "End the group"),
    "group_end_title": PageText("Skal {name} slutte?", "Is {name} to end?"),
    "group_end_lead": PageText(
        "Gruppen forsvinder fra listerne, og der planlægges ikke mere for den. Hvem der var med, "
        "bliver husket, så den kan begynde igen ved at blive oprettet med samme navn.",
        "The group disappears from the lists and nothing more is planned for it. Who was in it is "
        "remembered, so it can go on by being made with the same name again.",
    ),
    "group_end_do": PageText("Ja, afslut den", "Yes, end it"),
    "wrong_name": PageText(
        "Skriv et navn på højst 120 tegn.", "Write a name of at most 120 characters."
    ),
    "wrong_twice": PageText(
        "Der er allerede en gruppe af den slags med det navn. Vælg et andet navn.",
        "There is a group of that kind with that name already. Choose another name.",
    ),
    "said_group_made": PageText(
        "Gruppen er oprettet. Tag nu nogen med.", "The group is made. Now add somebody."
    ),
    "said_group_ended": PageText("Gruppen er afsluttet.", "The group has ended."),
    "said_joined": PageText("Så er der en mere med.", "One more is in it now."),
    "said_group_left": PageText("Det er ændret.", "That is changed."),
}

DELIVERY: Final[Mapping[str, PageText]] = {
    "delivery_title": PageText("Levering", "Delivery"),
    "delivery_lead": PageText(
        "Beskeder de sidste syv dage, som tal. Aldrig til hvem, og aldrig hvad der stod.",
        "Messages of the last seven days, as numbers. Never to whom, and never what they said.",
    ),
    "delivery_since": PageText("Talt siden {moment}.", "Counted since {moment}."),
    "delivery_none": PageText(
        "Der er ikke sendt noget de sidste syv dage.",
        "Nothing was sent during the last seven days.",
    ),
    "channel_web": PageText("Tillidsrums egen side", "Tillidsrum’s own page"),
    "channel_slack": PageText("Slack", "Slack"),
    "channel_telegram": PageText("Telegram", "Telegram"),
    "channel_": PageText("Ingen kanal", "No channel"),
    "channel_up": PageText("Forbindelsen virker", "The connection works"),
    "channel_down": PageText("Forbindelsen er nede: {why}", "The connection is down: {why}"),
    "channel_off": PageText("Er ikke sat op", "Is not configured"),
    "reached_count": PageText("{count} nås her", "{count} are reached here"),
    "fate_arrived": PageText("nåede frem", "arrived"),
    "fate_waits": PageText("venter", "wait"),
    "fate_doubt": PageText("i tvivl", "in doubt"),
    "fate_refused": PageText("afvist af platformen", "refused by the platform"),
    "fate_nowhere": PageText("intet sted at sende hen", "nowhere to send"),
    "fate_let-go": PageText("ikke aktuelle længere", "no longer needed"),
    "fate_help": PageText("Hvad tallene betyder", "What the numbers mean"),
    "fate_help_doubt": PageText(
        "I tvivl: platformen svarede ikke tydeligt. En påmindelse bliver hellere droppet end sendt "
        "to gange.",
        "In doubt: the platform gave no clear answer. A reminder is rather let go than sent twice.",
    ),
    "fate_help_let-go": PageText(
        "Ikke aktuelle længere: dialogen var holdt, ugens kontakter var brugt, eller det blev for "
        "sent. Det er, som det skal være.",
        "No longer needed: the dialogue had been, the week’s contacts were used, or it had become "
        "too late. That is as it should be.",
    ),
    "refused_title": PageText("Adresser, der er lukket", "Addresses that are closed"),
    "refused_lead": PageText(
        "De har blokeret robotten eller er ikke på platformen mere, og der bliver ikke sendt noget "
        "dertil. Skriver de selv igen, er der åbent igen. Hvem det er, står her ikke.",
        "They have blocked the bot or are no longer on the platform, and nothing is sent there. "
        "When they write again, it is open again. Who it is does not stand here.",
    ),
    "waits_title": PageText("Sat til senere", "Put back to later"),
    "waits_none": PageText("Intet er sat til senere.", "Nothing is put back."),
    "wait_hours": PageText("til modtagerens arbejdstid", "until the recipient’s working hours"),
    "wait_pace": PageText("fordi platformen kun tager så meget ad gangen",
                          "because the platform takes only so much at a time"),
    "wait_quiet": PageText("fordi modtageren ikke vil forstyrres",
                           "because the recipient does not want to be disturbed"),
    "wait_again": PageText("for at blive prøvet igen", "to be tried again"),
}  # fmt: skip

LOG: Final[Mapping[str, PageText]] = {
    "log_title": PageText("Log", "Log"),
    "log_lead": PageText(
        "Hvad der er gjort og hvornår, aldrig med hvilke ord. Navne står kun, hvor nogen har gjort "
        "noget ved en anden.",
        "What was done and when, never with what words. Names stand only where somebody has done "
        "something about somebody else.",
    ),
    "log_when": PageText("Hvornår", "When"),
    "log_what": PageText("Hvad", "What"),
    "log_whom": PageText("Om", "About"),
    "log_by": PageText("Af", "By"),
    "log_own": PageText("personen selv eller systemet", "the person or the system"),
    "log_gone": PageText("en, der er slettet", "somebody who is erased"),
    "log_none": PageText("Loggen er tom.", "The log is empty."),
}

SETTINGS: Final[Mapping[str, PageText]] = {
    "settings_title": PageText("Indstillinger", "Settings"),
    "settings_lead": PageText(
        "De gælder for hele organisationen, straks.",
        "They hold for the whole organisation, at once.",
    ),
    "routes_title": PageText("Hjælpeveje", "Help routes"),
    "routes_lead": PageText(
        "Hvem en leder kan gå til, når det er svært. Én på hver linje, med navn og nummer. Ring "
        "til numrene, før du gemmer.",
        "Whom a leader can turn to when things are hard. One a line, with name and number. Call "
        "the numbers before you save.",
    ),
    "routes_da": PageText("På dansk", "In Danish"),
    "routes_en": PageText("På engelsk", "In English"),
    "routes_checked": PageText("Sidst efterset", "Last checked"),
    "routes_checked_at": PageText("Sidst efterset {day}.", "Last checked on {day}."),
    "routes_unchecked": PageText("Aldrig efterset.", "Never checked."),
    "closed_title": PageText("Lukkedage", "Closed days"),
    "closed_lead": PageText(
        "Når hele organisationen holder lukket, skriver Tillidsrum ikke til nogen. Helligdage "
        "behøver du ikke at skrive ind.",
        "While the whole organisation is closed, Tillidsrum writes to nobody. Public holidays need "
        "not be entered.",
    ),
    "closed_first": PageText("Første dag", "First day"),
    "closed_last": PageText("Sidste dag", "Last day"),
    "closed_last_hint": PageText(
        "Er det kun én dag, kan sidste dag stå tom.",
        "If it is one day only, leave the last day empty.",
    ),
    "closed_add": PageText("Føj til", "Add"),
    "closed_none": PageText("Der er ingen lukkedage forude.", "There are no closed days ahead."),
    "closed_open": PageText("Hold åbent igen", "Open again"),
    "closed_open_named": PageText("Hold åbent igen: {days}", "Open again: {days}"),
    "floor_title": PageText("Gulvet under gruppetal", "The floor under group figures"),
    "floor_lead": PageText(
        "Et tal om en gruppe vises kun, når mindst så mange har bidraget. Gulvet kan hæves, men "
        "aldrig sænkes igen.",
        "A figure about a group is shown only when at least so many have contributed. The floor "
        "can be raised, but never lowered again.",
    ),
    "floor_label": PageText("Mindst", "At least"),
    "floor_do": PageText("Hæv gulvet", "Raise the floor"),
    "retention_title": PageText("Hvor længe tekster gemmes", "How long texts are kept"),
    "retention_lead": PageText(
        "Det, ledere skriver og svarer, bliver slettet af sig selv efter så mange dage (30–365). "
        "Kortere tid sletter mere ved næste oprydning, inden for en time.",
        "What leaders write and answer is deleted by itself after so many days (30–365). A shorter "
        "time deletes more at the next tidying, within the hour.",
    ),
    "retention_days": PageText("Dage", "Days"),
    "wrong_routes": PageText(
        "Højst 12 linjer på hver højst 200 tegn.",
        "At most 12 lines of at most 200 characters each.",
    ),
    "wrong_checked": PageText(
        "Skriv den dag, nogen sidst så efter; senest i dag.",
        "Write the day when somebody last checked; today at the latest.",
    ),
    "wrong_day": PageText("Skriv en dato som 2026-12-24.", "Write a date such as 2026-12-24."),
    "wrong_order": PageText(
        "Den sidste dag ligger før den første. Byt dem om.",
        "The last day is before the first. Swap them.",
    ),
    "wrong_past": PageText("De dage er gået.", "Those days have passed."),
    "wrong_long": PageText(
        "Det er over tre måneder. Del det op, hvis det er rigtigt.",
        "That is more than three months. Divide it, if it is right.",
    ),
    "wrong_floor": PageText(
        "Skriv et helt tal, der er mindst det nuværende og højst 50.",
        "Write a whole number, at least the present one and at most 50.",
    ),
    "wrong_days": PageText(
        "Skriv et helt tal fra 30 til 365.", "Write a whole number from 30 to 365."
    ),
    "said_routes": PageText("Hjælpevejene er gemt.", "The help routes are saved."),
    "said_closed": PageText("Lukkedagene er noteret.", "The closed days are noted."),
    "said_opened": PageText("De dage er åbne igen.", "Those days are open again."),
    "said_floor": PageText("Gulvet er hævet.", "The floor is raised."),
    "said_retention": PageText("Det er gemt.", "That is saved."),
}
