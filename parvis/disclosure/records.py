"""Which rows of a file are one record, and which kept record they are. Pure: no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from parvis.disclosure.reading.summaries import ReadSummary
from parvis.disclosure.sameness import is_nearly_the_same, similarity

ALIKE_ELSEWHERE = 50.0  # how alike the other language must be where one language is nearly the same


class Bilingual(Protocol):
    """Anything with a text in one or both languages."""

    summary_en: str
    summary_fr: str


@dataclass(kw_only=True)
class Row:
    """One row of a file with its institution resolved. `occurrence` counts rows of this number, from 1."""

    read: ReadSummary
    institution_id: int | None
    institution_slug: str
    unit: str
    jurisdiction: str
    occurrence: int = 1

    @cached_property
    def digest(self) -> str:
        """The fingerprint of all that is kept of the row."""
        return self.read.digest(self.institution_slug, f"{self.jurisdiction}|{self.unit}")

    @property
    def institution(self) -> object:
        """What two rows of one number must share to be of one institution."""
        return self.institution_id or self.read.institution_key


@dataclass
class Record:
    """Rows that are versions of one record, in file order."""

    rows: list[Row] = field(default_factory=list)

    @property
    def current(self) -> Row:
        """The version to show: the latest by year and month, and of those the last in the file."""
        return max(enumerate(self.rows), key=lambda numbered: (numbered[1].read.place_in_time, numbered[0]))[
            1
        ]

    @property
    def digests(self) -> set[str]:
        """The fingerprints of all its rows."""
        return {row.digest for row in self.rows}


def is_same_record(one: Bilingual, other: Bilingual) -> bool:
    """Tell whether two texts under one number and institution are versions of one record.

    In one language that both have they are nearly the same, and in the other, where both have it, at least alike:
    a translation may have been redone.
    """
    shared = [
        (ours, theirs)
        for ours, theirs in ((one.summary_en, other.summary_en), (one.summary_fr, other.summary_fr))
        if ours and theirs
    ]
    return any(is_nearly_the_same(*pair) for pair in shared) and all(
        similarity(*pair) >= ALIKE_ELSEWHERE for pair in shared
    )


def records_of(rows: Sequence[Row]) -> list[Record]:
    """Group rows of one number and one institution into records, both in file order."""
    records: list[Record] = []
    for row in rows:
        for record in records:
            if row.digest in record.digests or any(
                is_same_record(row.read, kept.read) for kept in record.rows
            ):
                record.rows.append(row)
                break
        else:
            records.append(Record([row]))
    return records


def by_institution(rows: Iterable[Row]) -> list[list[Row]]:
    """Split rows of one number by institution, and count the occurrences as the file names the institution."""
    groups: dict[object, list[Row]] = {}
    seen: dict[str, int] = {}
    for row in rows:
        key = row.read.institution_key
        row.occurrence = seen[key] = seen.get(key, 0) + 1
        groups.setdefault(row.institution, []).append(row)
    return list(groups.values())
