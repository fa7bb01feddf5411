"""Making the receipt of a submission: an accessible PDF, sealed, kept encrypted."""

import hashlib
from base64 import b64encode
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from parvis.access.events import AccessEvent
from parvis.access.letters import RECEIPT, receipt_content
from parvis.access.models import Receipt, Submission
from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.letters.actions import seal_document
from parvis.letters.rendering import render
from parvis.theme.page import absolute
from parvis.vault.sealing import new_file_key, seal_file

if TYPE_CHECKING:
    from parvis.core.bilingual import Language


@action
def make_receipt(*, actor: Actor, submission: Submission) -> Receipt:
    """Make the receipt of what was received of a submission, once; whoever comes second gets the first one's."""
    require(actor.is_system)
    Submission.objects.select_for_update().get(pk=submission.pk)
    received = submission.parts.filter(received_on__isnull=False).count()
    if made := Receipt.objects.filter(submission=submission, received=received).first():
        return made
    language: Language = "fr" if submission.language == "fr" else "en"
    with translation.override(language):
        verify_at = absolute(reverse("verify_document"))
    content = render(RECEIPT, language, receipt_content(submission, language), verify_at=verify_at)
    proof = seal_document(actor=actor, content=content, kind=RECEIPT.name)
    key = new_file_key()
    row = Receipt(
        submission=submission,
        received=received,
        document_seal=proof.as_json().decode(),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    name = default_storage.save(f"receipts/{row.public_id}.sealed", ContentFile(seal_file(content, key)))
    # What a transaction that fails leaves behind is an encrypted file without its key; it is deleted all the same.
    row.storage_name = name
    row.keep_sealed("sealed", {"key": b64encode(key).decode()})
    try:
        with transaction.atomic():
            row.save()
    except BaseException:
        default_storage.delete(name)
        raise
    append_event(AccessEvent.RECEIPT_MADE, actor=actor, subject=submission, sha256=row.sha256)
    return row
