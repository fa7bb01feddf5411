"""Small files of every kind, made here: those that are taken and those that are not."""

import io
import zipfile
from collections.abc import Mapping

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def a_pdf(*, password: str | None = None) -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page()
        kept = io.BytesIO()
        locked = pikepdf.Encryption(owner="o", user=password) if password is not None else False
        document.save(kept, encryption=locked)
    return kept.getvalue()


def an_image(form: str, width: int = 20) -> bytes:
    kept = io.BytesIO()
    Image.effect_noise((width, 20), 50).convert("RGB").save(kept, form)
    return kept.getvalue()


def a_heic() -> bytes:
    head = b"ftypheic\x00\x00\x00\x00mif1heic"
    boxes = [head, b"meta" + b"\x00" * 12, b"mdat" + b"\x01" * 20]
    return b"".join((len(box) + 4).to_bytes(4) + box for box in boxes)


def packed(parts: Mapping[str, bytes | str], *, deflated: bool = True) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return kept.getvalue()


def an_office_file(main: str = WORD, name: str = "word/document.xml", **more: bytes | str) -> bytes:
    types = f'<Types><Override PartName="/{name}" ContentType="{main}"/></Types>'
    extra: dict[str, bytes | str] = {key.replace("__", "/"): part for key, part in more.items()}
    return packed({"[Content_Types].xml": types, name: "<document/>", **extra})


def an_open_document(kind: str = "text", manifest: str = "<manifest/>", **more: str) -> bytes:
    parts: dict[str, bytes | str] = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": "<content/>",
        "META-INF/manifest.xml": manifest,
    }
    return packed(parts | {key.replace("__", "/"): part for key, part in more.items()})


TEST_SIGNATURE = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!" + "$H+H*"
"""What every scanner of viruses finds, and what harms nothing (eicar.org); it stands in no file in one piece."""


def an_upload(data: bytes = b"A plain note.", name: str = "note.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")
