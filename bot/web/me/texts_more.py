"""More words of one's own page: groups and the calendar, times and quiet, one's data."""

from collections.abc import Mapping
from typing import Final

from bot.web.page_texts import PageText

GROUPS: Final[Mapping[str, PageText]] = {
    "ahead": PageText("Det, der er sat", "What is set"),
    "ahead_none": PageText("Der er ikke sat noget endnu.", "Nothing is set yet."),
    "groups_mine": PageText("Mine grupper", "My groups"),
    "groups_none_mine": PageText("Du er ikke med i en gruppe.", "You are in no group."),
    "kind_trio": PageText("TRIO", "TRIO"),
    "kind_leadership": PageText("Ledergruppe", "Leadership group"),
    "kind_network": PageText("Netværk", "Network"),
    "place_leader": PageText("Leder", "Leader"),
    "place_tr": PageText("TR", "TR"),
    "place_amr": PageText("AMR", "AMR"),
    "place_member": PageText("Medlem", "Member"),
    "place_facilitator": PageText("Facilitator", "Facilitator"),
    "substitute": PageText("suppleant", "substitute"),
    "my_place": PageText("Jeg er med som", "I am in it as"),
    "with_whom": PageText("Sammen med", "Together with"),
    "with_nobody": PageText("Ingen andre endnu", "Nobody else yet"),
    "next_meeting": PageText("Næste møde", "Next meeting"),
    "meets_none": PageText("Ikke aftalt", "Not arranged"),
    "meets_finding": PageText("Der bliver fundet en tid", "A time is being found"),
    "all_day": PageText("hele dagen", "all day"),
    "feed": PageText("Abonnement i din kalender", "Subscription in your calendar"),
    "feed_lead": PageText(
        "Med en adresse, som kun du får, følger din kalender selv med, når noget bliver flyttet. "
        "Der står kun tider og navne i den, aldrig noget, du har skrevet.",
        "With an address that only you get, your calendar keeps up by itself when something moves. "
        "It holds times and names only, never anything that you wrote.",
    ),
    "feed_since": PageText(
        "Du har haft en adresse siden {day}. Den vises ikke igen. Laver du "
        "en ny, lukker den gamle.",
        "You have had an address since {day}. It is not shown again; a new one closes the old.",
    ),
    "feed_make": PageText("Lav en adresse", "Make an address"),
    "feed_anew": PageText("Lav en ny adresse", "Make a new address"),
    "feed_close": PageText("Luk adressen", "Close the address"),
    "feed_yours": PageText("Din adresse", "Your address"),
    "feed_how": PageText(
        "Vælg ”abonner på kalender” eller ”fra internettet” i dit kalenderprogram, og sæt den ind "
        "dér. Den vises kun nu. Alle, der har den, kan se tiderne, så hold den for dig selv.",
        "In your calendar program choose “subscribe to calendar” or “from the internet” and paste "
        "it there. It is shown only now. Whoever has it can see the times, so keep it to yourself.",
    ),
    "said_feed_made": PageText("Adressen er lavet.", "The address is made."),
    "said_feed_closed": PageText("Adressen er lukket.", "The address is closed."),
}

TIMES: Final[Mapping[str, PageText]] = {
    "times_lead": PageText(
        "Jeg skriver aldrig først uden for de her tider, på helligdage, når du er væk, eller når "
        "du har bedt om ro. Skriver du selv, svarer jeg.",
        "I never write first outside these hours, on public holidays, while you are away or when "
        "you have asked for quiet. If you write yourself, I answer.",
    ),
    "hours_title": PageText("Dage og arbejdstid", "Days and hours"),
    "hours_from": PageText("Fra", "From"),
    "hours_to": PageText("Til", "To"),
    "hours_zone": PageText("Tiderne er {zone}.", "The hours are {zone}."),
    "wrong_hours": PageText(
        "Skriv to klokkeslæt, som 08:00 og 16:00, hvor det første er tidligst.",
        "Write two clock times, such as 08:00 and 16:00, the earlier first.",
    ),
    "wrong_days": PageText("Vælg mindst én dag.", "Choose at least one day."),
    "leave_title": PageText("Ferie og fri", "Leave and days off"),
    "leave_none": PageText("Der er ikke noteret nogen dage.", "No days are noted."),
    "leave_first": PageText("Første dag", "First day"),
    "leave_last": PageText("Sidste dag", "Last day"),
    "leave_last_hint": PageText("Tom, hvis det er den samme.", "Empty if it is the same."),
    "leave_add": PageText("Tilføj", "Add"),
    "leave_remove": PageText("Fjern", "Remove"),
    "leave_remove_long": PageText("Fjern {days}", "Remove {days}"),
    "wrong_leave": PageText(
        "Vælg en første og en sidste dag i den rækkefølge, ikke helt ovre og højst to år frem.",
        "Choose a first and a last day in that order, not all past and at most two years ahead.",
    ),
    "pause_title": PageText("Ro", "Quiet"),
    "pause_lead": PageText(
        "Intet hober sig op imens. Du kan altid tage den af igen.",
        "Nothing piles up meanwhile. You can always end it.",
    ),
    "pause_until_now": PageText("Der er ro til {day}.", "It is quiet here until {day}."),
    "pause_resume": PageText("Slut med ro", "End the quiet"),
    "pause_or_until": PageText("Eller til en dag, du vælger", "Or until a day that you choose"),
    "pause_do": PageText("Ro til den dag", "Quiet until that day"),
    "wrong_until": PageText(
        "Vælg en dag, der kommer, og højst to år frem.",
        "Choose a day to come, at most two years ahead.",
    ),
    "wrong_pause": PageText("Vælg, hvor længe.", "Choose for how long."),
    "language_title": PageText("Sprog", "Language"),
    "language_lead": PageText("Her og i chatten.", "Here and in the chat."),
    "said_hours": PageText("Dine tider er gemt.", "Your hours are saved."),
    "said_leave": PageText("Dagene er noteret. God fri.", "The days are noted. Enjoy them."),
    "said_leave_gone": PageText("Dagene er fjernet.", "The days are removed."),
    "said_paused": PageText("Så er der ro.", "It is quiet now."),
    "said_resumed": PageText("Velkommen tilbage.", "Welcome back."),
    "said_language": PageText("Nu er det dansk.", "It is English now."),
}

DATA: Final[Mapping[str, PageText]] = {
    "export_title": PageText("En kopi af det hele", "A copy of everything"),
    "export_lead": PageText(
        "Alt, hvad Tillidsrum har om dig, som en side til at læse og en fil til andre programmer. "
        "Der står dine egne ord i, så gem den, hvor andre ikke kigger med.",
        "Everything that Tillidsrum has about you, as a page to read and a file for other "
        "programs. It holds your own words, so keep it where others do not look.",
    ),
    "export_do": PageText("Hent en kopi", "Get a copy"),
    "kept_title": PageText("Hvor længe det bliver", "How long it stays"),
    "kept_lead": PageText(
        "Det, du skriver med egne ord, bliver slettet efter {days} dage. En aftale med dig selv "
        "bliver dog, så længe den er i brug. Indtil da ligger det krypteret.",
        "What you write in your own words is deleted after {days} days. An agreement with yourself "
        "stays, though, for as long as it is in use. Until then it is encrypted.",
    ),
    "delete_title": PageText("Slet mine data", "Delete my data"),
    "delete_lead": PageText(
        "Først ser du, hvad der forsvinder. Intet bliver slettet, før du har sagt ja.",
        "First you see what goes. Nothing is deleted until you have said yes.",
    ),
    "delete_open": PageText("Vis mig det", "Show me"),
    "said_kept": PageText("Alt er, som det var.", "Everything is as it was."),
    "goodbye_title": PageText("Alt om dig er slettet", "Everything about you is deleted"),
    "goodbye_lead": PageText(
        "Også nøglen til dine ord. Du er logget ud her. Tak, fordi du brugte rummet.",
        "And so is the key to your words. You are logged out here. Thank you for using the room.",
    ),
}
