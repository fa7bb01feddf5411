"""Scanning by clamd's protocol: what is found is deleted, what is clear opens to the right people, the rest is held."""

import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from parvis.access.intake.actions import send_draft
from parvis.access.intake.files import attach_file
from parvis.access.models import Attachment
from parvis.access.scanner import ScannerError, found_in
from parvis.access.states import Purpose
from parvis.access.tasks import scan, scan_waiting
from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.roles import Role
from tests.access.factories import a_draft, a_receiving_institution
from tests.access.files import TEST_SIGNATURE, an_upload
from tests.institutions.conftest import Entering
from tests.institutions.factories import a_membership

PUBLIC = Actor.public()
HARMFUL = TEST_SIGNATURE.encode()


@contextmanager
def a_scanner(answer: bytes = b"") -> Iterator[str]:
    """Listen as clamd does: read chunks to the empty one, then say what was found; or answer as told."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _address = server.accept()
                except OSError:
                    return
                with connection:
                    assert connection.recv(10, socket.MSG_WAITALL) == b"zINSTREAM\0"
                    content = b""
                    while size := struct.unpack("!I", connection.recv(4, socket.MSG_WAITALL))[0]:
                        content += connection.recv(size, socket.MSG_WAITALL)
                    said = b"Eicar-Test-Signature FOUND" if HARMFUL in content else b"OK"
                    connection.sendall(answer or b"stream: " + said + b"\0")

        threading.Thread(target=serve, daemon=True).start()
        yield "{}:{}".format(*server.getsockname())


def test_a_content_is_sent_whole_in_chunks_and_the_answer_is_read() -> None:
    with a_scanner() as place:
        assert found_in(b"x" * 200_000, place) == ""
        assert found_in(b"x" * 100_000 + HARMFUL, place) == "Eicar-Test-Signature"


def test_who_does_not_answer_as_a_scanner_does_clears_nothing() -> None:
    for answer in (b"stream: INSTREAM size limit exceeded. ERROR\0", b"hello\0"):
        with a_scanner(answer) as place, pytest.raises(ScannerError):
            found_in(b"x", place)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(ScannerError):
            found_in(b"x", f"127.0.0.1:{port}", seconds=0.2)  # it listens, and never answers
    with pytest.raises(ScannerError):
        found_in(b"x", f"127.0.0.1:{port}", seconds=0.2)  # nobody listens any more


@pytest.mark.skipif(
    not shutil.which("clamd"), reason="no clamd: install the package clamav-daemon to try with it"
)
def test_a_real_clamd_finds_the_test_signature_and_nothing_else(tmp_path: Path) -> None:
    database, place = tmp_path / "db", tmp_path / "clamd.sock"
    database.mkdir()
    (database / "own.ndb").write_text(f"Own-Test:0:*:{HARMFUL.hex()}\n")
    settings = tmp_path / "clamd.conf"
    settings.write_text(f"DatabaseDirectory {database}\nLocalSocket {place}\nForeground yes\n")
    running = subprocess.Popen(  # noqa: S603  # our own settings
        [str(shutil.which("clamd")), "-c", str(settings)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 30
        while not place.exists() and time.monotonic() < until:
            time.sleep(0.1)
        assert found_in(b"A plain note.", str(place)) == ""
        assert found_in(HARMFUL, str(place)).startswith("Own-Test")
    finally:
        running.terminate()
        running.wait(10)


def attached(data: bytes, purpose: Purpose = Purpose.SUPPORT) -> Attachment:
    draft, key = a_draft(a_receiving_institution())
    row = attach_file(actor=PUBLIC, draft=draft, purpose=purpose, upload=an_upload(data), key=key)
    send_draft(actor=PUBLIC, draft=draft, key=key)
    row.refresh_from_db()
    return row


@pytest.mark.django_db
def test_what_is_found_is_deleted_and_what_is_clear_is_cleared(
    settings: Settings, own_home: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    clear, harmful = attached(b"A plain note."), attached(HARMFUL)
    with a_scanner() as place:
        settings.CLAMAV = place
        with django_capture_on_commit_callbacks(execute=True):
            assert scan_waiting.func(0) == 2
        scan.func(clear.pk)
    clear.refresh_from_db()
    harmful.refresh_from_db()
    assert (clear.state, harmful.state, harmful.storage_name) == ("clean", "refused", "")
    assert len(list(own_home.rglob("*.sealed"))) == 1
    assert Event.objects.get(name="access:attachment:refused").data["found"] == "Eicar-Test-Signature"


@pytest.mark.django_db
def test_without_a_scanner_or_while_it_is_away_a_file_is_held(settings: Settings) -> None:
    row = attached(b"A plain note.")
    scan.func(row.pk)
    settings.CLAMAV = "127.0.0.1:1"
    with pytest.raises(ScannerError):
        scan.func(row.pk)
    row.refresh_from_db()
    assert row.state == "quarantined"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("purpose", "role", "opens"),
    [
        (Purpose.SUPPORT, Role.OFFICER, True),
        (Purpose.SUPPORT, Role.REVIEWER, True),
        (Purpose.IDENTITY, Role.OFFICER, False),
        (Purpose.IDENTITY, Role.HEAD, False),
        (Purpose.IDENTITY, Role.PRIVACY_OFFICER, True),
        (Purpose.CONSENT, Role.PRIVACY_OFFICER, True),
    ],
)
def test_a_cleared_file_opens_to_the_right_role_at_the_right_institution(
    purpose: Purpose, role: Role, *, opens: bool, signed_in: Entering
) -> None:
    row = attached(b"A plain note.", purpose)
    part = row.submission.parts.get()  # type: ignore[union-attr]  # it was sent
    browser = signed_in(a_membership(role, part.institution).person, part.institution)
    other = a_receiving_institution()
    near_miss = signed_in(a_membership(role, other).person, other)
    address = f"/en/cases/{part.public_id}/files/{row.public_id}"
    assert browser.get(address).status_code == 404  # held
    Attachment.objects.filter(pk=row.pk).update(state="clean")
    answer = browser.get(address)
    assert answer.status_code == (200 if opens else 404)
    assert near_miss.get(address).status_code == 404
    assert (
        Event.objects.filter(name="audit:personal_information:read", data__file=row.public_id).exists()
        is opens
    )
    if opens:
        assert answer.content == b"A plain note."
        assert answer["Content-Disposition"] == 'attachment; filename="note.txt"'
        assert answer["X-Content-Type-Options"] == "nosniff"
