"""The other side of figure 2: the statements of our turns, said again with sqlite3 alone.

They are recorded on a copy of the file while our program takes the turns, values and all, and
then said again on another copy in the same order, with the same commits.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from storage.sqlite import PRAGMAS

ENDS_TURN = "RELEASE"
OURS = ("BEGIN", "SAVEPOINT", ENDS_TURN, "COMMIT", "PRAGMA")
