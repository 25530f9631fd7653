"""Where all tests are required, one that is skipped for want of a browser or a PostgreSQL server has
failed: however it came to be skipped."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest

REQUIRED = "REQUIRE_ALL_TESTS"
NEEDS = ("browser", "postgresql")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    report = yield
    needed = [name for name in NEEDS if item.get_closest_marker(name)]
    if report.skipped and needed and os.environ.get(REQUIRED) == "1":
        report.outcome = "failed"
        report.longrepr = f"{REQUIRED}=1, and it was skipped: it needs {' and '.join(needed)}"
    return report
