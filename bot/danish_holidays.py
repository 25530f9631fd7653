"""Danish days off, from the library `holidays`, for a person's calendar."""

from collections.abc import Iterable
from datetime import date

import holidays


def danish_holidays(years: Iterable[int]) -> frozenset[date]:
    """Public holidays, and the days most workplaces close: 1 May, 5 June, 24 and 31 December."""
    days = holidays.country_holidays("DK", years=years, categories=("public", "optional"))
    return frozenset(days)
