"""All tables there are, for whatever goes through every one of them."""

from storage import tables, tables_course
from storage.columns import Row

metadata = Row.metadata

__all__ = ["metadata", "tables", "tables_course"]
