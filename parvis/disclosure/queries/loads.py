"""Reads of loads: what came from where, when, and with which problems."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from parvis.disclosure.models import Load
from parvis.disclosure.states import Holds
from parvis.tables.states import LoadState


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadItem:
    """One load as a list shows it. `counts` are those of the run's table."""

    source: str
    holds: Holds
    is_invented: bool
    file_name: str
    layout: str
    state: LoadState
    counts: Mapping[str, Any]
    withdrawals_held: int
    started_at: datetime
    finished_at: datetime | None


def load_history(limit: int = 50) -> tuple[LoadItem, ...]:
    """Return the latest loads, the last one first."""
    rows = Load.objects.select_related("source").order_by("-pk")[:limit]
    return tuple(
        LoadItem(
            source=row.source.name,
            holds=Holds(row.source.holds),
            is_invented=row.source.is_invented,
            file_name=row.file_name,
            layout=row.layout,
            state=LoadState(row.state),
            counts=row.counts,
            withdrawals_held=row.withdrawals_held,
            started_at=row.started_at,
            finished_at=row.finished_at,
        )
        for row in rows
    )
