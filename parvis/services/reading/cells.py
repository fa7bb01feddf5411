"""Single cells of inventory files: years, figures, answers, codes, texts. Pure; what is odd is said."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from parvis.services.reading.layouts import Layout
from parvis.services.reasons import Doubt
from parvis.services.values import Answer, Reading
from parvis.services.vocabulary import vocabularies
from parvis.tables.text import clean_text

_YEAR = re.compile(r"^(\d{4})\s*[-–/]\s*(\d{4}|\d{2})$")
_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?(?:[eE]\+?\d{1,2})?$")
_SEPARATORS = re.compile(r"[,;\n]")
WORDS = {
    "na": Reading.NOT_APPLICABLE,
    "n/a": Reading.NOT_APPLICABLE,
    "nd": Reading.NO_DATA,
    "": Reading.BLANK,
}
ANSWERS = {
    "y": Answer.YES,
    "yes": Answer.YES,
    "n": Answer.NO,
    "no": Answer.NO,
    "na": Answer.NOT_APPLICABLE,
    "n/a": Answer.NOT_APPLICABLE,
    "nd": Answer.NO_DATA,
    "": Answer.BLANK,
}
MOST = 10**17  # no volume has more digits; more fit no column
TINY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Doubted:
    """One doubt about a row and the words that raised it."""

    reason: Doubt
    detail: str = ""


@dataclass(slots=True)
class Cells:
    """One row's cells by our fields, with the doubts that reading them raises."""

    layout: Layout
    raw: dict[str, str]
    doubts: list[Doubted] = field(default_factory=list)

    def word(self, name: str) -> str:
        """Return a cell as it stands, on one line."""
        column = self.layout.columns.get(name)
        return " ".join(self.raw.get(column, "").split()) if column else ""

    def text(self, name: str) -> str:
        """Return prose, fit to show; empty where the file says that there is none."""
        raw = self.raw.get(self.layout.columns.get(name, ""), "")
        if raw.strip() in self.layout.nothing:
            return ""
        cleaned = clean_text(raw)
        self.doubts += [Doubted(Doubt(doubt), name) for doubt in cleaned.doubts]
        return cleaned.text

    def whole(self, name: str) -> Reading:
        """Return a count: a number, NA, ND or blank; the sum of its columns where the layout names several."""
        if name in self.layout.sums:
            return _sum([self._figure(column, self.raw.get(column, "")) for column in self.layout.sums[name]])
        reading = self._figure(name, self.word(name))
        if reading.number is not None and reading.number != int(reading.number):
            self.doubts.append(Doubted(Doubt.UNREADABLE_FIGURE, f"{name}: {self.word(name)}"))
            return Reading.BLANK
        return Reading.of(int(reading.number)) if reading.number is not None else reading

    def part(self, name: str) -> Reading:
        """Return a part of one, whichever unit the file writes."""
        reading = self._figure(name, self.word(name))
        if reading.number is None:
            return reading
        return Reading.of(round(Decimal(reading.number) * self.layout.part, 10))

    def target(self, name: str) -> Reading:
        """Return a target; one whose unit is in doubt is taken as its file's unit has it, and said."""
        reading = self.part(name)
        if reading.number is not None and reading.number > 1:
            self.doubts.append(Doubted(Doubt.TARGET_OVER_ONE, self.word(name)))
        elif reading.is_positive and reading.number is not None and reading.number <= TINY:
            self.doubts.append(Doubted(Doubt.TARGET_TINY, self.word(name)))
        return reading

    def answer(self, name: str) -> str:
        """Return Y, N, NA, ND or blank."""
        word = self.word(name)
        if (found := ANSWERS.get(word.casefold())) is None:
            self.doubts.append(Doubted(Doubt.UNREADABLE_ANSWER, f"{name}: {word}"))
            return Answer.BLANK.value
        return found.value

    def codes(self, name: str, *, vocabulary: str = "") -> list[str]:
        """Return the codes of a cell that may hold several, each once, in our writing and in the order of the cell."""
        mapped = self.layout.codes.get(name, {})
        known = vocabularies().get(vocabulary or name)
        found: list[str] = []
        for word in _SEPARATORS.split(self.raw.get(self.layout.columns.get(name, ""), "")):
            bare = word.strip().strip("'\"").strip()
            if not bare or bare in self.layout.nothing:
                continue
            for code in mapped.get(bare, [bare.upper()] if known else [bare]):
                if code not in found:
                    found.append(code)
        if known:
            unknown = [code for code in found if code not in known]
            self.doubts += [Doubted(Doubt.UNKNOWN_CODE, f"{name}: {code}") for code in unknown]
        return found

    def code(self, name: str) -> str:
        """Return the code of a cell that holds one."""
        return ",".join(self.codes(name))[:20]

    def year(self, name: str) -> int | None:
        """Return the year in which a fiscal year begins; None where the cell is empty or cannot be read."""
        word = self.word(name)
        if not word or word in self.layout.nothing:
            return None
        if (year := read_year(word)) is None:
            self.doubts.append(Doubted(Doubt.UNREADABLE_YEAR, f"{name}: {word}"))
        return year

    def _figure(self, name: str, raw: str) -> Reading:
        word = raw.replace("\u00a0", "").replace(" ", "").strip()
        if (said := WORDS.get(word.casefold())) is not None:
            return said
        number = read_number(word)
        if number is None:
            self.doubts.append(Doubted(Doubt.UNREADABLE_FIGURE, f"{name}: {raw.strip()[:80]}"))
            return Reading.BLANK
        if number < 0:
            self.doubts.append(Doubted(Doubt.NEGATIVE_FIGURE, f"{name}: {raw.strip()}"))
        return Reading.of(number)


def read_year(word: str) -> int | None:
    """Read `2023-2024` (or `2023-24`) as 2023; None for anything else."""
    if not (match := _YEAR.match(word)):
        return None
    first, last = int(match[1]), int(match[2])
    follows = last in (first + 1, (first + 1) % 100)
    return first if follows and 1950 <= first <= 2100 else None  # noqa: PLR2004  # what can be a fiscal year


def read_number(word: str) -> Decimal | None:
    """Read a plain number; None for anything else, and for what no column can hold."""
    if not _NUMBER.match(word):
        return None
    try:
        number = Decimal(word)
    except InvalidOperation:
        return None
    return number if abs(number) < MOST else None


def _sum(readings: Sequence[Reading]) -> Reading:
    """Add up the parts of a year: what is a number counts; where none is, the year says what its parts say."""
    numbers = [reading.number for reading in readings if reading.number is not None]
    if numbers:
        return Reading.of(int(sum(numbers)))
    return readings[0] if len(set(readings)) == 1 else Reading.BLANK


def joined(parts: Iterable[str]) -> str:
    """Return the parts that say something as official files join the two languages of a title."""
    return " | ".join(dict.fromkeys(part for part in parts if part))
