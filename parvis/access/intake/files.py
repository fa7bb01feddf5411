"""The files of a draft: attached, one by one, and removed. What is wrong with one leaves the others as they are."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from parvis.access import policy
from parvis.access.events import AccessEvent, unnamed
from parvis.access.forgetting import forget_files
from parvis.access.intake.contents import Content, ContentError, content_of
from parvis.access.models import Attachment, Draft
from parvis.access.states import SEND, AttachmentState, DraftState, Purpose
from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.public_id import new_public_id
from parvis.core.states import StaleStateError
from parvis.vault.sealing import new_file_key, seal_file

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LONGEST_NAME = 120
ENDINGS = {"image/jpeg": (".jpg", ".jpeg"), "image/tiff": (".tif", ".tiff"), "image/heic": (".heic", ".heif")}


@action
def attach_file(
    *, actor: Actor, draft: Draft, purpose: Purpose, upload: "UploadedFile[bytes]", key: str = ""
) -> Attachment:
    """Attach a file to a draft; the same bytes for the same purpose are kept once. Nobody opens it before a scan.

    Raises NotReadyError with a sentence that says what to do when it is not taken, StaleStateError when the draft was
    sent meanwhile.
    """
    require(policy.can_open_draft(actor, draft, key))
    require_none(_size_blockers(upload))
    data = upload.read()
    require_none(_cut_blockers(upload, data))
    try:
        content = content_of(data)
    except ContentError as error:
        require_none([error.message])
        raise
    _open_draft(draft)
    mark = hashlib.sha256(data).hexdigest()
    if known := draft.attachments.filter(purpose=purpose, sha256=mark).first():
        refused = known.state == AttachmentState.REFUSED
        require_none([_("Something harmful was found in this file. Attach another one.")] if refused else [])
        return known
    require_none(_room_blockers(draft, len(data)))
    row = Attachment(draft=draft, purpose=purpose, media_type=content.media_type, size=len(data), sha256=mark)
    _keep(row, data, safe_name(upload.name or "", content))
    append_event(
        AccessEvent.FILE_KEPT, actor=unnamed(actor), subject=row, media_type=row.media_type, size=row.size
    )
    if settings.CLAMAV:
        transaction.on_commit(lambda: app.configure_task("access.scan").defer(attachment_id=row.pk))
    return row


@action
def remove_file(*, actor: Actor, attachment: Attachment, key: str = "") -> None:
    """Remove a file from a draft that was not sent; its content is gone with it."""
    draft = attachment.draft
    require(draft is not None and policy.can_open_draft(actor, draft, key))
    assert draft is not None  # noqa: S101  # the gate above saw to it; this tells the type
    _open_draft(draft)
    append_event(AccessEvent.FILE_REMOVED, actor=unnamed(actor), subject=attachment)
    forget_files([attachment])
    Draft.objects.filter(pk=draft.pk).update(changed_at=timezone.now())


def safe_name(given: str, content: Content) -> str:
    """Return the name by which a file is shown and given out: its own, with the ending that its content has."""
    name = PurePath(given.replace("\\", "/")).name
    name = "".join(one for one in name if one.isprintable() and one not in '<>:"|?*').strip(". ")
    endings = ENDINGS.get(content.media_type, (content.ending,))
    stem, dot, last = name.rpartition(".")
    is_own = bool(dot) and f".{last.lower()}" in endings
    stem, ending = (stem, f".{last}") if is_own else (name, content.ending)
    return f"{stem[:LONGEST_NAME] or get_valid_filename(_('file'))}{ending}"


def _open_draft(draft: Draft) -> None:
    """Lock the draft, so that files that come at once are counted one after the other."""
    state = Draft.objects.select_for_update().values_list("state", flat=True).get(pk=draft.pk)
    if state != DraftState.OPEN:
        raise StaleStateError(SEND)


def _keep(row: Attachment, data: bytes, name: str) -> None:
    """Store the content under a key of its own. What a failure leaves behind goes; it has no key any more."""
    file_key = new_file_key()
    row.keep_sealed("sealed", {"name": name, "key": b64encode(file_key).decode()})
    stored = ContentFile(seal_file(data, file_key))
    row.storage_name = default_storage.save(f"attachments/{new_public_id()}{new_public_id()}.sealed", stored)
    try:
        with transaction.atomic():
            row.save()
    except BaseException:
        default_storage.delete(row.storage_name)
        raise


def _size_blockers(upload: "UploadedFile[bytes]") -> Iterator[str]:
    if not upload.size:
        yield _("This file is empty. Choose it again.")
    elif upload.size > settings.FILE_BYTES:
        yield _too_large()


def _cut_blockers(upload: "UploadedFile[bytes]", data: bytes) -> Iterator[str]:
    if len(data) != upload.size:
        yield _("The file did not arrive whole. Attach it again.")


def _room_blockers(draft: Draft, size: int) -> Iterator[str]:
    kept = list(draft.attachments.exclude(state=AttachmentState.REFUSED).values_list("size", flat=True))
    if len(kept) >= settings.FILES_AT_MOST:
        yield _("A request takes %(count)d files. Remove one first, or join several in one PDF.") % {
            "count": settings.FILES_AT_MOST
        }
    if sum(kept) + size > settings.FILES_BYTES:
        yield _(
            "The files of a request may have %(size)d MB together. Remove one first, or save a smaller one."
        ) % {"size": settings.FILES_BYTES // settings.MEGABYTE}


def _too_large() -> str:
    return _(
        "This file is too large: it may have %(size)d MB. Save it at a smaller size, or attach a part of it."
    ) % {"size": settings.FILE_BYTES // settings.MEGABYTE}
