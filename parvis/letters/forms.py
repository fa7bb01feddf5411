"""What somebody uploads to have it verified, and what is wrong with it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from parvis.letters.uploads import LARGEST_DOCUMENT, LARGEST_READ, Fingerprinting


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """The fingerprint of a document, the seal that came with it, and what is wrong, in the page's language."""

    sha256: str = ""
    seal: bytes | None = None
    error: str = ""


def read_upload(request: HttpRequest) -> Uploaded:
    """Read the two files of the request as they pass. Nothing of them is kept."""
    too_large = _("This file is larger than 20 MB. Choose the document as you received it.")
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdecimal() or int(length) > LARGEST_READ:
        return Uploaded(error=too_large)
    taken = Fingerprinting(request)
    request.upload_handlers = [taken]
    request.POST  # noqa: B018  # reading it runs the upload through the handler
    if not taken.has_document or not taken.size:
        return Uploaded(error=_("Choose the document that you want to verify."))
    if taken.size > LARGEST_DOCUMENT:
        return Uploaded(error=too_large)
    if taken.begins_with != b"%PDF-":
        return Uploaded(error=_("This file is not a PDF. Choose the PDF document that you received."))
    return Uploaded(sha256=taken.digest.hexdigest(), seal=taken.seal or None)
