"""Suggestions by API: by POST, so that the text stands in no address and no log. Nothing of it is kept."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from parvis.api.errors import problem
from parvis.api.schemas import BilingualText
from parvis.core.bilingual import Language
from parvis.recommend import queries
from parvis.recommend.suggestions import Holder, SimilarRecord
from parvis.search.queries import Hit

router = Router(auth=None, tags=["suggestions"])
NO_INDEX = 503


class Draft(Schema):
    """A text of which suggestions are asked. | Un texte pour lequel des suggestions sont demandées."""

    text: str = Field(
        ...,
        min_length=queries.LEAST_TEXT,
        max_length=queries.LONGEST_TEXT,
        description="A sentence or several paragraphs | Une phrase ou plusieurs paragraphes",
    )
    lang: Literal["en", "fr", ""] = Field(
        "", description="Language of the text, where it does not tell | Langue du texte, s’il ne la dit pas"
    )
    institution: str = Field(
        "",
        max_length=60,
        description="Slug of the institution that is to be asked | Identifiant de l’institution visée",
    )


class Referred(Schema):
    """One thing of the registers. | Un élément des registres."""

    kind: str
    public_id: str
    identifiers: list[str]
    title: BilingualText
    institution: str | None

    @classmethod
    def of(cls, hit: Hit) -> "Referred":
        """Return the API's form of a hit."""
        return cls(
            kind=hit.kind,
            public_id=hit.public_id,
            identifiers=list(hit.identifiers),
            title=BilingualText.of(hit.title),
            institution=hit.institution or None,
        )


class MarkedText(Schema):
    """A run of a record’s text. | Un segment du texte d’un document."""

    text: str
    differs: queries.Differs | None = Field(
        description="What it says that the draft does not | Ce qu’il dit et que l’ébauche ne dit pas"
    )


class SimilarItem(Schema):
    """A record worth reading before asking. | Un document à lire avant de demander."""

    record: Referred
    is_identical: bool = Field(
        description="Equal after normalising; never by likeness | Égal après normalisation, jamais par ressemblance"
    )
    differs: list[str]
    marked: list[MarkedText]
    alike: int = Field(
        description="How many more are the same form letter | Combien d’autres sont la même lettre type"
    )
    copies_asked_for: int
    closeness: float = Field(description="Cosine, -1 to 1 | Cosinus, de -1 à 1")

    @classmethod
    def of(cls, one: SimilarRecord) -> "SimilarItem":
        """Return the API's form of a similar record."""
        return cls(
            record=Referred.of(one.hit),
            is_identical=one.is_identical,
            differs=[str(kind) for kind in one.differs],
            marked=[MarkedText(text=part.text, differs=part.differs) for part in one.marked],
            alike=one.alike,
            copies_asked_for=one.copies,
            closeness=round(one.closeness, 4),
        )


class SimilarAnswer(Schema):
    """What was already answered like a text. | Ce qui a déjà reçu une réponse semblable."""

    state: Literal["ready", "words_only"]
    items: list[SimilarItem]


class HolderItem(Schema):
    """An institution that may hold it, with its evidence. | Une institution qui détient peut-être, et les indices."""

    institution: str
    title: BilingualText
    confidence: float = Field(
        description="0 to 1, calibrated: of those with 0.8 about 80 in 100 are right | "
        "De 0 à 1, étalonné : de celles à 0,8, environ 80 sur 100 sont justes"
    )
    is_likely: bool
    is_named: bool
    requests: list[Referred]
    holdings: list[Referred]
    services: list[Referred]

    @classmethod
    def of(cls, one: Holder) -> "HolderItem":
        """Return the API's form of a holder."""
        return cls(
            institution=one.institution.slug,
            title=BilingualText.of(one.institution.title),
            confidence=round(one.confidence, 4),
            is_likely=one.is_likely,
            is_named=one.is_named,
            requests=[Referred.of(hit) for hit in one.requests],
            holdings=[Referred.of(hit) for hit in one.holdings],
            services=[Referred.of(hit) for hit in one.services],
        )


class ElsewhereItem(Schema):
    """That another level of government holds it. | Qu’un autre ordre de gouvernement détient les documents."""

    held_by: Literal["province", "municipality"]
    subject: BilingualText
    source: BilingualText
    source_url: BilingualText


class HolderAnswer(Schema):
    """Who likely holds what a text asks for. | Qui détient probablement ce que demande un texte."""

    state: Literal["ready", "words_only"]
    is_unsure: bool
    items: list[HolderItem]
    elsewhere: ElsewhereItem | None


@router.post(
    "/similar",
    response=SimilarAnswer,
    operation_id="similar_records",
    summary="Find what was already answered like a text | Trouver ce qui a déjà reçu une réponse semblable",
    description="The records worth reading before asking, none where nothing is close. The text is not kept. | Les "
    "documents à lire avant de demander, aucun si rien n’est proche. Le texte n’est pas conservé.",
)
def similar(request: HttpRequest, draft: Draft) -> SimilarAnswer | HttpResponse:  # noqa: ARG001  # the framework gives it
    """Answer with similar records."""
    found = queries.similar_records(draft.text, _language(draft), draft.institution or None)
    if not found.is_available:
        return _no_index()
    return SimilarAnswer(
        state="words_only" if found.is_words_only else "ready",
        items=[SimilarItem.of(one) for one in found.records],
    )


@router.post(
    "/holders",
    response=HolderAnswer,
    operation_id="likely_holders",
    summary="Find who likely holds it | Trouver qui détient probablement les documents",
    description="Institutions with a calibrated confidence and their evidence. Nothing is decided by it; the text is "
    "not kept. | Des institutions avec un degré de confiance étalonné et les indices. Rien n’en dépend; le texte "
    "n’est pas conservé.",
)
def holders(request: HttpRequest, draft: Draft) -> HolderAnswer | HttpResponse:  # noqa: ARG001  # the framework gives it
    """Answer with likely holders."""
    found = queries.likely_holders(draft.text, _language(draft))
    if not found.is_available:
        return _no_index()
    elsewhere = found.elsewhere
    return HolderAnswer(
        state="words_only" if found.is_words_only else "ready",
        is_unsure=found.is_unsure,
        items=[HolderItem.of(one) for one in found.holders],
        elsewhere=ElsewhereItem(
            held_by="province" if elsewhere.subject.held_by is queries.HeldBy.PROVINCE else "municipality",
            subject=BilingualText.of(elsewhere.subject.title),
            source=BilingualText.of(elsewhere.subject.source.title),
            source_url=BilingualText.of(elsewhere.subject.source.url),
        )
        if elsewhere
        else None,
    )


def _language(draft: Draft) -> Language:
    if draft.lang:
        return draft.lang
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def _no_index() -> HttpResponse:
    return problem(NO_INDEX, _("Search is not available at the moment. Try again in a few minutes."))
