"""From rows of a file to one class of records or personal information bank as we keep it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

from parvis.core.sort_key import sort_key
from parvis.disclosure.reading.layouts import Layout
from parvis.disclosure.reading.summaries import Doubted, RefusedRowError, fingerprint
from parvis.disclosure.reasons import Doubt, Refusal
from parvis.disclosure.sameness import is_nearly_the_same
from parvis.tables.table import TableRow
from parvis.tables.text import clean_text, one_line

NOT_TITLES = Path(__file__).parent.parent / "data" / "not_titles.yaml"
LONGEST_TITLE = 200
PLAIN = frozenset(
    {"number", "number_en", "number_fr", "institution_title", "institution_path", "is_standard"}
)
ADDRESSES = ("url_en", "url_fr")

_IMAGE = re.compile(r"\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_STARS = re.compile(r"\*{2,}")
_NUMBER = re.compile(r"^[^\W\d_][\w’'&-]{0,11}(?: [^\W\d_]{2,5})? ?\d{1,4}[A-Za-z]?(?=\W|$)")


@dataclass(kw_only=True)
class ReadHolding:
    """One row. `values` holds texts by our fields; the institution is as the file writes it."""

    line: int
    number: str
    values: dict[str, str]
    institution_title: str
    institution_path: str
    is_standard: bool
    doubts: list[Doubted] = field(default_factory=list)


def read_holding(row: TableRow, layout: Layout) -> ReadHolding:
    """Read one row. Raises RefusedRowError when it cannot be taken."""
    if row.cells is None:
        raise RefusedRowError(Refusal.WRONG_COLUMNS, str(row.found))
    cells, doubts = layout.cells(row.cells), list[Doubted]()
    number = one_line(cells.get("number", ""))
    values = {name: _text(cells.get(name, ""), name, doubts) for name in layout.columns if name not in PLAIN}
    for language in ("en", "fr"):
        values[f"title_{language}"] = _title(values.get(f"title_{language}", ""), doubts)
        values[f"number_{language}"] = _number(cells.get(f"number_{language}", ""))
    values["number_en"] = values["number_en"] or number
    for name in ADDRESSES:
        address = one_line(cells.get(name, ""))
        values[name] = address if address.startswith(("https://", "http://")) and len(address) <= 300 else ""  # noqa: PLR2004  # the column's length
    said = [text for name, text in values.items() if not name.startswith(("number", "url"))]
    if not number and not (values["title_en"] or values["title_fr"]):
        raise RefusedRowError(Refusal.NO_IDENTIFIER)
    if not any(said):
        raise RefusedRowError(Refusal.NO_TEXT)
    if len(number) > 60:  # noqa: PLR2004  # the column's length
        raise RefusedRowError(Refusal.TOO_LONG)
    return ReadHolding(
        line=row.line,
        number=number,
        values=values,
        institution_title=one_line(cells.get("institution_title", ""))[:300],
        institution_path=one_line(cells.get("institution_path", ""))[:300],
        is_standard=bool(cells.get("is_standard")),
        doubts=doubts,
    )


@dataclass
class HoldingRecord:
    """Rows that describe one holding: pages were gathered more than once, and not always whole."""

    rows: list[ReadHolding]

    @property
    def values(self) -> dict[str, str]:
        """What the holding says: the fullest row, its gaps filled from the others; the title most rows agree on."""
        fullest = max(self.rows, key=lambda row: sum(map(bool, row.values.values())))
        merged = dict(fullest.values)
        for row in self.rows:
            for name, text in row.values.items():
                merged[name] = merged.get(name) or text
        for name in ("title_en", "title_fr"):
            counted = Counter(row.values[name] for row in self.rows if row.values[name])
            if counted and counted[merged[name]] < max(counted.values()):
                merged[name] = counted.most_common(1)[0][0]
        return merged

    @property
    def titles_disagree(self) -> bool:
        """Whether its rows give it different titles in one language."""
        return any(
            len({sort_key(row.values[name]) for row in self.rows if row.values[name]}) > 1
            for name in ("title_en", "title_fr")
        )


def holdings_of(rows: Sequence[ReadHolding]) -> list[HoldingRecord]:
    """Group rows of one institution and number: one holding, unless their descriptions tell of two things."""
    records: list[HoldingRecord] = []
    for row in rows:
        for record in records:
            if all(_tell_of_one_thing(row.values, kept.values) for kept in record.rows):
                record.rows.append(row)
                break
        else:
            records.append(HoldingRecord([row]))
    return records


def _tell_of_one_thing(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    name = "description" if "description_en" in one else "title"
    pairs = [(one[f"{name}_{language}"], other[f"{name}_{language}"]) for language in ("en", "fr")]
    shared = [pair for pair in pairs if all(pair)]
    return not shared or any(is_nearly_the_same(*pair) for pair in shared)


def digest_of_values(values: Mapping[str, str], *more: str) -> str:
    """Return the fingerprint of a holding's values."""
    return fingerprint(*(f"{name}={values[name]}" for name in sorted(values)), *more)


@lru_cache(maxsize=1)
def _not_titles() -> frozenset[str]:
    return frozenset(sort_key(words) for words in yaml.safe_load(NOT_TITLES.read_text(encoding="utf-8")))


def _title(text: str, doubts: list[Doubted]) -> str:
    line = " ".join(text.split())
    if sort_key(line) in _not_titles():
        doubts.append(Doubted(Doubt.TITLE_LOOKS_WRONG, line))
        return ""
    if len(line) > LONGEST_TITLE:
        doubts.append(Doubted(Doubt.TITLE_LOOKS_WRONG, line[:LONGEST_TITLE]))
    return line


def _number(text: str) -> str:
    """Return the number at the beginning of a cell; a description sometimes runs on after it."""
    line = one_line(text)
    if line[:1].islower():
        line = re.sub(r"^([a-z]+)(\d+)$", lambda found: f"{found[1].upper()} {found[2]}", line)
    found = _NUMBER.match(line)
    return found.group() if found else ""


def _text(raw: str, name: str, doubts: list[Doubted]) -> str:
    cleaned = clean_text(raw)
    text = cleaned.text
    if "](" in text or "**" in text:
        text = _STARS.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text))).strip()
        doubts.append(Doubted(Doubt.MARKUP_REMOVED, name))
    doubts += [Doubted(Doubt(reason), name) for reason in cleaned.doubts]
    return text
