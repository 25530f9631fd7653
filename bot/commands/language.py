"""Which language the terminal speaks.

The one place besides `bot/settings.py` that looks at the environment: it is about the terminal,
not about the product, and has to be known before anything is imported that takes time.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

Language = Literal["da", "en"]

LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
LISTED = "LANGUAGE"
UNTRANSLATED = ("C", "POSIX")
CLICK_TEXTS = Path(__file__).parent / "locale"
NO_TEXTS = Path(__file__).parent / "locale" / "none"


def terminal_language(environment: Mapping[str, str] = os.environ) -> Language:
    """Danish when the locale asks for it before English, as gettext reads it; else English."""
    locale = next((environment[name] for name in LOCALE if environment.get(name)), "")
    listed = environment.get(LISTED, "")
    wanted = listed.split(":") if listed and locale not in UNTRANSLATED else [locale]
    for one in wanted:
        match re.split(r"[_.@-]", one)[0].lower():
            case "da":
                return "da"
            case "en":
                return "en"
    return "en"


def speak(language: Language) -> None:
    """Lets click say its own words in the language too: it asks gettext's default domain."""
    gettext.bindtextdomain("messages", str(CLICK_TEXTS if language == "da" else NO_TEXTS))
