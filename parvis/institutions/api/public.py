"""Institutions and jurisdictions, as data."""

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from parvis.api.paging import Page, Paging, next_address
from parvis.api.schemas import BilingualText
from parvis.core.bilingual import Language
from parvis.institutions import queries
from parvis.institutions.queries import (
    FormerTitle,
    InstitutionDetail,
    InstitutionItem,
    InstitutionReference,
    JurisdictionReference,
)
from parvis.institutions.states import InstitutionKind, JurisdictionKind, NameProvenance, State

router = Router(auth=None, tags=["institutions"])


class Jurisdiction(Schema):
    """A government. | Une administration."""

    code: str
    division_id: str = Field(description="Open Civic Data division | Division Open Civic Data")
    kind: JurisdictionKind
    title: BilingualText
    parent: str | None
    institutions: int = Field(description="Institutions that stand | Institutions en activité")

    @classmethod
    def of(cls, reference: JurisdictionReference) -> "Jurisdiction":
        """Return the API's form of a jurisdiction."""
        return cls(
            code=reference.code,
            division_id=reference.division_id,
            kind=reference.kind,
            title=BilingualText.of(reference.title),
            parent=reference.parent or None,
            institutions=reference.institutions,
        )


class InstitutionSummary(Schema):
    """An institution, in short. | Une institution, en bref."""

    slug: str
    title: BilingualText
    acronym: BilingualText
    jurisdiction: str
    state: State

    @classmethod
    def of(cls, reference: InstitutionReference) -> "InstitutionSummary":
        """Return the API's form of a reference."""
        return cls(
            slug=reference.slug,
            title=BilingualText.of(reference.title),
            acronym=BilingualText.of(reference.acronym),
            jurisdiction=reference.jurisdiction,
            state=reference.state,
        )


class InstitutionLine(InstitutionSummary):
    """An institution in a list. | Une institution dans une liste."""

    kind: InstitutionKind
    purpose: BilingualText

    @classmethod
    def of_item(cls, item: InstitutionItem) -> "InstitutionLine":
        """Return the API's form of a line of the list."""
        summary = InstitutionSummary.of(item.reference).model_dump()
        return cls(**summary, kind=item.kind, purpose=BilingualText.of(item.purpose))


class FormerName(Schema):
    """A title that it bore. | Un titre qu’elle a porté."""

    title: BilingualText
    from_year: int | None
    until_year: int | None

    @classmethod
    def of(cls, name: FormerTitle) -> "FormerName":
        """Return the API's form of a former name."""
        return cls(title=BilingualText.of(name.title), from_year=name.from_year, until_year=name.until_year)


class AccessContact(Schema):
    """How to reach the office that answers access requests. | Comment joindre le bureau de l’accès."""

    email: str | None
    phone: str | None
    address: BilingualText
    url: BilingualText


class Institution(InstitutionSummary):
    """All about an institution. | Tout sur une institution."""

    legal_title: BilingualText
    title_provenance: dict[Language, NameProvenance] = Field(
        description="“human” marks our translation | « human » marque notre traduction"
    )
    kind: InstitutionKind
    schedule: str | None
    open_data_slug: str | None
    lead_department: BilingualText
    website: BilingualText
    access_contact: AccessContact
    purpose: BilingualText
    ended_in: int | None
    successor: InstitutionSummary | None
    predecessors: list[InstitutionSummary]
    former_names: list[FormerName]

    @classmethod
    def of_detail(cls, detail: InstitutionDetail) -> "Institution":
        """Return the API's form of all about an institution."""
        contact = detail.access_contact
        return cls(
            **InstitutionSummary.of(detail.reference).model_dump(),
            legal_title=BilingualText.of(detail.legal_title),
            title_provenance=dict(detail.title_provenance),
            kind=detail.kind,
            schedule=detail.schedule or None,
            open_data_slug=detail.open_data_slug or None,
            lead_department=BilingualText.of(detail.lead_department),
            website=BilingualText.of(detail.website),
            access_contact=AccessContact(
                email=contact.email or None,
                phone=contact.phone or None,
                address=BilingualText.of(contact.address),
                url=BilingualText.of(contact.url),
            ),
            purpose=BilingualText.of(detail.purpose),
            ended_in=detail.ended_in,
            successor=InstitutionSummary.of(detail.successor) if detail.successor else None,
            predecessors=[InstitutionSummary.of(one) for one in detail.predecessors],
            former_names=[FormerName.of(name) for name in detail.former_names],
        )


class InstitutionFilter(Schema):
    """Which institutions are wanted. | Quelles institutions sont voulues."""

    jurisdiction: str = Field("", description="Code of a jurisdiction | Code d’une administration")
    kind: InstitutionKind | None = Field(None, description="Kind of body | Genre d’organisme")
    letter: str = Field("", max_length=1, description="First letter of the title | Première lettre du titre")
    q: str = Field(
        "", max_length=200, description="Words of a title, name or acronym | Mots d’un titre, nom ou sigle"
    )
    language: Language = Field("en", description="Language of the order | Langue de l’ordre")


@router.get(
    "/institutions",
    operation_id="list_institutions",
    summary="List institutions | Énumérer les institutions",
    response=Page[InstitutionLine],
)
def list_institutions(
    request: HttpRequest, wanted: Query[InstitutionFilter], paging: Query[Paging]
) -> Page[InstitutionLine]:
    """In alphabetical order of the language asked for. | Dans l’ordre alphabétique de la langue demandée."""
    found = queries.institution_list(
        jurisdiction=wanted.jurisdiction,
        kind=wanted.kind or "",
        letter=wanted.letter,
        query=wanted.q,
        language=wanted.language,
    )
    part = found.items[paging.offset : paging.offset + paging.limit]
    items = [InstitutionLine.of_item(item) for item in part]
    return Page[InstitutionLine](
        count=found.total, next=next_address(request, paging, found.total), items=items
    )


@router.get(
    "/institutions/{slug}",
    operation_id="get_institution",
    summary="Read one institution | Lire une institution",
    response=Institution,
)
def get_institution(request: HttpRequest, slug: str) -> Institution:  # noqa: ARG001  # the framework gives it
    """Tell what it does, was called and how to reach it. | Dire son rôle, ses anciens noms et comment la joindre."""
    detail = queries.institution_detail(slug)
    if detail is None:
        raise Http404
    return Institution.of_detail(detail)


@router.get(
    "/jurisdictions",
    operation_id="list_jurisdictions",
    summary="List jurisdictions | Énumérer les administrations",
    response=list[Jurisdiction],
)
def list_jurisdictions(request: HttpRequest) -> list[Jurisdiction]:  # noqa: ARG001  # the framework gives it
    """Federal, provincial, territorial and municipal. | Fédérale, provinciales, territoriales et municipales."""
    return [Jurisdiction.of(reference) for reference in queries.jurisdiction_list()]
