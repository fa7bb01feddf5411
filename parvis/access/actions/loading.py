"""Loading the usual files that institutions offer."""

from typing import Any

from django.utils.translation import gettext as _

from parvis.access.events import AccessEvent
from parvis.access.models import UsualFile
from parvis.access.usual_files import UsualReport, line_of
from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.errors import ParvisError
from parvis.institutions import queries as institutions


@action
def load_usual_files(*, actor: Actor, entries: list[Any]) -> UsualReport:
    """Take every entry that holds together; the others are refused with their reason. Twice is the same as once."""
    require(actor.is_system)
    report = UsualReport()
    for number, told in enumerate(entries, 1):
        try:
            line = line_of(told)
        except ParvisError as error:
            report.refused.append((number, str(error)))
            continue
        known = institutions.receiving([line.institution]).get(line.institution)
        if known is None:
            reason = _("No institution has the slug %(slug)s.") % {"slug": line.institution}
            report.refused.append((number, reason))
            continue
        wanted = {**line.texts, "particulars": line.particulars, "is_offered": line.is_offered}
        row, is_new = UsualFile.objects.get_or_create(
            institution_id=known.reference.id, code=line.code, defaults=wanted
        )
        if is_new:
            report.new += 1
        elif all(getattr(row, name) == value for name, value in wanted.items()):
            report.unchanged += 1
        else:
            for name, value in wanted.items():
                setattr(row, name, value)
            row.save()
            report.changed += 1
    if report.new or report.changed:
        append_event(
            AccessEvent.USUAL_FILES_LOADED,
            actor=actor,
            subject="usual files",
            new=report.new,
            changed=report.changed,
        )
    return report
