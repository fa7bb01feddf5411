"""Finding what the rules of quality say of the records of a year. Findings change no figure."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.services import policy
from parvis.services.finding import findings_of
from parvis.services.models import Finding, ServiceYear, Snapshot, StandardYear
from parvis.services.queries.surroundings import surroundings


@action
def find_faults(*, actor: Actor, year: int, snapshot: Snapshot | None = None) -> int:
    """Hold every record of a year of one edition against the rules; return how many findings there are."""
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    services = ServiceYear.objects.in_edition(snapshot).filter(year=year)
    standards = StandardYear.objects.in_edition(snapshot).filter(year=year)
    around = surroundings(year, snapshot)
    found: list[Finding] = []
    for record in services.select_related("service", "file").defer("cells"):
        found += findings_of(record, around.of_service(record))
    for result in standards.select_related("standard__service", "file").defer("cells"):
        found += findings_of(result, around.of_standard(result))
    _write(found, services.values_list("pk", flat=True), standards.values_list("pk", flat=True))
    return len(found)


def _write(found: Iterable[Finding], services: Iterable[int], standards: Iterable[int]) -> None:
    """Write findings that are new or differ, and take away those that no longer hold."""
    kept = {
        (one.rule, one.service_year_id, one.standard_year_id): one
        for rows in (
            Finding.objects.filter(service_year__in=services),
            Finding.objects.filter(standard_year__in=standards),
        )
        for one in rows
    }
    new = []
    for finding in found:
        before = kept.pop((finding.rule, finding.service_year_id, finding.standard_year_id), None)
        if before is None:
            new.append(finding)
        elif (before.facts, before.severity) != (finding.facts, finding.severity):
            before.facts, before.severity = finding.facts, finding.severity
            before.confirmed_because, before.confirmed_at = (
                "",
                None,
            )  # what was confirmed is no longer what is there
            before.save()
    Finding.objects.filter(pk__in=[one.pk for one in kept.values()]).delete()
    Finding.objects.bulk_create(new, batch_size=1000)
