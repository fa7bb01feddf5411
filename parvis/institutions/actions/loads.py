"""What changes institutions: the load of facts from files."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.institutions import loading
from parvis.institutions.events import InstitutionsEvent
from parvis.institutions.files import DataFile, Holds, read_files, shipped_files
from parvis.institutions.loading import LoadReport
from parvis.institutions.policy.institutions import can_load_institutions
from parvis.search.actions import announce_all, announce_changes
from parvis.search.sources import registered

KIND = "institution"

__all__ = ["LoadReport", "load_institutions", "load_shipped_institutions"]


@action
def load_institutions(*, actor: Actor, files: Iterable[DataFile]) -> LoadReport:
    """Add and correct jurisdictions, institutions, their names and purposes; never delete. Safe to run twice.

    A row that does not fit is refused for a stated reason and the others are taken. The event is appended,
    and search is told, only when something changed.
    """
    require(can_load_institutions(actor), _("Only this installation’s staff may load institutions."))
    report = loading.load(files)
    if report.has_changes:
        _tell_search(report)
        counts = {str(holds): dict(count) for holds, count in report.counts.items()}
        append_event(InstitutionsEvent.LOADED, actor=actor, subject="institutions", counts=counts)
    return report


@action
def load_shipped_institutions(*, actor: Actor) -> LoadReport:
    """Load the facts that come with Parvis."""
    return load_institutions(actor=actor, files=read_files(shipped_files()))


def _tell_search(report: LoadReport) -> None:
    """Have search look again at what changed: where a title or a jurisdiction changed, at all that shows it."""
    announce_changes(kind=KIND, public_ids=sorted(report.touched))
    if report.counts[Holds.INSTITUTIONS]["changed"] or report.counts[Holds.JURISDICTIONS]["changed"]:
        for kind in registered():
            announce_all(kind=kind)
