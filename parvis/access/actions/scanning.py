"""What a scan found: a file is cleared, or its content is deleted. While nobody scans, it stays held."""

from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from parvis.access.events import AccessEvent
from parvis.access.models import Attachment
from parvis.access.states import CLEAR, REFUSE
from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.states import StaleStateError, advance


@action
def note_scan(*, actor: Actor, attachment: Attachment, found: str) -> None:
    """Clear a file in which a scan found nothing; delete the content of one in which it found `found`.

    Scanned already, as by two workers at once, it stays as it is.
    """
    require(actor.is_system)
    now, name = timezone.now(), attachment.storage_name
    try:
        if not found:
            advance(attachment, CLEAR, scanned_at=now)
            append_event(AccessEvent.FILE_CLEARED, actor=actor, subject=attachment)
            return
        advance(attachment, REFUSE, scanned_at=now, storage_name="")
    except StaleStateError:
        return
    if name:
        transaction.on_commit(partial(default_storage.delete, name))
    append_event(AccessEvent.FILE_REFUSED, actor=actor, subject=attachment, found=found[:100])
