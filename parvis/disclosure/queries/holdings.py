"""Reads of holdings: classes of records and personal information banks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from parvis.core.bilingual import Text
from parvis.disclosure.models import ClassOfRecords, PersonalInformationBank, PersonalInformationCategory
from parvis.disclosure.queries.summaries import WithdrawnRecord
from parvis.disclosure.states import HoldingKind
from parvis.institutions import queries as institutions
from parvis.institutions.queries import InstitutionReference

AnyHolding = ClassOfRecords | PersonalInformationBank

MODELS: Mapping[HoldingKind, type[ClassOfRecords] | type[PersonalInformationBank]] = {
    HoldingKind.CLASS_OF_RECORDS: ClassOfRecords,
    HoldingKind.PERSONAL_INFORMATION_BANK: PersonalInformationBank,
}
KIND_TITLES: Mapping[HoldingKind, Text] = {
    HoldingKind.CLASS_OF_RECORDS: Text("Class of records", "Catégorie de documents"),
    HoldingKind.PERSONAL_INFORMATION_BANK: Text(
        "Personal information bank", "Fichier de renseignements personnels"
    ),
}
PARTS: Mapping[str, Text] = {
    "description": Text("Description", "Description"),
    "document_types": Text("Kinds of documents", "Genres de documents"),
    "individuals": Text("Whose information it is", "Personnes visées"),
    "purpose": Text("Why it is collected", "But de la collecte"),
    "consistent_uses": Text("How else it is used", "Autres usages compatibles"),
    "retention": Text("How long it is kept", "Durée de conservation"),
    "sin_use": Text("Use of the social insurance number", "Usage du numéro d’assurance sociale"),
    "note": Text("Note", "Remarque"),
    "disposal_authority": Text("Disposition authority", "Autorisation de disposition"),
    "related": Text("Related record numbers", "Numéros de documents connexes"),
    "registration": Text("Registration number", "Numéro d’enregistrement"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingItem:
    """A holding as a line of a list shows it. Without a title, its number is its name."""

    public_id: str
    kind: HoldingKind
    number: Text
    title: Text
    institution: InstitutionReference | None
    institution_as_written: str
    is_standard: bool
    is_invented: bool
    changed_at: datetime

    @property
    def name(self) -> Text:
        """What to call it: its title, else its number."""
        return self.title or self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingPart:
    """One thing that a holding says of itself, under its label."""

    name: str
    label: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingDetail:
    """All that the page of a holding shows. `related` are the classes of a bank, or the banks of a class."""

    item: HoldingItem
    kind_title: Text
    parts: tuple[HoldingPart, ...]
    url: Text
    related: tuple[HoldingItem, ...]
    source: str
    source_read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionHoldings:
    """What an institution says it holds, by title, and how many standard ones it may hold besides."""

    classes: tuple[HoldingItem, ...]
    banks: tuple[HoldingItem, ...]
    standard_classes: int
    standard_banks: int

    @property
    def total(self) -> int:
        """How many it describes itself."""
        return len(self.classes) + len(self.banks)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryItem:
    """A category by which personal information is described."""

    code: str
    name: Text
    examples: Text


def holdings_of(institution_id: int, language: str = "en") -> InstitutionHoldings:
    """Return the classes and banks of an institution, each in alphabetical order of `language`."""
    order = "sort_key_fr" if language == "fr" else "sort_key_en"
    classes = ClassOfRecords.objects.published().of_institution(institution_id).order_by(order, "pk")
    banks = PersonalInformationBank.objects.published().of_institution(institution_id).order_by(order, "pk")
    return InstitutionHoldings(
        classes=tuple(holding_items(classes)),
        banks=tuple(holding_items(banks)),
        standard_classes=ClassOfRecords.objects.published().filter(is_standard=True).count(),
        standard_banks=PersonalInformationBank.objects.published().filter(is_standard=True).count(),
    )


def institutions_with_holdings(ids: Iterable[int]) -> frozenset[int]:
    """Return those of these institutions that have a class or a bank of their own, in one query."""
    wanted = frozenset(ids)
    # Thousands of ids in a query take longer than the institutions of all holdings.
    named = {"institution_id__in": wanted} if len(wanted) <= 100 else {"institution_id__isnull": False}  # noqa: PLR2004  # said above
    classes = ClassOfRecords.objects.published().filter(**named).order_by()
    banks = PersonalInformationBank.objects.published().filter(**named).order_by()
    found = classes.values_list("institution_id").union(banks.values_list("institution_id"))
    return wanted & frozenset(institution_id for (institution_id,) in found)


def standard_holdings(language: str = "en") -> InstitutionHoldings:
    """Return the standard classes and banks, which any federal institution may hold."""
    order = "sort_key_fr" if language == "fr" else "sort_key_en"
    classes = ClassOfRecords.objects.published().filter(is_standard=True).order_by(order, "pk")
    banks = PersonalInformationBank.objects.published().filter(is_standard=True).order_by(order, "pk")
    return InstitutionHoldings(
        classes=tuple(holding_items(classes)),
        banks=tuple(holding_items(banks)),
        standard_classes=len(classes),
        standard_banks=len(banks),
    )


def holding_detail(public_id: str) -> HoldingDetail | WithdrawnRecord | None:
    """Return all about a holding, that it was withdrawn, or None when there never was one."""
    row = _holding(public_id)
    if row is None:
        return None
    if row.withdrawn_at is not None:
        references = institutions.references([row.institution_id] if row.institution_id else [])
        return WithdrawnRecord(
            public_id=row.public_id,
            request_number=row.number_en or row.number_fr,
            institution=references.get(row.institution_id or 0),
            withdrawn_at=row.withdrawn_at,
            is_invented=row.is_invented,
        )
    item, *related = holding_items([row, *_related(row)])
    return HoldingDetail(
        item=item,
        kind_title=KIND_TITLES[item.kind],
        parts=tuple(_parts(row)),
        url=Text(row.url_en, row.url_fr),
        related=tuple(related),
        source=row.source.name,
        source_read_at=row.source.last_loaded_at,
    )


def published_holdings(kind: HoldingKind, *, institution: str = "") -> QuerySet[Any]:
    """Return the holdings of a kind that stand, in the order of loading; of one institution, if its slug is given."""
    rows: QuerySet[Any] = MODELS[kind].objects.published()
    if institution:
        rows = rows.filter(institution__slug=institution)
    return rows.order_by("pk")


def holding_items(rows: Iterable[AnyHolding]) -> Iterator[HoldingItem]:
    """Yield each holding as a list shows it, with the institutions fetched in one query."""
    rows = list(rows)
    references = institutions.references(row.institution_id for row in rows if row.institution_id is not None)
    for row in rows:
        yield HoldingItem(
            public_id=row.public_id,
            kind=kind_of(row),
            number=row.number,
            title=row.title,
            institution=references.get(row.institution_id or 0),
            institution_as_written=row.institution_as_written,
            is_standard=row.is_standard,
            is_invented=row.is_invented,
            changed_at=row.changed_at,
        )


def categories() -> tuple[CategoryItem, ...]:
    """Return the categories by which personal information is described."""
    return tuple(
        CategoryItem(
            code=row.code,
            name=Text(row.name_en, row.name_fr),
            examples=Text(row.examples_en, row.examples_fr),
        )
        for row in PersonalInformationCategory.objects.order_by("pk")
    )


def kind_of(row: AnyHolding) -> HoldingKind:
    """Tell which kind of holding the row is."""
    if isinstance(row, ClassOfRecords):
        return HoldingKind.CLASS_OF_RECORDS
    return HoldingKind.PERSONAL_INFORMATION_BANK


def parts_text(row: AnyHolding) -> Text:
    """Return all that a holding says of itself, one part a line, for search."""
    said = [(getattr(row, f"{name}_en", ""), getattr(row, f"{name}_fr", "")) for name in PARTS]
    return Text("\n".join(en for en, _fr in said if en), "\n".join(fr for _en, fr in said if fr))


def _holding(public_id: str) -> AnyHolding | None:
    for model in MODELS.values():
        if found := model.objects.select_related("source").filter(public_id=public_id).first():
            return found
    return None


def _related(row: AnyHolding) -> list[AnyHolding]:
    others: QuerySet[Any] = row.banks.all() if isinstance(row, ClassOfRecords) else row.classes.all()
    return list(others.filter(withdrawn_at__isnull=True).order_by("sort_key_en", "pk"))


def _parts(row: AnyHolding) -> Iterator[HoldingPart]:
    for name, label in PARTS.items():
        if text := Text(getattr(row, f"{name}_en", ""), getattr(row, f"{name}_fr", "")):
            yield HoldingPart(name=name, label=label, text=text)
