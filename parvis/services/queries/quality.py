"""The findings of quality, for pages, the API and the report of a department."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from parvis.core.bilingual import Text
from parvis.institutions import queries as institutions
from parvis.institutions.queries import InstitutionReference
from parvis.services.models import Finding, ServiceYear, StandardYear
from parvis.services.quality.rules import Rule, rule_named
from parvis.services.states import Severity
from parvis.services.values import fiscal_year

ORDER = {severity: place for place, severity in enumerate(Severity.values)}


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityItem:
    """One finding: of which record, what it says, what to do, and the values that raised it."""

    rule: Rule
    severity: Severity
    year: int
    institution: InstitutionReference | None
    service_public_id: str
    service_id: str
    service_name: Text
    standard_public_id: str  # empty where it is about the service
    standard_id: str
    standard_name: Text
    facts: Mapping[str, str]
    because: str = ""  # why a person says that it is right all the same

    def as_json(self) -> dict[str, object]:
        """Return it as the command and the API give it."""
        return {
            "rule": self.rule.code,
            "official_rule": self.rule.official or None,
            "severity": self.severity.value,
            "fiscal_year": fiscal_year(self.year),
            "institution": self.institution.slug if self.institution else None,
            "service_id": self.service_id,
            "service": self.service_public_id,
            "service_name": {"en": self.service_name.en, "fr": self.service_name.fr},
            "standard_id": self.standard_id or None,
            "standard": self.standard_public_id or None,
            "fields": list(self.rule.fields),
            "says": {"en": self.rule.says.en, "fr": self.rule.says.fr},
            "do": {"en": self.rule.do.en, "fr": self.rule.do.fr},
            "facts": dict(self.facts),
            "confirmed_because": self.because or None,
        }


@dataclass(frozen=True, slots=True)
class QualityReport:
    """The findings of one institution, or of all, the gravest first."""

    items: tuple[QualityItem, ...]

    @property
    def by_severity(self) -> Counter[str]:
        """Count findings by severity."""
        return Counter(item.severity.value for item in self.items)

    @property
    def by_rule(self) -> Counter[str]:
        """Count findings by rule."""
        return Counter(item.rule.code for item in self.items)


def quality_report(*, institution: str = "", year: int | None = None, snapshot: str = "") -> QualityReport:
    """Return the findings of an institution (its slug) and year, of what stands or of a snapshot (its label)."""
    about_services = Q(service_year__isnull=False, **_chosen("service_year", institution, year, snapshot))
    about_standards = Q(standard_year__isnull=False, **_chosen("standard_year", institution, year, snapshot))
    rows = Finding.objects.filter(about_services | about_standards).select_related(
        "service_year__service", "standard_year__standard__service"
    )
    rows = rows.defer("service_year__cells", "standard_year__cells")
    return QualityReport(_items(rows))


def findings_for(record: ServiceYear | StandardYear) -> tuple[QualityItem, ...]:
    """Return the findings of one record, the gravest first."""
    about = "service_year" if isinstance(record, ServiceYear) else "standard_year"
    rows = Finding.objects.filter(**{about: record}).select_related(
        "service_year__service", "standard_year__standard__service"
    )
    return _items(rows)


def _chosen(about: str, institution: str, year: int | None, snapshot: str) -> dict[str, object]:
    chosen: dict[str, object] = {}
    if snapshot:
        chosen[f"{about}__snapshot__label"] = snapshot
    else:
        chosen[f"{about}__snapshot__isnull"] = True
    if institution:
        chosen[f"{about}__institution__slug"] = institution
    if year is not None:
        chosen[f"{about}__year"] = year
    return chosen


def _items(findings: Iterable[Finding]) -> tuple[QualityItem, ...]:
    rows = list(findings)
    records = [row.service_year or row.standard_year for row in rows]
    known = institutions.references(
        one.institution_id for one in records if one is not None and one.institution_id is not None
    )
    items = [
        _item(row, known.get(record.institution_id or 0))
        for row, record in zip(rows, records, strict=True)
        if record is not None
    ]
    return tuple(sorted(items, key=_place))


def _place(item: QualityItem) -> tuple[int, int, str, str, str]:
    return (-item.year, ORDER[item.severity], item.rule.code, item.service_id, item.standard_id)


def _item(row: Finding, institution: InstitutionReference | None) -> QualityItem:
    record, result = row.service_year, row.standard_year
    standard = result.standard if result else None
    service = record.service if record else standard.service if standard else None
    return QualityItem(
        rule=rule_named(row.rule),
        severity=Severity(row.severity),
        year=record.year if record else result.year if result else 0,
        institution=institution,
        service_public_id=service.public_id if service else "",
        service_id=service.service_id if service else "",
        service_name=service.name if service else Text(),
        standard_public_id=standard.public_id if standard else "",
        standard_id=standard.service_standard_id if standard else "",
        standard_name=standard.name if standard else Text(),
        facts=row.facts,
        because=row.confirmed_because,
    )
