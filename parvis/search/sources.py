"""What a room tells search: the registry of sources. Search itself knows no room.

A room registers one `SearchSource` per kind in its `apps.py:ready()` and calls
`parvis.search.actions.announce_changes` in its actions.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from parvis.core.bilingual import Language, Provenance, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One findable thing, flat, in both languages where it has both."""

    public_id: str
    title: Text
    body: Text
    provenance: Mapping[Language, Provenance] = field(default_factory=dict)
    institution: str = ""  # its slug
    institution_title: Text = field(default_factory=Text)
    jurisdiction: str = ""  # its code: ca, ca-bc, ca-on-toronto
    jurisdiction_title: Text = field(default_factory=Text)
    disposition: str = ""  # a standard code
    disposition_title: Text = field(default_factory=Text)
    dated_on: date | None = None
    year: int | None = None
    pages: int | None = None
    identifiers: tuple[str, ...] = ()  # request numbers, acronyms, former names: found as they are
    is_invented: bool = False  # part of the sample, and shown as such


def _no_targets(_target: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSource:
    """One kind of findable thing.

    `url_name` is reversed with `public_id`. `public_ids` yields all that may be found now, in a stable order;
    `documents` gives those asked for (one that is gone is left out). `resolve_target` reads a target of an
    evaluation file ("owner_org|request_number") and gives public ids.
    """

    kind: str
    title: Text
    url_name: str
    public_ids: Callable[[], Iterable[str]]
    documents: Callable[[Sequence[str]], Iterable[SearchDocument]]
    resolve_target: Callable[[str], Sequence[str]] = _no_targets
    is_description: bool = False  # describes and does not answer: such texts stand near almost every query


_SOURCES: dict[str, SearchSource] = {}


def register(source: SearchSource) -> None:
    """Add a source. Registering the same kind twice is a mistake of ours."""
    if source.kind in _SOURCES:
        raise ValueError(f"the search source {source.kind} is registered already")
    _SOURCES[source.kind] = source


def registered() -> Mapping[str, SearchSource]:
    """Return every source by its kind, in the order of registration."""
    return dict(_SOURCES)


_PHRASES: list[Callable[[], Sequence[str]]] = []
_VECTOR_FILES: list[Path] = []


def register_phrases(*phrases: Callable[[], Sequence[str]], vectors: Path | None = None) -> None:
    """Let the index keep vectors of phrases, as things sought, with which a room compares what people write.

    `vectors` is a file that `actions.write_vectors` made of them: what stands in it is not made again.
    """
    _PHRASES.extend(phrases)
    if vectors:
        _VECTOR_FILES.append(vectors)


def registered_phrases() -> list[str]:
    """Return the phrases of all rooms."""
    return [text for phrases in _PHRASES for text in phrases()]


def registered_vector_files() -> Sequence[Path]:
    """Return the files in which vectors of phrases are shipped."""
    return tuple(_VECTOR_FILES)


_LEARNERS: list[Callable[[Path], None]] = []


def register_learner(learn: Callable[[Path], None]) -> None:
    """Let a room learn from its texts whenever the index was brought up to date, and keep what it learnt beside it.

    `learn` is given the folder of the generation that serves. It decides whether there is anything new to learn.
    """
    _LEARNERS.append(learn)


def registered_learners() -> Sequence[Callable[[Path], None]]:
    """Return what rooms learn."""
    return tuple(_LEARNERS)
