"""Attached files: as a list with their names, and opened."""

from base64 import b64decode
from dataclasses import dataclass

from django.core.files.storage import default_storage

from parvis.access.models import Attachment, Draft
from parvis.access.states import AttachmentState
from parvis.vault.sealing import unseal_file


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """One file as a line of a list."""

    row: Attachment
    name: str

    @property
    def is_waiting(self) -> bool:
        """Whether it is held until a scan."""
        return self.row.state == AttachmentState.QUARANTINED

    @property
    def is_clean(self) -> bool:
        """Whether it may be opened by who may open files of its purpose."""
        return self.row.state == AttachmentState.CLEAN

    @property
    def is_refused(self) -> bool:
        """Whether something harmful was found, and it was deleted."""
        return self.row.state == AttachmentState.REFUSED


def kept_file(row: Attachment) -> KeptFile:
    """Return a file with its name, empty when its schedule erased it."""
    return KeptFile(row=row, name="" if row.is_erased("sealed") else row.read_sealed("sealed")["name"])


def files_of(draft: Draft) -> tuple[KeptFile, ...]:
    """Return the files of a draft in the order in which they came, those that were refused among them."""
    return tuple(kept_file(row) for row in draft.attachments.order_by("pk"))


def file_bytes(row: Attachment) -> bytes:
    """Return the content of a file. Raises UnsealError when it was changed, FileNotFoundError when it is gone."""
    if not row.storage_name:
        raise FileNotFoundError(row.public_id)
    key = b64decode(row.read_sealed("sealed")["key"])
    with default_storage.open(row.storage_name) as stored:
        return unseal_file(stored.read(), key)
