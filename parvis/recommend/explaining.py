"""What the page "How search and suggestions work" says: the figures of the last evaluation that was written down."""

import functools
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from parvis.core.bilingual import Language, Text
from parvis.institutions import queries as institutions

FILE = Path(__file__).parent / "data" / "measured.json"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what was measured, three shares of one, over how many."""

    title: Text
    figures: tuple[float, ...]
    texts: int


@dataclass(frozen=True, slots=True)
class HowItWorks:
    """All that the page says in figures. `is_measured` is False where no run was written down."""

    is_measured: bool
    measured_on: date | None = None
    search_measured_on: date | None = None  # where search was not measured on the same day
    engine: str = ""
    search: tuple[Row, ...] = ()  # found among the first 1, 10, 50
    holders: tuple[Row, ...] = ()  # named first, among 3, among 5
    institutions: tuple[Row, ...] = ()
    likely_share: float = 0.0
    likely_right: float = 0.0
    useful: float = 0.0
    judgements: int = 0
    elsewhere: float = 0.0
    elsewhere_texts: int = 0


LANGUAGES_SAID = {"en": Text("English", "Anglais"), "fr": Text("French", "Français")}
BOTH = Text("Both languages", "Les deux langues")
KINDS = (
    ("", Text("Whole requests", "Demandes entières")),
    ("short_queries", Text("Short questions", "Questions courtes")),
    (
        "own_questions",
        Text("Short questions (a second, harder set)", "Questions courtes (second ensemble, plus difficile)"),
    ),
    (
        "cold_start",
        Text(
            "Institutions that never answered a request",
            "Institutions qui n’ont jamais répondu à une demande",
        ),
    ),
)


@functools.cache
def measured() -> dict[str, Any]:
    """Return the run that was written down; nothing where there is none."""
    if not FILE.exists():
        return {}
    told: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


def how_it_works(_language: Language) -> HowItWorks:
    """Return what the page says."""
    told = measured()
    if not told:
        return HowItWorks(is_measured=False)
    holders = told["institutions"]
    titles = {
        slug: reference.title
        for slug, reference in institutions.references_by_slug(
            row["institution"] for row in holders["by_institution"]
        ).items()
    }
    return HowItWorks(
        is_measured=True,
        measured_on=date.fromisoformat(told["measured_on"]),
        search_measured_on=date.fromisoformat(day) if (day := told.get("search_measured_on")) else None,
        engine=told["engine"],
        search=_search_rows(told["search"]),
        holders=tuple(
            row for key, title in KINDS for row in _holder_rows(holders.get(key) if key else holders, title)
        ),
        institutions=tuple(
            Row(titles[row["institution"]], _accuracies(row), row["texts"])
            for row in holders["by_institution"]
            if row["institution"] in titles
        ),
        likely_share=holders["likely"]["share"],
        likely_right=holders["likely"]["right"],
        useful=told["similar"]["useful"],
        judgements=told["similar"]["judgements"],
        elsewhere=told["elsewhere"]["right"],
        elsewhere_texts=told["elsewhere"]["texts"],
    )


def _search_rows(told: dict[str, Any]) -> tuple[Row, ...]:
    rows = [(BOTH, told), *((LANGUAGES_SAID[name], one) for name, one in told["by_language"].items())]
    return tuple(
        Row(title, tuple(row[f"recall_at_{k}"] for k in (1, 10, 50)), row["queries"]) for title, row in rows
    )


def _holder_rows(told: dict[str, Any] | None, title: Text) -> list[Row]:
    if not told:
        return []
    return [
        Row(Text(f"{title.en}: {said.en}", f"{title.fr} : {said.fr}"), _accuracies(row), row["texts"])
        for name, row in told["by_language"].items()
        if (said := LANGUAGES_SAID[name]) and row["texts"]
    ]


def _accuracies(row: dict[str, Any]) -> tuple[float, ...]:
    return tuple(row[f"accuracy_at_{k}"] for k in (1, 3, 5))
