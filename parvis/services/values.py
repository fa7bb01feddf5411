"""The four values of a reported figure, kept apart: not applicable, no data collected, blank, and a number (zero too).

Pure: no Django, no database. Pages, API, exports and every calculation use these and nothing else.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, TypeAlias

Number: TypeAlias = int | Decimal


class Kind(StrEnum):
    """What a cell says. Zero is a number like any other: somebody counted, and found none."""

    NUMBER = "number"
    NOT_APPLICABLE = "NA"  # this cannot be asked of this service
    NO_DATA = "ND"  # it could, and nobody collected it
    BLANK = ""  # nothing was said


class Answer(StrEnum):
    """What a yes-or-no cell says."""

    YES = "Y"
    NO = "N"
    NOT_APPLICABLE = "NA"
    NO_DATA = "ND"
    BLANK = ""

    @property
    def is_judged(self) -> bool:
        """Whether it says yes or no."""
        return self in (Answer.YES, Answer.NO)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reported figure: a number, or why there is none. Its text is that of the official files."""

    kind: Kind
    number: Number | None = None

    NOT_APPLICABLE: ClassVar["Reading"]
    NO_DATA: ClassVar["Reading"]
    BLANK: ClassVar["Reading"]

    def __post_init__(self) -> None:
        """Refuse what no cell can say. Raises ValueError."""
        if (self.kind is Kind.NUMBER) != (self.number is not None):
            raise ValueError(f"{self.kind!r} with {self.number!r}")

    @classmethod
    def of(cls, number: Number) -> "Reading":
        """Return a reading that is a number."""
        return cls(Kind.NUMBER, number)

    @property
    def is_number(self) -> bool:
        """Whether somebody reported a number, zero among them."""
        return self.kind is Kind.NUMBER

    @property
    def is_zero(self) -> bool:
        """Whether the number reported is zero."""
        return self.number is not None and self.number == 0

    @property
    def is_positive(self) -> bool:
        """Whether a number above zero was reported."""
        return self.number is not None and self.number > 0

    def __str__(self) -> str:
        return str(self.kind) if self.number is None else plain(self.number)

    def as_json(self) -> Number | str | None:
        """Return the number, "NA", "ND", or None for a blank: what the API shows."""
        if self.number is not None:
            return self.number
        return str(self.kind) or None


Reading.NOT_APPLICABLE = Reading(Kind.NOT_APPLICABLE)
Reading.NO_DATA = Reading(Kind.NO_DATA)
Reading.BLANK = Reading(Kind.BLANK)
WITHOUT_NUMBER = {one.kind: one for one in (Reading.NOT_APPLICABLE, Reading.NO_DATA, Reading.BLANK)}


@dataclass(frozen=True, slots=True)
class Total:
    """A sum that says how many readings it is of. `number` is None where no reading was a number: never a zero."""

    number: Number | None
    kinds: Counter[Kind]

    @property
    def counted(self) -> int:
        """How many readings were numbers."""
        return self.kinds[Kind.NUMBER]

    @property
    def asked(self) -> int:
        """How many readings there were, whatever they say."""
        return self.kinds.total()


def total(readings: Iterable[Reading]) -> Total:
    """Add up what is a number and count what is not, by kind."""
    kinds: Counter[Kind] = Counter()
    number: Number | None = None
    for reading in readings:
        kinds[reading.kind] += 1
        if reading.number is not None:
            number = reading.number if number is None else number + reading.number
    return Total(number, kinds)


def plain(number: Number) -> str:
    """Return a number in digits, without an exponent and without zeros that say nothing: `0.9`, `1200`."""
    if isinstance(number, int):
        return str(number)
    return format(number.normalize(), "f") if number else "0"


def fiscal_year(first: int) -> str:
    """Return the name of the fiscal year that begins in April of `first`: `2023-2024`."""
    return f"{first}-{first + 1}"
