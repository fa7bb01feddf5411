"""The central office's board: every institution at a glance, in a fixed number of queries however many there are."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from parvis.core.actor import Actor
from parvis.core.bilingual import Language, Text
from parvis.core.sort_key import sort_key
from parvis.institutions.checklist import Checklist, Section, checklist
from parvis.institutions.models import Institution, Jurisdiction, Onboarding
from parvis.institutions.policy import onboarding as policy
from parvis.institutions.queries.onboarding import COLUMNS, facts_of
from parvis.institutions.states import OnboardingState, State

NOT_INVITED = "not-invited"
PER_PAGE = 50
SORTS = ("title", "state", "missing", "changed")
STATE_ORDER = {state: number for number, state in enumerate([*OnboardingState.values, NOT_INVITED])}
INSTITUTION_COLUMNS = (
    *("pk", "slug", "state", "sort_key_en", "sort_key_fr", "jurisdiction_id"),
    *("legal_title_en", "legal_title_fr", "applied_title_en", "applied_title_fr", "acronym_en", "acronym_fr"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One institution on the board. `state` is that of its onboarding, or "not-invited"."""

    slug: str
    title: Text
    acronym: Text
    jurisdiction: str
    state: str
    checklist: Checklist
    changed_at: datetime | None
    live_at: datetime | None
    key: str

    @property
    def missing(self) -> int:
        """How many needed parts are missing."""
        return len(self.checklist.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFilter:
    """What is wanted of the board. An empty value asks for all; `lacks` names a section."""

    state: str = ""
    lacks: str = ""
    jurisdiction: str = ""
    query: str = ""
    sort: str = "state"
    page: int = 1
    language: Language = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One page of the board. `states` and `sections` count before they are applied."""

    lines: tuple[BoardLine, ...]
    found: int
    total: int
    states: Mapping[str, int]
    sections: Mapping[str, int]
    jurisdictions: tuple[tuple[str, Text], ...]
    number: int
    last: int


def board(actor: Actor, wanted: BoardFilter) -> Board:
    """Return the part of the board that is wanted; empty for whom it does not open to."""
    lines, jurisdictions = _all_lines(actor)
    sought = sort_key(wanted.query)
    base = [line for line in lines if _fits_words(line, sought, wanted)]
    states = Counter(line.state for line in base)
    of_state = [line for line in base if not wanted.state or line.state == wanted.state]
    sections = Counter(item.section for line in of_state for item in line.checklist.items if not item.is_done)
    kept = [line for line in of_state if not wanted.lacks or _lacks(line, wanted.lacks)]
    kept.sort(key=lambda line: _order(line, wanted))
    last = max(1, -(-len(kept) // PER_PAGE))
    number = min(max(1, wanted.page), last)
    return Board(
        lines=tuple(kept[(number - 1) * PER_PAGE : number * PER_PAGE]),
        found=len(kept),
        total=len(lines),
        states={state: states[state] for state in STATE_ORDER if states[state]},
        sections={str(section): sections[section] for section in Section if sections[section]},
        jurisdictions=jurisdictions,
        number=number,
        last=last,
    )


def board_export(actor: Actor, wanted: BoardFilter) -> Iterator[BoardLine]:
    """Yield every line that is wanted, without pages."""
    lines, _jurisdictions = _all_lines(actor)
    sought = sort_key(wanted.query)
    kept = [
        line
        for line in lines
        if _fits_words(line, sought, wanted)
        and (not wanted.state or line.state == wanted.state)
        and (not wanted.lacks or _lacks(line, wanted.lacks))
    ]
    yield from sorted(kept, key=lambda line: _order(line, wanted))


def _all_lines(actor: Actor) -> tuple[list[BoardLine], tuple[tuple[str, Text], ...]]:
    if not policy.can_see_board(actor):
        return [], ()
    places = {row.pk: row for row in Jurisdiction.objects.in_usual_order()}
    onboardings = {row["institution_id"]: row for row in Onboarding.objects.values(*COLUMNS)}
    facts = facts_of(onboardings.values())
    rows: Iterable[dict[str, Any]] = Institution.objects.filter(state=State.ACTIVE).values(
        *INSTITUTION_COLUMNS
    )
    lines = []
    for row in rows:
        own = onboardings.get(row["pk"])
        lines.append(
            BoardLine(
                slug=row["slug"],
                title=_title(row),
                acronym=Text(row["acronym_en"], row["acronym_fr"]),
                jurisdiction=places[row["jurisdiction_id"]].code,
                state=own["state"] if own else NOT_INVITED,
                checklist=checklist(facts[row["pk"]]) if own else Checklist(),
                changed_at=own["changed_at"] if own else None,
                live_at=own["live_at"] if own else None,
                key=f"{row['sort_key_en']}\0{row['sort_key_fr']}",
            )
        )
    used = {line.jurisdiction for line in lines}
    return lines, tuple((row.code, row.title) for row in places.values() if row.code in used)


def _title(row: Mapping[str, Any]) -> Text:
    return Text(
        row["applied_title_en"] or row["legal_title_en"], row["applied_title_fr"] or row["legal_title_fr"]
    )


def _fits_words(line: BoardLine, sought: str, wanted: BoardFilter) -> bool:
    if wanted.jurisdiction and line.jurisdiction != wanted.jurisdiction:
        return False
    if not sought:
        return True
    return (
        sought in line.key
        or sought in line.slug
        or sought in (line.acronym.en.casefold(), line.acronym.fr.casefold())
    )


def _lacks(line: BoardLine, section: str) -> bool:
    return any(item.section == section and not item.is_done for item in line.checklist.items)


def _order(line: BoardLine, wanted: BoardFilter) -> tuple[Any, ...]:
    english, _separator, french = line.key.partition("\0")
    title = french if wanted.language == "fr" else english
    if wanted.sort == "missing":
        return -line.missing, title, line.slug
    if wanted.sort == "changed":
        return -(line.changed_at.timestamp() if line.changed_at else 0), title, line.slug
    if wanted.sort == "state":
        return STATE_ORDER[line.state], -line.missing, title, line.slug
    return title, line.slug
