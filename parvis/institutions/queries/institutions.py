"""Reads for pages, for the API and for the rooms above."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from parvis.core.bilingual import Language, Text
from parvis.core.sort_key import sort_key
from parvis.institutions.matching import KnownInstitution, Matcher, Resolution, SharedName
from parvis.institutions.models import FormerName, Institution, Jurisdiction
from parvis.institutions.states import InstitutionKind, JurisdictionKind, NameProvenance, Schedule, State

__all__ = ["Resolution", "Resolver"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JurisdictionReference:
    """A jurisdiction as others show it. `institutions` counts those that stand in it, its children left out."""

    code: str
    division_id: str
    kind: JurisdictionKind
    title: Text
    parent: str = ""
    institutions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionReference:
    """An institution as a line of another page shows it."""

    id: int
    slug: str
    title: Text
    acronym: Text
    jurisdiction: str  # its code
    jurisdiction_title: Text
    state: State = State.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerTitle:
    """A title that it bore. A year that nobody knows is None."""

    title: Text
    from_year: int | None
    until_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessContact:
    """How to reach the office that answers access requests. What is not known is empty."""

    email: str
    phone: str
    address: Text
    url: Text

    def __bool__(self) -> bool:
        return bool(self.email or self.phone or self.address or self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionDetail:
    """All that the page of an institution says of itself. A title of provenance `human` is our translation."""

    reference: InstitutionReference
    title: Text
    legal_title: Text
    title_provenance: Mapping[Language, NameProvenance]
    acronym: Text
    kind: InstitutionKind
    schedule: Schedule
    jurisdiction: JurisdictionReference
    open_data_slug: str
    lead_department: Text
    website: Text
    access_contact: AccessContact
    purpose: Text
    state: State
    ended_in: int | None
    successor: InstitutionReference | None
    predecessors: tuple[InstitutionReference, ...]
    former_names: tuple[FormerTitle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionItem:
    """One line of the list of institutions."""

    reference: InstitutionReference
    kind: InstitutionKind
    purpose: Text
    letter: str  # the first of its title in the language asked for, A to Z or "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionList:
    """Institutions in alphabetical order of the language asked for. `letters` counts before the letter is applied."""

    items: tuple[InstitutionItem, ...]
    letters: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.items)


class Resolver(Matcher):
    """The matcher over all that the database knows now. Make one per load; it is not refreshed."""


def jurisdiction_list() -> tuple[JurisdictionReference, ...]:
    """Return every jurisdiction, federal first, then provinces, territories and municipalities by name."""
    standing = dict(
        Institution.objects.exclude(state=State.CLOSED)
        .values_list("jurisdiction")
        .annotate(count=Count("pk"))
        .order_by("jurisdiction")
    )
    rows = Jurisdiction.objects.in_usual_order().select_related("parent")
    return tuple(_jurisdiction(row, standing.get(row.pk, 0)) for row in rows)


def references(ids: Iterable[int]) -> dict[int, InstitutionReference]:
    """Return a reference for each of the given ids that exists, in one query."""
    rows = Institution.objects.filter(pk__in=set(ids)).select_related("jurisdiction")
    return {row.pk: reference(row) for row in rows}


def references_by_slug(slugs: Iterable[str]) -> dict[str, InstitutionReference]:
    """Return a reference for each of the given slugs that exists, in one query."""
    rows = Institution.objects.filter(slug__in=set(slugs)).select_related("jurisdiction")
    return {row.slug: reference(row) for row in rows}


def institution_list(
    *,
    jurisdiction: str = "",
    letter: str = "",
    query: str = "",
    kind: str = "",
    include_ended: bool = True,
    language: Language = "en",
) -> InstitutionList:
    """Return the institutions that fit, in alphabetical order of `language`.

    `query` is sought in titles, acronyms and former names of both languages, accents and case ignored.
    """
    rows = Institution.objects.select_related("jurisdiction").prefetch_related("former_names")
    if jurisdiction:
        rows = rows.filter(
            Q(jurisdiction__code=jurisdiction) | Q(jurisdiction__aliases__contains=[jurisdiction])
        )
    if kind:
        rows = rows.filter(kind=kind)
    if not include_ended:
        rows = rows.filter(state=State.ACTIVE)
    ordered = rows.order_by("sort_key_fr" if language == "fr" else "sort_key_en", "slug")
    found = [_item(row, language) for row in ordered if _mentions(row, query)]
    letters = Counter(item.letter for item in found)
    kept = tuple(item for item in found if not letter or item.letter == letter.upper())
    return InstitutionList(items=kept, letters=dict(sorted(letters.items())))


def institution_detail(slug: str) -> InstitutionDetail | None:
    """Return all about one institution, or None when there is none of that slug."""
    return next(institution_details([slug]), None)


def institution_details(slugs: Iterable[str]) -> Iterator[InstitutionDetail]:
    """Yield all about each institution of these slugs that exists, in the order of the slugs."""
    wanted = list(slugs)
    rows = Institution.objects.select_related(
        "jurisdiction__parent", "successor__jurisdiction"
    ).prefetch_related("former_names", "predecessors__jurisdiction")
    found = {row.slug: row for row in rows.filter(slug__in=wanted)}
    return (_detail(found[slug]) for slug in wanted if slug in found)


def slugs() -> tuple[str, ...]:
    """Return the slug of every institution, in alphabetical order of the slugs."""
    return tuple(Institution.objects.order_by("slug").values_list("slug", flat=True))


def resolver() -> Resolver:
    """Return a matcher that knows every institution of the database, its names and spellings."""
    rows = Institution.objects.select_related("jurisdiction").prefetch_related("former_names", "spellings")
    codes = {
        other: row.code
        for row in Jurisdiction.objects.all()
        for other in (row.code, row.division_id, *row.aliases)
    }
    return Resolver((_known(row) for row in rows.order_by("pk")), codes)


def shared_names() -> tuple[SharedName, ...]:
    """Return the names that several institutions of one jurisdiction bear, so that they resolve to none."""
    return resolver().shared_names()


def institution_row(slug: str) -> Institution | None:
    """Return the institution of this slug, for the actions of this room."""
    return Institution.objects.with_jurisdiction().filter(slug=slug).first()


def _known(row: Institution) -> KnownInstitution:
    titles = (row.legal_title_en, row.legal_title_fr, row.applied_title_en, row.applied_title_fr)
    return KnownInstitution(
        institution_id=row.pk,
        slug=row.slug,
        jurisdiction=row.jurisdiction.code,
        open_data_slug=row.open_data_slug,
        titles=tuple(title for title in titles if title),
        former_names=tuple(
            title for name in row.former_names.all() for title in (name.title_en, name.title_fr) if title
        ),
        spellings=tuple(spelling.text for spelling in row.spellings.all()),
        acronyms=tuple(acronym for acronym in (row.acronym_en, row.acronym_fr) if acronym),
        is_whole_jurisdiction=row.kind == InstitutionKind.MUNICIPALITY,
    )


def _jurisdiction(row: Jurisdiction, standing: int = 0) -> JurisdictionReference:
    return JurisdictionReference(
        code=row.code,
        division_id=row.division_id,
        kind=JurisdictionKind(row.kind),
        title=row.title,
        parent=row.parent.code if row.parent else "",
        institutions=standing,
    )


def reference(row: Institution) -> InstitutionReference:
    """Return an institution as others show it; its jurisdiction was fetched with it."""
    return InstitutionReference(
        id=row.pk,
        slug=row.slug,
        title=row.title,
        acronym=row.acronym,
        jurisdiction=row.jurisdiction.code,
        jurisdiction_title=row.jurisdiction.title,
        state=State(row.state),
    )


def _item(row: Institution, language: Language) -> InstitutionItem:
    first = (row.sort_key_fr if language == "fr" else row.sort_key_en)[:1].upper()
    return InstitutionItem(
        reference=reference(row),
        kind=InstitutionKind(row.kind),
        purpose=row.purpose,
        letter=first if first.isalpha() else "#",
    )


def _mentions(row: Institution, query: str) -> bool:
    wanted = sort_key(query)
    if not wanted:
        return True
    names = [row.title, row.legal_title, row.acronym, *(name.title for name in row.former_names.all())]
    return any(wanted in sort_key(text) for name in names for text in (name.en, name.fr))


def _former(row: FormerName) -> FormerTitle:
    return FormerTitle(title=row.title, from_year=row.from_year, until_year=row.until_year)


def _detail(row: Institution) -> InstitutionDetail:
    former = sorted(row.former_names.all(), key=lambda name: (-(name.until_year or 0), name.title_en))
    return InstitutionDetail(
        reference=reference(row),
        title=row.title,
        legal_title=row.legal_title,
        title_provenance={
            "en": NameProvenance(row.title_provenance_en),
            "fr": NameProvenance(row.title_provenance_fr),
        },
        acronym=row.acronym,
        kind=InstitutionKind(row.kind),
        schedule=Schedule(row.schedule),
        jurisdiction=_jurisdiction(row.jurisdiction),
        open_data_slug=row.open_data_slug,
        lead_department=Text(row.lead_department_en, row.lead_department_fr),
        website=Text(row.website_en, row.website_fr),
        access_contact=AccessContact(
            email=row.access_email,
            phone=row.access_phone,
            address=Text(row.access_address_en, row.access_address_fr),
            url=Text(row.access_url_en, row.access_url_fr),
        ),
        purpose=row.purpose,
        state=State(row.state),
        ended_in=row.ended_in,
        successor=reference(row.successor) if row.successor else None,
        predecessors=tuple(reference(one) for one in row.predecessors.all()),
        former_names=tuple(_former(name) for name in former),
    )
