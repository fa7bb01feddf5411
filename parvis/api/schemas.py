"""Schemas that every room's API shares."""

from datetime import UTC, datetime
from typing import Annotated, TypeAlias

from ninja import Schema
from pydantic import AfterValidator

from parvis.core.bilingual import Text


class BilingualText(Schema):
    """A text in both languages; null where nobody gave one. | Un texte dans les deux langues; nul où il manque."""

    en: str | None
    fr: str | None

    @classmethod
    def of(cls, text: Text) -> "BilingualText":
        """Return the API's form of a text."""
        return cls(en=text.en or None, fr=text.fr or None)


def _in_utc(value: datetime) -> datetime:
    """Return a moment in UTC: PostgreSQL refuses offsets that ISO 8601 allows, and years at either end overflow."""
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("it lies outside the years 1 to 9999") from error


Moment: TypeAlias = Annotated[datetime, AfterValidator(_in_utc)]
