"""What administrators do on the maintenance page."""

from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.jobs import give_back
from parvis.web.events import OperationEvent
from parvis.web.policy import can_maintain


@action
def retry_job(*, actor: Actor, job_id: int) -> None:
    """Put a task that was given up into the queue again.

    Raises NotReadyError when it no longer stands as failed, and ParvisError when the same task waits already.
    """
    require(can_maintain(actor))
    if not give_back(job_id):
        require_none([_("This task no longer stands as failed. Reload the page to see where it stands now.")])
    append_event(OperationEvent.JOB_RETRIED, actor=actor, subject="job", job=job_id)
