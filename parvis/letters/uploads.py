"""Takes an uploaded document without keeping it: its fingerprint is computed as it passes, and it is gone."""

import hashlib
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from parvis.letters.seals import LARGEST_SEAL

LARGEST_DOCUMENT = 20 * 1024 * 1024  # bytes
LARGEST_READ = 100 * 1024 * 1024  # what is still read to its end, so that a browser sees the answer


class Fingerprinting(FileUploadHandler):
    """Reads the fields `document`, as its SHA-256, and `seal`, as its few bytes; writes nothing anywhere."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.digest = hashlib.sha256()
        self.size = 0
        self.begins_with = b""
        self.seal: bytes | None = None
        self.has_document = False

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        """Begin one of the two files; any other is passed over."""
        super().new_file(field_name, file_name, *args, **kwargs)
        is_again = self.has_document if field_name == "document" else self.seal is not None
        if field_name not in {"document", "seal"} or is_again:
            raise SkipFile
        if field_name == "document":
            self.has_document = True
        else:
            self.seal = b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002  # django's own signature
        """Take a part of the file, and hand nothing on."""
        if self.field_name == "seal":
            self.seal = ((self.seal or b"") + raw_data)[: LARGEST_SEAL + 1]
            return
        self.begins_with = self.begins_with or raw_data[:5]
        self.size += len(raw_data)
        if self.size <= LARGEST_DOCUMENT:
            self.digest.update(raw_data)

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002  # django's own signature
        """Leave nothing behind: there is no file for `request.FILES`."""
        return
