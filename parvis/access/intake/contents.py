"""What kind of file somebody attaches: told by its content, never by its name or by what the browser says of it.

A kind that is taken is opened as well: a PDF has pages and no password, an image decodes within limits, an office file
has its parts, no macros and no bomb. What holds other files or can run is refused with a sentence that says what to do.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
import puremagic
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from parvis.core.errors import ParvisError

MOST_PIXELS = 50_000_000  # a sheet of A4 at 600 dots an inch has 35 million
MOST_FRAMES = 100  # pages of a TIFF
MOST_PARTS, MOST_UNPACKED, MOST_PACKING = 3000, 200 * 1024 * 1024, 200  # of an office file
READ_AT_MOST = 1024 * 1024  # of one of its parts
TAIL = 4096  # bytes at the end of a PDF in which its end is marked
WORD, EXCEL = (
    f"application/vnd.openxmlformats-officedocument.{one}" for one in ("wordprocessingml", "spreadsheetml")
)
MAIN_PARTS = {
    f"{WORD}.document.main+xml": (f"{WORD}.document", ".docx"),
    f"{EXCEL}.sheet.main+xml": (f"{EXCEL}.sheet", ".xlsx"),
}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
OPEN_DOCUMENTS = {f"{OPEN_DOCUMENT}.text": ".odt", f"{OPEN_DOCUMENT}.spreadsheet": ".ods"}
ACTIVE_PARTS = re.compile(
    r"vbaProject|vbaData|/activeX/|oleObject|/embeddings/.*\.bin$|^(Basic|Scripts)/", re.IGNORECASE
)
MARKUP_OR_SCRIPT = re.compile(
    r"\s*(#!|<\?php|<\?xml|<!doctype|<html|<svg|<script|<head|<body|<%|\{\\rtf|@echo off)", re.IGNORECASE
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
HEIC_BRANDS = frozenset({b"heic", b"heix", b"mif1", b"heim", b"heis"})

NOT_TAKEN = _(
    "This kind of file is not taken. Attach a PDF, a picture (JPEG, PNG, TIFF or HEIC), a Word or Excel file without "
    "macros, an OpenDocument file or plain text; save anything else as PDF."
)
CUT = _(
    "This file is cut or damaged: it does not open. Open it on your device, save it anew and attach it again."
)
HAS_PASSWORD = _("This PDF is protected. Save or print it as a PDF without protection and attach that one.")
IS_ACTIVE = _(
    "This file holds macros or other files. Save it as PDF, or without macros, and attach that one."
)
TOO_MANY_PIXELS = _("This picture is too large. Save it at a smaller size and attach it again.")
UNPACKS_TOO_FAR = _("This file unpacks to too much. Save it as PDF and attach that one.")


@dataclass(frozen=True, slots=True)
class Content:
    """What a file is: its media type, and the ending that its name has when it is given out."""

    media_type: str
    ending: str


class ContentError(ParvisError):
    """A file is not taken; the message says what to do."""


def content_of(data: bytes) -> Content:
    """Return what a file is. Raises ContentError for one that is not taken, is damaged, or can run."""
    for kind in _kinds_of(data):
        if kind in CHECKS:
            return CHECKS[kind](data)
    return _text(data)


def _kinds_of(data: bytes) -> list[str]:
    """Return the media types that the first bytes may stand for, the likeliest first."""
    if data[4:8] == b"ftyp":
        return ["image/heif"]
    if data[:4] == b"PK\x03\x04":
        return ["application/zip"]
    try:
        return [
            one.mime_type
            for one in puremagic.magic_string(data[:TAIL])
            if one.byte_match and data.startswith(one.byte_match)
        ]
    except puremagic.PureError:
        return []


def _pdf(data: bytes) -> Content:
    if b"%%EOF" not in data[-TAIL:]:
        raise ContentError(CUT)
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if document.is_encrypted:
                raise ContentError(HAS_PASSWORD)
            if not len(document.pages):
                raise ContentError(CUT)
    except pikepdf.PasswordError:
        raise ContentError(HAS_PASSWORD) from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise ContentError(CUT) from None
    return Content("application/pdf", ".pdf")


def _image(form: str, media_type: str, ending: str) -> Callable[[bytes], Content]:
    def check(data: bytes) -> Content:
        try:
            with Image.open(io.BytesIO(data), formats=[form]) as image:
                if image.width * image.height > MOST_PIXELS or getattr(image, "n_frames", 1) > MOST_FRAMES:
                    raise ContentError(TOO_MANY_PIXELS)
                image.draft("RGB", (1024, 1024))  # a JPEG is decoded at a fraction of its size
                image.load()
        except Image.DecompressionBombError:
            raise ContentError(TOO_MANY_PIXELS) from None
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
            raise ContentError(CUT) from None
        return Content(media_type, ending)

    return check


def _heic(data: bytes) -> Content:
    """Check the boxes of a HEIC picture (ISO/IEC 14496-12), which telephones take; it is not decoded."""
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, min(int.from_bytes(data[:4]), 256), 4))}
    if not brands & HEIC_BRANDS:
        raise ContentError(NOT_TAKEN)
    at, boxes = 0, set()
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4])
        size = int.from_bytes(data[at + 8 : at + 16]) if size == 1 else size or len(data) - at
        boxes.add(data[at + 4 : at + 8])
        if size < 8:  # noqa: PLR2004  # no box is shorter than its head
            raise ContentError(CUT)
        at += size
    if at != len(data) or b"meta" not in boxes:
        raise ContentError(CUT)
    return Content("image/heic", ".heic")


def _office(data: bytes) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            unpacked = sum(one.file_size for one in parts)
            if len(parts) > MOST_PARTS or unpacked > max(
                MOST_PACKING * 1024, min(MOST_UNPACKED, MOST_PACKING * len(data))
            ):
                raise ContentError(UNPACKS_TOO_FAR)
            if any(one.flag_bits & 1 for one in parts):
                raise ContentError(IS_ACTIVE)
            found = _open_document(packed) or _office_open(packed)
            if found is None:
                raise ContentError(NOT_TAKEN)
            if any(ACTIVE_PARTS.search(one.filename) for one in parts):
                raise ContentError(IS_ACTIVE)
            return found
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        zlib.error,
        ValueError,
        OSError,
        EOFError,
    ):
        raise ContentError(CUT) from None


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    """Return the beginning of one part; nothing when it is not there."""
    if name not in packed.NameToInfo:
        return b""
    with packed.open(name) as part:
        return part.read(READ_AT_MOST)


def _open_document(packed: zipfile.ZipFile) -> Content | None:
    media_type = _part(packed, "mimetype").decode("ascii", "replace").strip()
    if media_type not in OPEN_DOCUMENTS or "content.xml" not in packed.NameToInfo:
        return None
    if b"encryption-data" in _part(packed, "META-INF/manifest.xml"):
        raise ContentError(IS_ACTIVE)
    return Content(media_type, OPEN_DOCUMENTS[media_type])


def _office_open(packed: zipfile.ZipFile) -> Content | None:
    told = _part(packed, "[Content_Types].xml").decode("utf-8", "replace")
    if "macroEnabled" in told:
        raise ContentError(IS_ACTIVE)
    found = next((kind for main, kind in MAIN_PARTS.items() if main in told), None)
    has_main = any(name in packed.NameToInfo for name in ("word/document.xml", "xl/workbook.xml"))
    return Content(*found) if found and has_main else None


def _text(data: bytes) -> Content:
    """Take plain text, in UTF-8, UTF-16 with its mark, or Windows-1252; no markup and no script."""
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise ContentError(NOT_TAKEN) from None
    if CONTROLS.search(text) or MARKUP_OR_SCRIPT.match(text) or data[:2] == b"MZ" or data[:4] == b"%!PS":
        raise ContentError(NOT_TAKEN)
    return Content("text/plain", ".txt")


CHECKS: dict[str, Callable[[bytes], Content]] = {
    "application/pdf": _pdf,
    "application/zip": _office,
    "image/png": _image("PNG", "image/png", ".png"),
    "image/jpeg": _image("JPEG", "image/jpeg", ".jpg"),
    "image/tiff": _image("TIFF", "image/tiff", ".tif"),
    "image/heif": _heic,
}
