"""How the index of this machine stands: what health, metrics and the maintenance page tell of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from parvis.search.sharing import pending
from parvis.search.store import COLUMNS, State, current_folder, mapped


@dataclass(frozen=True, slots=True)
class IndexStanding:
    """The generation that serves; `is_there` is False where none can be opened."""

    is_there: bool
    documents: int = 0  # that can be found
    vectors_done: float = 0.0  # the share of texts that meaning covers
    engine: str = ""
    changed_at: datetime | None = None
    size: int = 0  # bytes on disk


def index_standing() -> IndexStanding:
    """Return how the index stands, from its own files; asks no database and opens no engine."""
    folder = current_folder(settings.INDEX_DIRECTORY)
    if folder is None:
        return IndexStanding(is_there=False)
    try:
        state = State.load(folder)
        alive = mapped(folder / "columns.bin", COLUMNS, (state.documents,))["alive"].sum()
        changed = (folder / "state.json").stat().st_mtime
        size = _size(folder)
    except (OSError, ValueError, TypeError):
        return IndexStanding(is_there=False)
    return IndexStanding(
        is_there=True,
        documents=int(alive),
        vectors_done=state.vectors_done if state.edition else 0.0,
        engine=state.engine,
        changed_at=datetime.fromtimestamp(changed, UTC),
        size=size,
    )


def changes_waiting() -> int:
    """Return how many changes the index of this machine has not taken in."""
    return pending(settings.INDEX_DIRECTORY).count()


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:  # a segment that was merged away in this very moment
            continue
    return total
