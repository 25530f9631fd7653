"""The column types and column builders the tables share."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    TypeDecorator,
)
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

# Names that migrations can rely on, the same in both databases.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def to_microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970 in UTC: what SQLite stores. Refuses a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a datetime without a time zone: give it one, for instance datetime.UTC")
    return (moment - EPOCH) // MICROSECOND


def from_microseconds(count: int) -> datetime:
    return EPOCH + timedelta(microseconds=count)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: an integer of microseconds in SQLite, timestamptz in PostgreSQL.

    The integer sorts as time does and needs no parsing.
    """

    impl = TIMESTAMP(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(TIMESTAMP(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return to_microseconds(value)
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone: give it one, for instance UTC")
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return from_microseconds(value)
        return value.astimezone(UTC)  # type: ignore[no-any-return]


# SQLite numbers rows by itself only where the type is spelt INTEGER.
Serial = BigInteger().with_variant(Integer(), "sqlite")


class Row(SQLModel):
    """What every table here is: our own metadata, and its name in snake_case."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 -- SQLAlchemy hands over the class
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


def person(**more: Any) -> Any:
    """A column that says whose row it is: erasing the person deletes the row."""
    return Field(foreign_key="person.id", ondelete="CASCADE", **more)


def part_of(target: str, **more: Any) -> Any:
    """A row that means nothing without the row it points at, and goes with it."""
    return Field(foreign_key=target, ondelete="CASCADE", **more)


def perhaps(target: str) -> Any:
    """A row that stands by itself when the row it points at is deleted."""
    return Field(
        default=None,
        nullable=True,
        index=True,
        sa_column_args=[ForeignKey(target, ondelete="SET NULL")],
    )


def moment(*, nullable: bool = False) -> Any:
    if nullable:
        return Field(default=None, sa_type=Instant, nullable=True)
    return Field(sa_type=Instant, nullable=False)


def serial() -> Any:
    return Field(default=None, primary_key=True, sa_type=Serial)
