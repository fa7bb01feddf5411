"""Released summaries and holdings, as data: in parts, one by one, or all at once."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Literal, Protocol

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from parvis.api.errors import problem
from parvis.api.paging import Page, Paging, next_address
from parvis.api.schemas import BilingualText, Moment
from parvis.core.bilingual import Language, Provenance, Text
from parvis.disclosure import dispositions, exports, queries
from parvis.disclosure.dispositions import Disposition
from parvis.disclosure.queries import HoldingDetail, HoldingItem, SummaryDetail, SummaryItem, WithdrawnRecord
from parvis.disclosure.states import HoldingKind
from parvis.institutions.queries import InstitutionReference

router = Router(auth=None, tags=["disclosure"])

Download = Literal["summaries", "holdings"]
GONE = {"responses": {410: {"description": "It was withdrawn | Élément retiré"}}}
Format = Literal["csv", "jsonl"]
KINDS_OF_FILE = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}


class _Named(Protocol):
    """Anything that has an institution, known or as the source writes it."""

    @property
    def institution(self) -> InstitutionReference | None: ...
    @property
    def institution_as_written(self) -> str: ...


class Institution(Schema):
    """The institution; unknown where it has no slug. | L’institution ; inconnue si elle n’a pas d’identifiant."""

    slug: str | None
    title: BilingualText
    as_written: str

    @classmethod
    def of(cls, named: _Named) -> "Institution":
        """Return the API's form of an institution as a record names it."""
        reference = named.institution
        return cls(
            slug=reference.slug if reference else None,
            title=BilingualText.of(reference.title if reference else Text()),
            as_written=named.institution_as_written,
        )


class SummaryLine(Schema):
    """A summary of a completed request. | Le résumé d’une demande traitée."""

    public_id: str
    address: BilingualText = Field(description="Stable address of its page | Adresse stable de sa page")
    request_number: str | None
    text: BilingualText
    provenance: dict[Language, Provenance] = Field(
        description="Where the text in each language comes from | Origine du texte dans chaque langue"
    )
    institution: Institution
    jurisdiction: str
    disposition: Disposition | None
    disposition_title: BilingualText
    pages: int | None
    year: int | None
    month: int | None
    dated_on: date | None
    changed_at: datetime
    is_invented: bool = Field(
        description="Part of the invented sample | Fait partie de l’échantillon inventé"
    )

    @classmethod
    def of(cls, item: SummaryItem) -> "SummaryLine":
        """Return the API's form of a line of a list."""
        return cls(
            public_id=item.public_id,
            address=BilingualText.of(exports.page_address("summary_detail", item.public_id)),
            request_number=item.request_number or None,
            text=BilingualText.of(item.text),
            provenance=dict(item.provenance),
            institution=Institution.of(item),
            jurisdiction=item.jurisdiction,
            disposition=Disposition(item.disposition) if item.disposition else None,
            disposition_title=BilingualText.of(item.disposition_title),
            pages=item.pages,
            year=item.year,
            month=item.month,
            dated_on=item.dated_on,
            changed_at=item.changed_at,
            is_invented=item.is_invented,
        )


class EarlierVersion(Schema):
    """What it said before; hidden if something was taken out. | Ce qu’il disait avant ; masqué si on en a retiré."""

    text: BilingualText
    disposition_title: BilingualText
    pages: int | None
    year: int | None
    month: int | None
    superseded_at: datetime
    is_hidden: bool


class Summary(SummaryLine):
    """All about one summary. | Tout sur un résumé."""

    comments: BilingualText
    disposition_sentence: BilingualText
    disposition_as_written: str | None
    pages_as_written: str | None
    unit: str | None
    details: dict[str, str] = Field(description="Other columns of the source | Autres colonnes de la source")
    versions: list[EarlierVersion]
    same_number: list[SummaryLine] = Field(
        description="Other records under this number | Autres éléments du même numéro"
    )
    source: str
    source_read_at: datetime | None
    first_seen_at: datetime

    @classmethod
    def of_detail(cls, detail: SummaryDetail) -> "Summary":
        """Return the API's form of all about a summary."""
        return cls(
            **SummaryLine.of(detail.item).model_dump(),
            comments=BilingualText.of(detail.comments),
            disposition_sentence=BilingualText.of(detail.disposition_sentence),
            disposition_as_written=detail.disposition_as_written or None,
            pages_as_written=detail.pages_as_written or None,
            unit=detail.unit or None,
            details=dict(detail.details),
            versions=[_version(version) for version in detail.versions],
            same_number=[SummaryLine.of(other) for other in detail.same_number],
            source=detail.source,
            source_read_at=detail.source_read_at,
            first_seen_at=detail.first_seen_at,
        )


class HoldingLine(Schema):
    """A class of records or an information bank. | Une catégorie de documents ou un fichier de renseignements."""

    public_id: str
    address: BilingualText = Field(description="Stable address of its page | Adresse stable de sa page")
    kind: HoldingKind
    number: BilingualText
    title: BilingualText
    institution: Institution
    is_standard: bool
    changed_at: datetime
    is_invented: bool

    @classmethod
    def of(cls, item: HoldingItem) -> "HoldingLine":
        """Return the API's form of a line of a list."""
        return cls(
            public_id=item.public_id,
            address=BilingualText.of(exports.page_address("holding_detail", item.public_id)),
            kind=item.kind,
            number=BilingualText.of(item.number),
            title=BilingualText.of(item.title),
            institution=Institution.of(item),
            is_standard=item.is_standard,
            changed_at=item.changed_at,
            is_invented=item.is_invented,
        )


class HoldingPart(Schema):
    """One thing that a holding says of itself. | Un élément de sa description."""

    name: str
    label: BilingualText
    text: BilingualText


class Holding(HoldingLine):
    """All about one holding. | Tout sur une catégorie ou un fichier."""

    parts: list[HoldingPart]
    url: BilingualText
    related: list[HoldingLine]
    source: str
    source_read_at: datetime | None

    @classmethod
    def of_detail(cls, detail: HoldingDetail) -> "Holding":
        """Return the API's form of all about a holding."""
        parts = [
            HoldingPart(name=part.name, label=BilingualText.of(part.label), text=BilingualText.of(part.text))
            for part in detail.parts
        ]
        return cls(
            **HoldingLine.of(detail.item).model_dump(),
            parts=parts,
            url=BilingualText.of(detail.url),
            related=[HoldingLine.of(one) for one in detail.related],
            source=detail.source,
            source_read_at=detail.source_read_at,
        )


class DispositionMeaning(Schema):
    """A standard disposition in plain words. | Une disposition normalisée, en mots simples."""

    code: Disposition
    title: BilingualText
    sentence: BilingualText


class SummaryWanted(Schema):
    """Which summaries are wanted. | Quels résumés sont voulus."""

    institution: str = Field(
        "", max_length=60, description="Slug of an institution | Identifiant d’une institution"
    )
    jurisdiction: str = Field(
        "", max_length=40, description="Code of a jurisdiction | Code d’une administration"
    )
    disposition: Disposition | None = Field(None, description="Standard disposition | Disposition normalisée")
    year: int | None = Field(None, ge=1900, le=2200, description="Year of the answer | Année de la réponse")
    changed_since: Moment | None = Field(
        None,
        description="Changed since then, oldest first | Modifiés depuis, du plus ancien au plus récent",
    )


class Withdrawal(Schema):
    """A summary that was withdrawn. | Un résumé retiré."""

    public_id: str
    withdrawn_at: datetime


class WithdrawalWanted(Schema):
    """Which withdrawals are wanted. | Quels retraits sont voulus."""

    since: Moment | None = Field(None, description="At or after this moment | À partir de ce moment")


class HoldingWanted(Schema):
    """Which holdings are wanted. | Quels éléments sont voulus."""

    kind: HoldingKind = Field(HoldingKind.CLASS_OF_RECORDS, description="Kind of holding | Genre d’élément")
    institution: str = Field(
        "", max_length=60, description="Slug of an institution | Identifiant d’une institution"
    )


@router.get(
    "/summaries",
    operation_id="list_summaries",
    summary="List summaries of completed requests | Énumérer les résumés des demandes traitées",
    response=Page[SummaryLine],
)
def list_summaries(
    request: HttpRequest, wanted: Query[SummaryWanted], paging: Query[Paging]
) -> Page[SummaryLine]:
    """List the most recent first. | Énumérer du plus récent au plus ancien."""
    rows = queries.filtered_summaries(
        queries.SummaryFilter(
            institution=wanted.institution,
            jurisdiction=wanted.jurisdiction,
            disposition=wanted.disposition or "",
            year=wanted.year,
            changed_since=wanted.changed_since,
        )
    )
    count = rows.count()
    part = queries.items(rows[paging.offset : paging.offset + paging.limit])
    return Page[SummaryLine](
        count=count,
        next=next_address(request, paging, count),
        items=[SummaryLine.of(item) for item in part],
    )


@router.get(
    "/summaries/{public_id}",
    operation_id="get_summary",
    summary="Read one summary | Lire un résumé",
    response=Summary,
    openapi_extra=GONE,
)
def get_summary(request: HttpRequest, public_id: str) -> Summary | HttpResponse:  # noqa: ARG001  # the framework gives it
    """With its earlier versions. | Avec ses versions antérieures."""
    detail = queries.summary_detail(public_id)
    if detail is None:
        raise Http404
    return _withdrawn(detail) if isinstance(detail, WithdrawnRecord) else Summary.of_detail(detail)


@router.get(
    "/withdrawals",
    operation_id="list_withdrawals",
    summary="List withdrawn summaries, to keep a copy true | Énumérer les résumés retirés, pour tenir une copie à jour",
    response=Page[Withdrawal],
)
def list_withdrawals(
    request: HttpRequest, wanted: Query[WithdrawalWanted], paging: Query[Paging]
) -> Page[Withdrawal]:
    """List the oldest withdrawal first. | Énumérer du plus ancien au plus récent retrait."""
    rows = queries.withdrawn_summaries(wanted.since)
    count = rows.count()
    part = rows[paging.offset : paging.offset + paging.limit].values_list("public_id", "withdrawn_at")
    items = [Withdrawal(public_id=public_id, withdrawn_at=moment) for public_id, moment in part if moment]
    return Page[Withdrawal](count=count, next=next_address(request, paging, count), items=items)


@router.get(
    "/holdings",
    operation_id="list_holdings",
    summary="List what institutions hold | Énumérer ce que détiennent les institutions",
    response=Page[HoldingLine],
)
def list_holdings(
    request: HttpRequest, wanted: Query[HoldingWanted], paging: Query[Paging]
) -> Page[HoldingLine]:
    """In the order of loading. | Dans l’ordre du chargement."""
    rows = queries.published_holdings(wanted.kind, institution=wanted.institution)
    count = rows.count()
    part = queries.holding_items(rows[paging.offset : paging.offset + paging.limit])
    return Page[HoldingLine](
        count=count,
        next=next_address(request, paging, count),
        items=[HoldingLine.of(item) for item in part],
    )


@router.get(
    "/holdings/{public_id}",
    operation_id="get_holding",
    summary="Read one class of records or personal information bank | Lire une catégorie de documents ou un fichier",
    response=Holding,
    openapi_extra=GONE,
)
def get_holding(request: HttpRequest, public_id: str) -> Holding | HttpResponse:  # noqa: ARG001  # the framework gives it
    """With what it is related to. | Avec ce qui y est lié."""
    detail = queries.holding_detail(public_id)
    if detail is None:
        raise Http404
    return _withdrawn(detail) if isinstance(detail, WithdrawnRecord) else Holding.of_detail(detail)


@router.get(
    "/dispositions",
    operation_id="list_dispositions",
    summary="List the standard dispositions | Énumérer les dispositions normalisées",
    response=list[DispositionMeaning],
)
def list_dispositions(request: HttpRequest) -> list[DispositionMeaning]:  # noqa: ARG001  # the framework gives it
    """Each with one plain sentence. | Chacune avec une phrase simple."""
    meanings = []
    for code in Disposition:
        if explained := dispositions.explanation(code):
            title, sentence = BilingualText.of(explained.title), BilingualText.of(explained.sentence)
            meanings.append(DispositionMeaning(code=code, title=title, sentence=sentence))
    return meanings


@router.get(
    "/downloads/{what}.{form}",
    operation_id="download_all",
    summary="Download everything published | Télécharger tout ce qui est publié",
)
def download_all(request: HttpRequest, what: Download, form: Format) -> StreamingHttpResponse:  # noqa: ARG001  # the framework gives it
    """CSV in the official column order, or JSON lines. | CSV dans l’ordre officiel des colonnes, ou lignes JSON."""
    columns, rows = exports.EXPORTS[what]
    lines = exports.as_csv(columns, rows()) if form == "csv" else exports.as_json_lines(rows())
    response = StreamingHttpResponse(lines, content_type=KINDS_OF_FILE[form])
    response["Content-Disposition"] = f'attachment; filename="parvis-{what}.{form}"'
    return response


def _withdrawn(record: WithdrawnRecord) -> HttpResponse:
    said = _("The institution no longer publishes this record. It was withdrawn on %(day)s.")
    return problem(HTTPStatus.GONE, said % {"day": record.withdrawn_at.date().isoformat()})


def _version(version: queries.EarlierVersion) -> EarlierVersion:
    return EarlierVersion(
        text=BilingualText.of(version.text),
        disposition_title=BilingualText.of(version.disposition_title),
        pages=version.pages,
        year=version.year,
        month=version.month,
        superseded_at=version.superseded_at,
        is_hidden=version.is_hidden,
    )
