"""The one search, by API."""

from dataclasses import replace
from datetime import date
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from parvis.api.errors import problem
from parvis.api.schemas import BilingualText
from parvis.core.bilingual import Language
from parvis.search import queries
from parvis.search.results import Facet, Hit, SearchPage, SearchQuery, SearchState

router = Router(auth=None, tags=["search"])
ManyValues = list[str]


class SearchParameters(Schema):
    """What is asked. | Ce qui est demandé."""

    q: str = Field(
        "",
        description='Words, "a phrase", -word, institution:name, year:2021 | '
        "Des mots, « une expression », -mot, institution:nom, année:2021",
    )
    lang: Literal["en", "fr", ""] = Field(
        "",
        description="Language of passages; else that of the request | Langue des extraits; sinon celle de la requête",
    )
    kind: ManyValues = Field([], description="Kinds of things | Genres d’éléments")
    jurisdiction: ManyValues = Field(
        [], description="Codes of governments: ca-bc | Codes de gouvernements : ca-bc"
    )
    institution: ManyValues = Field([], description="Slugs of institutions | Identifiants d’institutions")
    year: ManyValues = Field([], description="Years | Années")
    disposition: ManyValues = Field([], description="Codes of dispositions | Codes de dispositions")
    language: ManyValues = Field(
        [], description="Languages in which it exists | Langues dans lesquelles l’élément existe"
    )
    sort: Literal["relevance", "newest", "oldest"] = Field(
        "relevance", description="Order of hits | Ordre des résultats"
    )
    page: int = Field(1, ge=1, le=100, description="Page, from 1 | Page, à partir de 1")
    limit: int = Field(10, ge=1, le=100, description="Hits on a page | Résultats par page")


class PassageSegment(Schema):
    """A run of a passage. | Un segment d’extrait."""

    text: str
    is_match: bool = Field(
        description="Whether it is what was looked for | S’il s’agit de ce qui est cherché"
    )


class FoundPassage(Schema):
    """The part of a text that shows why it was found. | La partie du texte qui montre pourquoi il a été trouvé."""

    language: Language
    segments: list[PassageSegment]


class FoundItem(Schema):
    """One thing found. | Un élément trouvé."""

    kind: str
    public_id: str
    title: BilingualText
    text: BilingualText
    passage: FoundPassage
    institution: str | None
    institution_title: BilingualText
    jurisdiction: str | None
    disposition: str | None
    disposition_title: BilingualText
    identifiers: list[str]
    dated_on: date | None
    year: int | None
    pages: int | None
    is_invented: bool = Field(
        description="Part of the invented sample | Fait partie de l’échantillon inventé"
    )
    score: float = Field(
        description="0 to 1, within this answer only | De 0 à 1, dans cette réponse seulement"
    )
    by_words: float = Field(description="What words gave, 0 to 1 | Apport des mots, de 0 à 1")
    by_meaning: float = Field(description="What meaning gave, 0 to 1 | Apport du sens, de 0 à 1")

    @classmethod
    def of(cls, hit: Hit) -> "FoundItem":
        """Return the API's form of a hit."""
        segments = [PassageSegment(text=one.text, is_match=one.is_match) for one in hit.passage.segments]
        return cls(
            kind=hit.kind,
            public_id=hit.public_id,
            title=BilingualText.of(hit.title),
            text=BilingualText.of(hit.body),
            passage=FoundPassage(language=hit.passage.language, segments=segments),
            institution=hit.institution or None,
            institution_title=BilingualText.of(hit.institution_title),
            jurisdiction=hit.jurisdiction or None,
            disposition=hit.disposition or None,
            disposition_title=BilingualText.of(hit.disposition_title),
            identifiers=list(hit.identifiers),
            dated_on=hit.dated_on,
            year=hit.year,
            pages=hit.pages,
            is_invented=hit.is_invented,
            score=round(hit.score, 4),
            by_words=round(hit.by_words, 4),
            by_meaning=round(hit.by_meaning, 4),
        )


class CountedValue(Schema):
    """One value of a facet. | Une valeur d’une facette."""

    value: str
    title: BilingualText
    count: int = Field(
        description="How many, all other filters applied | Nombre, tous les autres filtres appliqués"
    )


class SearchAnswer(Schema):
    """One page of an answer. | Une page de réponse."""

    state: Literal["ready", "words_only"] = Field(
        description="words_only while meaning cannot answer | words_only quand le sens ne peut pas répondre"
    )
    total: int = Field(description="How many things match | Nombre d’éléments qui correspondent")
    page: int
    pages: int
    understood_language: Language
    items: list[FoundItem]
    facets: dict[str, list[CountedValue]]


@router.get(
    "/search",
    response=SearchAnswer,
    operation_id="search",
    summary="Search everything | Chercher partout",
    description="Released records, institutions and holdings, by words and by meaning; a question in one language "
    "finds what exists only in the other. | Documents communiqués, institutions et fonds, par les mots et par le "
    "sens; une question dans une langue trouve ce qui n’existe que dans l’autre.",
)
def search(request: HttpRequest, asked: Query[SearchParameters]) -> SearchAnswer | HttpResponse:
    """Answer a search."""
    language: Language = asked.lang or ("fr" if (get_language() or "en").startswith("fr") else "en")
    query = replace(SearchQuery.from_parameters(request.GET, language), per_page=asked.limit)
    page = queries.search(query)
    if page.state is SearchState.UNAVAILABLE:
        return problem(503, _("Search is not available at the moment. Try again in a few minutes."))
    return _answer(page)


def _answer(page: SearchPage) -> SearchAnswer:
    return SearchAnswer(
        state="ready" if page.state is SearchState.READY else "words_only",
        total=page.total,
        page=page.query.page,
        pages=page.pages,
        understood_language=page.understood.language,
        items=[FoundItem.of(hit) for hit in page.hits],
        facets={facet.name: _values(facet) for facet in page.facets},
    )


def _values(facet: Facet) -> list[CountedValue]:
    return [
        CountedValue(value=one.value, title=BilingualText.of(one.title), count=one.count)
        for one in facet.values
    ]
