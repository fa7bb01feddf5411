"""What a search is asked, and what it answers: frozen values, the same for page, API and command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from parvis.core.bilingual import Language, Text

PER_PAGE = 10
LONGEST_QUERY = 500  # characters; more is cut, and said
DEEPEST_PAGE = 100
FACETS = ("kind", "jurisdiction", "institution", "year", "disposition", "language")


class Sort(StrEnum):
    """In which order hits come."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class SearchState(StrEnum):
    """How well search can answer at this moment. Pages say so."""

    READY = "ready"
    WORDS_ONLY = "words_only"  # vectors are not all there, or no engine runs: words answer
    UNAVAILABLE = "unavailable"  # there is no index, or it cannot be read


class Parameters(Protocol):
    """What a query string gives: Django's QueryDict, for one."""

    def get(self, key: str, default: str, /) -> str | None:
        """Return the last value of a name."""

    def getlist(self, key: str, /) -> list[str]:
        """Return every value of a name."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What somebody asks. `filters` holds the chosen values of each facet; several of one facet are alternatives."""

    text: str = ""
    language: Language = "en"  # of the page: breaks ties where the text's language is not clear
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = PER_PAGE

    @classmethod
    def from_parameters(cls, parameters: Parameters, language: Language) -> "SearchQuery":
        """Read a query string. What makes no sense is passed over: a search never fails on its address."""
        page = parameters.get("page", "1") or "1"
        sort = parameters.get("sort", "") or ""
        return cls(
            text=" ".join((parameters.get("q", "") or "").replace("\x00", " ").split())[:LONGEST_QUERY],
            language=language,
            filters={
                facet: tuple(dict.fromkeys(value for value in parameters.getlist(facet) if value))
                for facet in FACETS
                if any(parameters.getlist(facet))
            },
            sort=Sort(sort) if sort in set(Sort) else Sort.RELEVANCE,
            page=min(max(int(page), 1), DEEPEST_PAGE) if page.isdecimal() else 1,
        )

    def with_page(self, page: int) -> "SearchQuery":
        """Return the same question at another page."""
        return replace(self, page=page)

    @property
    def offset(self) -> int:
        """How many hits stand before this page."""
        return (self.page - 1) * self.per_page


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a passage; `is_match` where it is what was looked for."""

    text: str
    is_match: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """The part of a text that shows best why it was found."""

    segments: tuple[Segment, ...]
    language: Language
    is_cut_before: bool = False
    is_cut_after: bool = False

    @property
    def text(self) -> str:
        """The passage without marks."""
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, with all that a page shows of it."""

    kind: str
    public_id: str
    url_name: str
    title: Text
    body: Text
    provenance: Mapping[Language, str]
    passage: Passage
    institution: str
    institution_title: Text
    jurisdiction: str
    jurisdiction_title: Text
    disposition: str
    disposition_title: Text
    identifiers: tuple[str, ...]
    dated_on: date | None
    year: int | None
    pages: int | None
    is_invented: bool
    score: float  # 0 to 1, within this answer only
    by_words: float  # share that words gave, 0 to 1
    by_meaning: float  # share that meaning gave, 0 to 1

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages in which its text exists."""
        return self.body.languages or self.title.languages


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how many of what matches have it, all other filters applied."""

    value: str
    title: Text
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the answer."""

    name: str
    values: tuple[FacetValue, ...]

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        """The values that are filters now."""
        return tuple(value for value in self.values if value.is_chosen)


@dataclass(frozen=True, slots=True)
class Understood:
    """How the text was read, so that the page can say it."""

    language: Language
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    institutions: tuple[Text, ...] = ()
    unknown_institutions: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    corrected: tuple[
        tuple[str, str], ...
    ] = ()  # a word that nothing holds, and the nearest one that was used


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer. `total` is what matches: all its words, or close to it in meaning."""

    query: SearchQuery
    state: SearchState
    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Sequence[Facet] = ()
    understood: Understood = field(default_factory=lambda: Understood("en"))
    is_found: bool = True  # something holds every word, or is near in meaning: not only in a distant way
    vectors_done: float = 1.0  # the share of texts that meaning already covers
    indexed: int = 0  # how many things the index holds
    milliseconds: float = 0.0

    @property
    def pages(self) -> int:
        """How many pages the answer has, as far as one may turn them."""
        return min(-(-self.total // self.query.per_page), DEEPEST_PAGE)

    def facet(self, name: str) -> Facet:
        """Return one facet; empty when there is none."""
        return next((facet for facet in self.facets if facet.name == name), Facet(name, ()))
