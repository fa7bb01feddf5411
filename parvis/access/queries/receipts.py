"""The receipt of a submission, opened."""

from base64 import b64decode

from django.core.files.storage import default_storage

from parvis.access.models import Receipt, Submission
from parvis.vault.sealing import unseal_file


def receipt_of(submission: Submission) -> Receipt | None:
    """Return the receipt of all that was received of a submission, None until a worker has made it."""
    received = submission.parts.filter(received_on__isnull=False).count()
    return Receipt.objects.filter(submission=submission, received=received).first()


def receipt_bytes(receipt: Receipt) -> bytes:
    """Return the PDF of a receipt. Raises UnsealError when it was changed."""
    key = b64decode(receipt.read_sealed("sealed")["key"])
    with default_storage.open(receipt.storage_name) as stored:
        return unseal_file(stored.read(), key)
