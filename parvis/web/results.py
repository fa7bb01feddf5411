"""A search's answer as the page shows it: every choice with its address, every hit with its words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Language, Provenance, Shown
from parvis.search.queries import Facet, Hit, Passage, SearchPage, SearchState, Segment, Sort
from parvis.search.sources import registered
from parvis.theme.page import current_language

CUT = "…"  # how the register ends a heading that goes on
SHOWN_VALUES = 6  # of one facet; the others stand behind "more"
FACET_TITLES: dict[str, Promise] = {
    "kind": _("Kind"),
    "jurisdiction": _("Government"),
    "institution": _("Institution"),
    "year": _("Year"),
    "disposition": _("Outcome"),
    "language": _("Language available"),
}
SORT_TITLES: dict[Sort, Promise] = {
    Sort.RELEVANCE: _("Best match"),
    Sort.NEWEST: _("Newest first"),
    Sort.OLDEST: _("Oldest first"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that may be chosen, and the address that chooses it or lets it go."""

    name: str
    title: str
    url: str
    is_chosen: bool
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFacet:
    """One way to narrow, its first values and the rest."""

    name: str
    title: str
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHit:
    """One thing found. Where its title is the beginning of the passage, the passage goes on where the title ends."""

    hit: Hit
    url: str
    kind: str
    title: tuple[Segment, ...]
    passage: tuple[Segment, ...]
    is_cut_before: bool  # something stands before the passage
    provenance: Provenance  # of the title as it is shown
    month: int | None

    @property
    def is_in_one_language(self) -> bool:
        """Whether its text exists in one language only."""
        return len(self.hit.languages) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownResults:
    """All that `_results.html` shows. `kept` are the parameters that a new search keeps."""

    answer: SearchPage
    hits: tuple[ShownHit, ...]
    facets: tuple[ShownFacet, ...]
    chosen: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    kept: tuple[tuple[str, str], ...]
    clear_url: str

    @property
    def is_available(self) -> bool:
        """Whether search answers at all."""
        return self.answer.state != SearchState.UNAVAILABLE

    @property
    def is_words_only(self) -> bool:
        """Whether meaning is not compared at this moment."""
        return self.answer.state == SearchState.WORDS_ONLY


def present(answer: SearchPage, parameters: QueryDict, address: str) -> ShownResults:
    """Return an answer as the page at `address`, which has these `parameters`, shows it."""
    language = current_language()
    return ShownResults(
        answer=answer,
        hits=tuple(_hit(hit, language) for hit in answer.hits),
        facets=tuple(_facet(facet, parameters, address, language) for facet in answer.facets if facet.values),
        chosen=tuple(
            Choice(
                name=facet.name,
                title=value.title.shown(language).text,
                is_chosen=True,
                count=value.count,
                url=_toggled(parameters, address, facet.name, value.value),
            )
            for facet in answer.facets
            for value in facet.chosen
        ),
        sorts=tuple(
            Choice(
                name=sort,
                title=str(title),
                is_chosen=sort == answer.query.sort,
                url=_with(parameters, address, "sort", "" if sort == Sort.RELEVANCE else sort),
            )
            for sort, title in SORT_TITLES.items()
        ),
        kept=tuple(
            (name, value) for name in ("sort", *FACET_TITLES) for value in parameters.getlist(name) if value
        ),
        clear_url=_cleared(answer, address),
    )


def _hit(hit: Hit, language: Language) -> ShownHit:
    kind = registered().get(hit.kind)
    shown = hit.title.shown(language)
    title, passage = _told_apart(shown, hit.passage)
    return ShownHit(
        hit=hit,
        title=title,
        passage=passage,
        is_cut_before=hit.passage.is_cut_before or passage != hit.passage.segments,
        url=reverse(hit.url_name, args=[hit.public_id]),
        kind=kind.title.in_(language) if kind else "",
        provenance=Provenance(hit.provenance.get(shown.language, Provenance.SOURCE)),
        month=hit.dated_on.month if hit.dated_on else None,
    )


def _told_apart(title: Shown, passage: Passage) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Return title and passage; the title with the passage's marks, and what follows, where it is its beginning."""
    beginning = title.text.removesuffix(CUT)
    if passage.is_cut_before or passage.language != title.language or not passage.text.startswith(beginning):
        return (Segment(title.text),), passage.segments
    first: list[Segment] = []
    rest: list[Segment] = []
    left = len(beginning)
    for segment in passage.segments:
        first.append(replace(segment, text=segment.text[:left]))
        rest.append(replace(segment, text=segment.text[left:]))
        left = max(0, left - len(segment.text))
    end = (Segment(CUT),) if beginning != title.text else ()
    return (*_with_text(first), *end), _from_a_word(_with_text(rest))


def _from_a_word(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Leave out the comma at which a title was cut."""
    if not segments:
        return ()
    first = replace(segments[0], text=segments[0].text.lstrip(" ,;:.–-"))
    return _with_text([first, *segments[1:]])


def _with_text(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    return tuple(segment for segment in segments if segment.text.strip())


def _facet(facet: Facet, parameters: QueryDict, address: str, language: Language) -> ShownFacet:
    choices = [
        Choice(
            name=facet.name,
            title=value.title.shown(language).text,
            url=_toggled(parameters, address, facet.name, value.value),
            is_chosen=value.is_chosen,
            count=value.count,
        )
        for value in facet.values
    ]
    first = _first(choices)
    return ShownFacet(
        name=facet.name,
        title=str(FACET_TITLES.get(facet.name, facet.name)),
        first=first,
        more=tuple(choice for choice in choices if choice not in first),
    )


def _first(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the chosen ones and enough others; one value more is shown rather than hidden alone."""
    if len(choices) <= SHOWN_VALUES + 1:
        return tuple(choices)
    return tuple(choice for place, choice in enumerate(choices) if place < SHOWN_VALUES or choice.is_chosen)


def _toggled(parameters: QueryDict, address: str, name: str, value: str) -> str:
    query = parameters.copy()
    values = query.getlist(name)
    query.setlist(name, [one for one in values if one != value] if value in values else [*values, value])
    return _written(query, address)


def _with(parameters: QueryDict, address: str, name: str, value: str) -> str:
    query = parameters.copy()
    query.setlist(name, [value] if value else [])
    return _written(query, address)


def _cleared(answer: SearchPage, address: str) -> str:
    query = QueryDict(mutable=True)
    query["q"] = answer.query.text
    return _written(query, address)


def _written(query: QueryDict, address: str) -> str:
    query.pop("page", None)
    for name in [name for name, values in query.lists() if not any(values)]:
        del query[name]
    return f"{address}?{query.urlencode()}" if query else address
