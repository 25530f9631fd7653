from __future__ import annotations

import gc

from tests.required import pytest_runtest_makereport

__all__ = ["pytest_runtest_makereport"]


def pytest_collection_finish() -> None:
    """The tests themselves stay until the end: the collector need not go through them each time."""
    gc.collect()
    gc.freeze()
