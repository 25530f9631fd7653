"""What `doctor` finds at Slack, at Telegram and at a login's issuer, and about addresses, in both
languages.

`{where}` is the name of a setting, `{platform}` Slack or Telegram.
"""

from __future__ import annotations

from bot.commands.language import Language

PLATFORMS: dict[str, dict[Language, str]] = {
    # --- either platform
    "platform.begun": {
        "da": "er kun halvt sat op og kører ikke. Sæt {settings}, eller tag resten ud",
        "en": "is only half set up and does not run. Set {settings}, or take the rest out",
    },
    "platform.unreached": {
        "da": "{platform} kan ikke nås på {host} ({what}). Se efter DNS, firewall og proxy",
        "en": "{platform} cannot be reached at {host} ({what}). Look at DNS, firewall and proxy",
    },
    "platform.unclear": {
        "da": "{platform} gav intet klart svar ({what}). Prøv igen om lidt; har de driftsfejl?",
        "en": "{platform} gave no clear answer ({what}). Try again soon; is it down itself?",
    },
    "platform.refused": {
        "da": "{platform} afviste {where} ({what}). Sammenlign med docs/{page}.md",
        "en": "{platform} refused {where} ({what}). Compare with docs/{page}.md",
    },
    "platform.busy": {
        "da": "{platform} beder om ro ({where}). Se efter igen om et minut",
        "en": "{platform} asks for a pause ({where}). Look again in a minute",
    },
    "platform.no-address": {
        "da": "{where} kræver også TILLIDSRUM_PUBLIC_URL: den adresse, {platform} sender til. Sæt "
        "den, eller tag {where} ud",
        "en": "{where} takes TILLIDSRUM_PUBLIC_URL too: the address that {platform} posts to. Set "
        "it, or take {where} out",
    },
    "clock.platform": {"da": "går som {platform}s", "en": "agrees with {platform}'s"},
    "clock.platform.off": {
        "da": "går {seconds} sekunder anderledes end {platform}s. Stil maskinens ur (NTP): er det "
        "fem minutter ved siden af, bliver det, Slack sender, afvist, og påmindelser kommer skævt",
        "en": "is {seconds} seconds off {platform}'s. Set the machine's clock (NTP): when it is "
        "five minutes off, what Slack posts is refused, and reminders come at the wrong time",
    },
    # --- Slack
    "slack.answers": {
        "da": "{where} passer til arbejdsområdet {team}, med alle rettigheder",
        "en": "{where} fits the workspace {team}, with every scope it needs",
    },
    "slack.unknown": {
        "da": "Slack kender ikke {where}. Kopiér det igen; blev appen installeret på ny?",
        "en": "Slack does not know {where}. Copy it again; was the app installed anew?",
    },
    "slack.gone": {
        "da": "appen er taget ud af det arbejdsområde, som {where} hører til. Installér den igen, "
        "og sæt det nye token",
        "en": "the app was taken out of the workspace that {where} belongs to. Install it again, "
        "and set the new token",
    },
    "slack.mixed": {
        "da": "{where} begynder ikke med {begins}. Er de to tokens byttet om?",
        "en": "{where} does not begin with {begins}. Are the two tokens mixed up?",
    },
    "slack.twice": {
        "da": "{where} hører til samme arbejdsområde som et andet ({team}). Behold det nyeste",
        "en": "{where} belongs to the same workspace as another one ({team}). Keep the newer one",
    },
    "slack.scopes": {
        "da": "{where} mangler {scopes}. Sæt deploy/slack-manifest.yaml ind igen under App "
        "Manifest, og installér appen på ny",
        "en": "{where} lacks {scopes}. Paste deploy/slack-manifest.yaml again under App Manifest, "
        "and install the app anew",
    },
    "slack.more": {
        "da": "{where} må mere end nødvendigt: {scopes}. Manifestet i deploy/ har kun det, der "
        "bruges",
        "en": "{where} may do more than is needed: {scopes}. The manifest in deploy/ has only what "
        "is used",
    },
    "slack.socket": {
        "da": "{where} åbner forbindelsen (Socket Mode)",
        "en": "{where} opens the connection (Socket Mode)",
    },
    "slack.socket.scope": {
        "da": "{where} mangler connections:write. Lav et nyt under App-Level Tokens",
        "en": "{where} lacks connections:write. Make a new one under App-Level Tokens",
    },
    "slack.posts": {
        "da": "sender signerede beskeder til {host}{path}",
        "en": "posts, signed, to {host}{path}",
    },
    # --- Telegram
    "telegram.answers": {"da": "{where} er @{bot}s", "en": "{where} is @{bot}'s"},
    "telegram.unknown": {
        "da": "Telegram kender ikke {where} ({code}). Sammenlign med BotFathers; er det trukket "
        "tilbage?",
        "en": "Telegram does not know {where} ({code}). Compare it with BotFather's; was it "
        "revoked?",
    },
    "telegram.groups": {
        "da": "botten kan lægges i grupper, hvor den intet har at gøre: /setjoingroups, Disable, "
        "hos BotFather",
        "en": "the bot can be put into groups, where it has no business: /setjoingroups, Disable, "
        "at BotFather",
    },
    "telegram.polling": {
        "da": "bliver spurgt om, hvad der er nyt; ingen webhook er i vejen ({count} venter)",
        "en": "is asked for what is new; no webhook is in the way ({count} waiting)",
    },
    "telegram.hooked": {
        "da": "sender til en webhook på {host}, men der er ingen TILLIDSRUM_TELEGRAM_WEBHOOK_SECRET"
        ". `tillidsrum run` fjerner den, når den starter; kommer den igen, bruger et andet program "
        "samme bot",
        "en": "posts to a webhook at {host}, but there is no TILLIDSRUM_TELEGRAM_WEBHOOK_SECRET. "
        "`tillidsrum run` takes it away at its start; if it comes back, another program uses the "
        "same bot",
    },
    "telegram.webhook": {
        "da": "sender til webhooken på {host} ({count} venter)",
        "en": "posts to the webhook at {host} ({count} waiting)",
    },
    "telegram.webhook.later": {
        "da": "har ingen webhook endnu; `tillidsrum run` sætter den",
        "en": "has no webhook yet; `tillidsrum run` sets it",
    },
    "telegram.webhook.none": {
        "da": "har ingen webhook, selv om Tillidsrum kører. Start det igen; har et andet program "
        "samme bot?",
        "en": "has no webhook although Tillidsrum runs. Start it again; does another program use "
        "the same bot?",
    },
    "telegram.webhook.other": {
        "da": "sender til en anden webhook, på {host}. Ret TILLIDSRUM_PUBLIC_URL, eller start "
        "`tillidsrum run` igen",
        "en": "posts to another webhook, at {host}. Mend TILLIDSRUM_PUBLIC_URL, or start "
        "`tillidsrum run` again",
    },
    "telegram.webhook.error": {
        "da": "kan ikke aflevere til webhooken på {host} ({count} venter): {words}. Se efter "
        "adresse, certifikat, proxy og TILLIDSRUM_TELEGRAM_WEBHOOK_SECRET",
        "en": "cannot deliver to the webhook at {host} ({count} waiting): {words}. Look at "
        "address, certificate, proxy and TILLIDSRUM_TELEGRAM_WEBHOOK_SECRET",
    },
    "telegram.secret": {
        "da": "{where} skal være 16 til 256 tegn af A-Z, a-z, 0-9, _ og -. Lav en med `openssl "
        "rand -hex 32`",
        "en": "{where} has to be 16 to 256 of A-Z, a-z, 0-9, _ and -. Make one with `openssl rand "
        "-hex 32`",
    },
    # --- OpenID Connect
    "login.none": {
        "da": "OpenID Connect er ikke sat op; linket i chatten er vejen ind",
        "en": "OpenID Connect is not set up; the link in the chat is the way in",
    },
    "login": {
        "da": "{host} passer; {callback} skal være registreret der",
        "en": "{host} fits; {callback} has to be registered there",
    },
    "login.silent": {
        "da": "{host} kan ikke bruges nu ({what}). Se efter TILLIDSRUM_OIDC_ISSUER, DNS, firewall "
        "og proxy; har de driftsfejl?",
        "en": "{host} cannot be used now ({what}). Look at TILLIDSRUM_OIDC_ISSUER, DNS, firewall "
        "and proxy; is it down itself?",
    },
    "login.other": {
        "da": "{host} kalder sig {called}. Skriv præcis det i TILLIDSRUM_OIDC_ISSUER",
        "en": "{host} calls itself {called}. Write exactly that in TILLIDSRUM_OIDC_ISSUER",
    },
    "login.misfit": {
        "da": "{host} kan ikke det, der skal til ({names}). Slå det til hos udbyderen; "
        "docs/running.md siger, hvad det er",
        "en": "{host} cannot do what it takes ({names}). Switch it on at the provider; "
        "docs/running.md says what that is",
    },
    "login.keys": {
        "da": "{host} offentliggør ingen nøgle, vi kan bruge. Lad den skrive under med RSA fra "
        "2048 bits eller EC",
        "en": "{host} publishes no key that we can use. Let it sign with RSA of 2048 bits or more, "
        "or with EC",
    },
    "login.email": {
        "da": "{host} nævner ikke {claim} blandt det, den oplyser; uden den lukkes ingen ind. "
        "Prøv et login, og se docs/running.md",
        "en": "{host} does not list {claim} among what it gives; without it nobody is let in. Try "
        "a login, and see docs/running.md",
    },
    # --- addresses
    "people": {
        "da": "aktive {people}, og alle kan nås",
        "en": "active {people}, and all of them can be reached",
    },
    "people.without": {
        "da": "af {people} aktive har {without} ingen adresse på en kanal. Se hvem med `tillidsrum "
        "people list`, og inviter med `tillidsrum people invite`",
        "en": "of {people} active ones {without} have no address on a channel. See who with "
        "`tillidsrum people list`, and invite with `tillidsrum people invite`",
    },
    "people.blocked": {
        "da": "på {channel} er {count} adresser lukket af dem selv. De hører fra os igen, når de "
        "skriver",
        "en": "on {channel} {count} addresses were closed by those they belong to. They hear from "
        "us again when they write",
    },
    # --- the public address
    "address.public": {"da": "udefra: {url}", "en": "from outside: {url}"},
    "address.plain": {
        "da": "TILLIDSRUM_PUBLIC_URL begynder med http: det, folk skriver, kan læses undervejs. "
        "Sæt et certifikat op i proxyen, og skriv https",
        "en": "TILLIDSRUM_PUBLIC_URL begins with http: what people write can be read on its way. "
        "Set up a certificate in the proxy, and write https",
    },
    "address.port": {
        "da": "Telegram sender kun til port 443, 80, 88 og 8443, ikke til {port}. Ret "
        "TILLIDSRUM_PUBLIC_URL",
        "en": "Telegram posts to port 443, 80, 88 and 8443 only, not to {port}. Mend "
        "TILLIDSRUM_PUBLIC_URL",
    },
}
