"""What a company publishes about its methods, as it is kept here (see data/README.md)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"


def published(company: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / company / "methods.json").read_text("utf-8"))
    return found


def print_reduced(reduce: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """The file that the command line names, reduced."""
    described = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    print(json.dumps(reduce(described), indent=1, ensure_ascii=False))
