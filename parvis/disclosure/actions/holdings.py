"""Taking holdings, their categories and their links."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.sort_key import sort_key
from parvis.disclosure import policy
from parvis.disclosure.models import (
    ClassOfRecords,
    Load,
    PersonalInformationBank,
    PersonalInformationCategory,
)
from parvis.disclosure.reading.holdings import HoldingRecord, digest_of_values
from parvis.disclosure.states import HoldingKind
from parvis.search.actions import announce_changes

MODELS: Mapping[HoldingKind, type[ClassOfRecords] | type[PersonalInformationBank]] = {
    HoldingKind.CLASS_OF_RECORDS: ClassOfRecords,
    HoldingKind.PERSONAL_INFORMATION_BANK: PersonalInformationBank,
}


@dataclass(frozen=True, kw_only=True)
class PlacedHolding:
    """A holding with its institution resolved. `ordinal` tells apart holdings of one institution and number."""

    record: HoldingRecord
    institution_id: int | None
    institution_key: str
    institution_as_written: str
    ordinal: int

    @property
    def number(self) -> str:
        """Its number as the file gives it."""
        return self.record.rows[0].number

    @property
    def key(self) -> tuple[str, str, int]:
        """What it is found again by."""
        return self.institution_key, self.number, self.ordinal


@dataclass
class TakenHoldings:
    """What became of holdings: `counts` by row (new, changed, unchanged) and by record."""

    counts: Counter[str] = field(default_factory=Counter)
    seen: set[int] = field(default_factory=set)
    touched: list[str] = field(default_factory=list)


@action
def take_holdings(
    *, actor: Actor, load: Load, kind: HoldingKind, holdings: Sequence[PlacedHolding]
) -> TakenHoldings:
    """Take holdings of one kind. Safe to run twice."""
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    model, taken = MODELS[kind], TakenHoldings()
    rows = model.objects.filter(source=load.source, number_key__in={holding.number for holding in holdings})
    kept = {(row.institution_key, row.number_key, row.ordinal): row for row in rows}
    for holding in holdings:
        row = kept.get(holding.key) or model(source=load.source)
        outcome = _bring(row, holding)
        taken.counts[outcome] += len(holding.record.rows)
        taken.counts["records"] += 1
        taken.seen.add(row.pk)
        if outcome != "unchanged":
            taken.touched.append(row.public_id)
    announce_changes(kind=kind.value, public_ids=taken.touched)
    return taken


def _bring(row: ClassOfRecords | PersonalInformationBank, holding: PlacedHolding) -> str:
    """Bring the row to what the holding says and return what that was: new, changed or unchanged."""
    values = holding.record.values
    is_standard = holding.record.rows[0].is_standard
    digest = digest_of_values(values, str(holding.institution_id), str(is_standard))
    is_new = row.pk is None
    if not is_new and row.digest == digest and row.withdrawn_at is None:
        return "unchanged"
    for name, text in values.items():
        setattr(row, name, text)
    row.institution_key, row.number_key, row.ordinal = holding.key
    row.institution_id = holding.institution_id
    row.institution_as_written = holding.institution_as_written
    row.is_standard, row.is_invented = is_standard, row.source.is_invented
    row.sort_key_en = sort_key(row.title_en or row.title_fr or row.number_en)[:200]
    row.sort_key_fr = sort_key(row.title_fr or row.title_en or row.number_fr or row.number_en)[:200]
    row.digest, row.changed_at, row.withdrawn_at = digest, timezone.now(), None
    row.first_seen_at = row.changed_at if is_new else row.first_seen_at
    row.save()
    return "new" if is_new else "changed"


@action
def take_categories(*, actor: Actor, categories: Sequence[Mapping[str, str]]) -> Counter[str]:
    """Take the categories by which personal information is described; each has code, names and examples."""
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    counts: Counter[str] = Counter()
    kept = {row.code: row for row in PersonalInformationCategory.objects.all()}
    for values in categories:
        row = kept.get(values["code"])
        if row and all(getattr(row, name) == text for name, text in values.items()):
            counts["unchanged"] += 1
            continue
        counts["changed" if row else "new"] += 1
        row = row or PersonalInformationCategory()
        for name, text in values.items():
            setattr(row, name, text)
        row.save()
    return counts


@action
def link_banks(*, actor: Actor, source: str, links: Collection[tuple[int, int]]) -> int:
    """Bring the links between a source's banks and its classes (keys of both) to exactly `links`; count the changes."""
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    wanted: dict[int, set[int]] = {}
    for bank_id, class_id in links:
        wanted.setdefault(bank_id, set()).add(class_id)
    changed = 0
    for bank in PersonalInformationBank.objects.filter(source__name=source).prefetch_related("classes"):
        kept = {one.pk for one in bank.classes.all()}
        if kept != wanted.get(bank.pk, set()):
            bank.classes.set(wanted.get(bank.pk, set()))
            changed += len(kept ^ wanted.get(bank.pk, set()))
    return changed
