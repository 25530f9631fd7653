"""All tables there are, for whatever goes through every one of them."""

from storage import tables, tables_course

metadata = tables.Row.metadata

__all__ = ["metadata", "tables", "tables_course"]
