"""Attaching files: told by content, within limits, sealed, once; what is wrong with one leaves the others alone."""

from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from parvis.access import queries
from parvis.access.intake.actions import discard_draft, send_draft
from parvis.access.intake.contents import ContentError, content_of
from parvis.access.intake.files import attach_file, remove_file
from parvis.access.models import Attachment, Draft
from parvis.access.states import AttachmentState, Purpose
from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError, NotReadyError
from parvis.core.states import StaleStateError
from tests.access import files
from tests.access.factories import a_draft, a_receiving_institution
from tests.access.files import an_upload

PUBLIC = Actor.public()
SUPPORT, IDENTITY = Purpose.SUPPORT, Purpose.IDENTITY
TAKEN = {
    "application/pdf": files.a_pdf(),
    "image/png": files.an_image("PNG"),
    "image/jpeg": files.an_image("JPEG"),
    "image/tiff": files.an_image("TIFF"),
    "image/heic": files.a_heic(),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": files.an_office_file(),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": files.an_office_file(
        files.EXCEL, "xl/workbook.xml"
    ),
    "application/vnd.oasis.opendocument.text": files.an_open_document(),
    "application/vnd.oasis.opendocument.spreadsheet": files.an_open_document("spreadsheet"),
    "text/plain": "Été : les pièces demandées".encode("cp1252"),
}
REFUSED = {
    "a program for Windows": (b"MZ\x90\x00" + b"\x00" * 60, "is not taken"),
    "a program for Linux": (b"\x7fELF\x02\x01" + b"\x00" * 60, "is not taken"),
    "a page": (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "is not taken"),
    "a drawing with scripts": (b'<?xml version="1.0"?><svg onload="x()"/>', "is not taken"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "is not taken"),
    "rich text": (rb"{\rtf1 {\object\objdata}}", "is not taken"),
    "an archive": (files.packed({"a.txt": "a"}), "is not taken"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "is not taken"),
    "a packed file": (b"\x1f\x8b\x08\x00" + b"\x00" * 60, "is not taken"),
    "a film": (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "is not taken"),
    "a PDF behind a program": (b"MZ" + files.a_pdf(), "is not taken"),
    "Word with macros": (
        files.an_office_file(word__vbaProject=b"x"),
        "macros",
    ),
    "Word that is macro-enabled": (
        files.an_office_file("application/vnd.ms-word.document.macroEnabled.main+xml"),
        "macros",
    ),
    "Word with a file inside": (files.an_office_file(word__embeddings__oleObject1=b"x"), "other files"),
    "a text document with macros": (files.an_open_document(Basic__one="Sub Main"), "macros"),
    "a text document with a password": (files.an_open_document(manifest="<encryption-data/>"), "without"),
    "a bomb": (files.an_office_file(word__media=b"\x00" * 60_000_000), "unpacks to too much"),
    "a cut Word file": (files.an_office_file()[:-30], "cut or damaged"),
    "a PDF with a password": (files.a_pdf(password="secret"), "protected"),
    "a PDF that forbids printing": (files.a_pdf(password=""), "protected"),
    "a cut PDF": (files.a_pdf()[:-40], "cut or damaged"),
    "a PDF of nothing": (b"%PDF-1.7\n%%EOF", "cut or damaged"),
    "a cut picture": (files.an_image("JPEG", 300)[:2000], "cut or damaged"),
    "a cut telephone picture": (files.a_heic()[:-5], "cut or damaged"),
}


@pytest.mark.parametrize("media_type", TAKEN)
def test_what_is_taken_is_told_by_its_content(media_type: str) -> None:
    assert content_of(TAKEN[media_type]).media_type == media_type


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_taken_says_what_to_do_in_both_languages(name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(ContentError, match=words) as refused:
        content_of(data)
    with translation.override("fr"):
        assert str(refused.value) != words
        assert not str(refused.value).startswith("This")


def test_a_picture_with_more_pixels_than_it_may_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parvis.access.intake.contents.MOST_PIXELS", 399)
    with pytest.raises(ContentError, match="too large"):
        content_of(files.an_image("PNG"))


def stored() -> set[str]:
    try:
        return set(default_storage.listdir("attachments")[1])
    except FileNotFoundError:
        return set()


@pytest.mark.django_db
def test_a_file_is_kept_encrypted_under_a_name_that_says_nothing_and_held_until_it_is_scanned() -> None:
    draft, key = a_draft()
    data, before = files.a_pdf(), stored()
    row = attach_file(
        actor=PUBLIC, draft=draft, purpose=IDENTITY, upload=an_upload(data, "passport-tremblay.exe"), key=key
    )
    (name,) = stored() - before
    lies = Path(default_storage.path(f"attachments/{name}")).read_bytes()
    assert data[:40] not in lies
    assert b"%PDF" not in lies
    assert queries.file_bytes(row) == data
    assert (row.state, row.media_type, row.size) == ("quarantined", "application/pdf", len(data))
    (shown,) = queries.files_of(draft)
    assert (shown.name, shown.is_waiting, shown.is_clean) == ("passport-tremblay.exe.pdf", True, False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM access_attachment t")
        assert "passport" not in str(cursor.fetchall())
    assert "passport" not in str(list(Event.objects.values_list("data", flat=True)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Scan.PDF", "Scan.PDF"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\a b.pdf", "a b.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ('a"<b>\r\n.pdf', "ab.pdf"),
        ("été.pdf.js", "été.pdf.js.pdf"),
        (".pdf", "pdf.pdf"),
    ],
)
def test_the_name_of_a_file_is_its_own_with_the_ending_of_its_content(given: str, shown: str) -> None:
    draft, key = a_draft()
    upload = an_upload(files.a_pdf())
    vars(upload)["_name"] = given  # what a client may send; Django itself cuts some of it
    attach_file(actor=PUBLIC, draft=draft, purpose=SUPPORT, upload=upload, key=key)
    assert queries.files_of(draft)[0].name == shown


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once_for_each_purpose() -> None:
    draft, key = a_draft()
    rows = [
        attach_file(actor=PUBLIC, draft=draft, purpose=purpose, upload=an_upload(), key=key)
        for purpose in (SUPPORT, SUPPORT, IDENTITY)
    ]
    assert rows[0] == rows[1] != rows[2]
    assert Attachment.objects.count() == 2


@pytest.mark.django_db
def test_limits_of_number_and_size_are_said_and_leave_the_other_files_alone(
    settings: Settings,
) -> None:
    settings.FILES_AT_MOST, settings.FILE_BYTES, settings.FILES_BYTES = 2, 10, 15
    draft, key = a_draft()

    def attach(data: bytes) -> Attachment:
        return attach_file(actor=PUBLIC, draft=draft, purpose=SUPPORT, upload=an_upload(data), key=key)

    attach(b"123456789")
    for data, words in ((b"", "is empty"), (b"1" * 11, "too large"), (b"1234567", "together")):
        with pytest.raises(NotReadyError, match=words):
            attach(data)
    attach(b"1234")
    with pytest.raises(NotReadyError, match="takes 2 files"):
        attach(b"1")
    cut = an_upload(b"12")
    cut.size = 3
    with pytest.raises(NotReadyError, match="did not arrive whole"):
        attach_file(actor=PUBLIC, draft=draft, purpose=SUPPORT, upload=cut, key=key)
    assert [one.row.size for one in queries.files_of(draft)] == [9, 4]


@pytest.mark.django_db(transaction=True)
def test_files_that_come_at_once_are_counted_one_after_the_other() -> None:
    draft, key = a_draft()
    start, refused = Barrier(4), []

    def post(number: int) -> None:
        start.wait(10)
        try:
            for time in range(3):
                upload = an_upload(f"{number} {time}".encode())
                attach_file(actor=PUBLIC, draft=draft, purpose=SUPPORT, upload=upload, key=key)
        except NotReadyError as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=post, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Attachment.objects.count() == settings.FILES_AT_MOST
    assert refused


@pytest.mark.django_db
def test_a_removed_file_and_a_discarded_draft_leave_no_content_behind(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    before = stored()
    draft, key = a_draft()
    one, _two = (
        attach_file(actor=PUBLIC, draft=draft, purpose=SUPPORT, upload=an_upload(data), key=key)
        for data in (b"one", b"two")
    )
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(actor=PUBLIC, attachment=one, key=key)
    assert len(stored() - before) == 1
    with django_capture_on_commit_callbacks(execute=True):
        discard_draft(actor=PUBLIC, draft=draft, key=key)
    assert stored() == before
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_nobody_else_attaches_or_removes_and_nothing_changes_once_it_is_sent() -> None:
    draft, key = a_draft(a_receiving_institution())
    row = attach_file(actor=PUBLIC, draft=draft, purpose=SUPPORT, upload=an_upload(), key=key)
    for tried in ("", "wrong"):
        with pytest.raises(NotAllowedError):
            attach_file(actor=PUBLIC, draft=draft, purpose=SUPPORT, upload=an_upload(b"2"), key=tried)
        with pytest.raises(NotAllowedError):
            remove_file(actor=PUBLIC, attachment=row, key=tried)
    stale = Draft.objects.get(pk=draft.pk)
    submission = send_draft(actor=PUBLIC, draft=draft, key=key)
    row.refresh_from_db()
    assert row.submission == submission
    with pytest.raises(StaleStateError):
        attach_file(actor=PUBLIC, draft=stale, purpose=SUPPORT, upload=an_upload(b"2"), key=key)
    with pytest.raises(StaleStateError):
        remove_file(actor=PUBLIC, attachment=row, key=key)


@pytest.mark.django_db
def test_a_file_in_which_something_was_found_is_not_taken_again() -> None:
    draft, key = a_draft()
    row = attach_file(actor=PUBLIC, draft=draft, purpose=SUPPORT, upload=an_upload(), key=key)
    Attachment.objects.filter(pk=row.pk).update(state=AttachmentState.REFUSED)
    with pytest.raises(NotReadyError, match="harmful"):
        attach_file(actor=PUBLIC, draft=draft, purpose=SUPPORT, upload=an_upload(), key=key)
