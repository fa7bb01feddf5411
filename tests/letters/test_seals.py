"""Seals: what they prove, and that the page says so in both languages while it keeps nothing."""

import base64
import hashlib
import json
import stat
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError
from parvis.letters import uploads
from parvis.letters.actions import renew_seal_key, seal_document
from parvis.letters.events import LettersEvent
from parvis.letters.keys import SealKeys
from parvis.letters.models import SealedDocument
from parvis.letters.queries import seal_keys, verify_document
from parvis.letters.sample import SAMPLE
from parvis.letters.seals import LARGEST_SEAL, Seal, Verdict, is_ours, read_seal, sign, verify

SYSTEM = Actor.system("tests")
PDF = b"%PDF-1.7\nan invented document"
AT = datetime(2026, 3, 1, 15, 4, 5, 999, tzinfo=UTC)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sealed(keys: SealKeys, content: bytes = PDF) -> Seal:
    return sign(digest(content), kind=SAMPLE.name, at=AT, keys=keys)


def test_a_seal_proves_one_document_and_no_other(tmp_path: Path) -> None:
    keys = SealKeys(tmp_path)
    seal = read_seal(sealed(keys).as_json())
    assert seal == sealed(keys)
    assert verify(digest(PDF), seal, keys) is Verdict.GENUINE
    assert verify(digest(PDF + b" "), seal, keys) is Verdict.CHANGED
    assert verify(digest(PDF), seal, SealKeys(tmp_path / "others")) is Verdict.UNKNOWN


def test_whatever_is_changed_in_a_seal_breaks_it(tmp_path: Path) -> None:
    keys = SealKeys(tmp_path)
    seal = sealed(keys)
    forged = (
        replace(seal, kind="other:kind"),
        replace(seal, sha256=digest(b"another")),
        replace(seal, sealed_at=datetime(2026, 3, 2, tzinfo=UTC)),
        replace(seal, key_id="0" * 16),
        replace(seal, key_id="../current"),
        replace(seal, signature=bytes(64)),
        replace(seal, signature=b"short"),
    )
    assert is_ours(seal, keys)
    assert not [one for one in forged if is_ours(one, keys)]


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: json.dumps({"seal": "parvis-seal-1", "kind": text}).encode())
)
def test_anything_may_be_given_as_a_seal(content: bytes) -> None:
    assert read_seal(content) is None


@pytest.mark.parametrize("value", [None, 1, [], {}, "é", "\ud800", "x" * 5_000, "2026-13-01T00:00:00Z"])
@pytest.mark.parametrize("name", ["seal", "kind", "sha256", "sealed_at", "key", "signature"])
def test_a_seal_with_any_odd_field_is_refused_and_never_an_error(
    tmp_path: Path, name: str, value: object
) -> None:
    keys = SealKeys(tmp_path)
    said = json.loads(sealed(keys).as_json()) | {name: value}
    seal = read_seal(json.dumps(said).encode())
    assert seal is None or not is_ours(seal, keys)


def test_a_file_too_large_for_a_seal_or_nested_without_end_is_none() -> None:
    assert read_seal(b" " * (LARGEST_SEAL + 1)) is None
    assert read_seal(b"[" * 4_000) is None


def test_a_renewed_key_seals_and_the_old_ones_still_verify(tmp_path: Path) -> None:
    keys = SealKeys(tmp_path)
    before = sealed(keys)
    new = keys.renew()
    after = sealed(keys)
    assert after.key_id == new != before.key_id
    assert verify(digest(PDF), before, keys) is Verdict.GENUINE
    assert verify(digest(PDF), after, keys) is Verdict.GENUINE
    assert [key["kid"] for key in keys.published()["keys"]] == [new, before.key_id]
    assert [path.stem for path in tmp_path.glob("*.pem")] == [new]
    assert stat.S_IMODE((tmp_path / f"{new}.pem").stat().st_mode) == 0o600
    (tmp_path / f"{before.key_id}.pub").unlink()  # no longer trusted
    assert verify(digest(PDF), before, keys) is Verdict.UNKNOWN


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    keys, found, gate = SealKeys(tmp_path / "keys"), [], threading.Barrier(8)

    def ask() -> None:
        gate.wait()
        found.append(keys.signing()[0])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert sorted(path.name for path in keys.folder.iterdir()) == sorted(
        [f"{found[0]}.pem", f"{found[0]}.pub", "current"]
    )


def test_anyone_can_verify_a_seal_by_the_published_keys_alone(tmp_path: Path) -> None:
    keys = SealKeys(tmp_path)
    said = json.loads(sealed(keys).as_json())
    (key,) = [one for one in keys.published()["keys"] if one["kid"] == said["key"]]
    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key["x"] + "="))
    lines = [said["seal"], said["kind"], hashlib.sha256(PDF).hexdigest(), said["sealed_at"], said["key"]]
    public.verify(
        base64.urlsafe_b64decode(said["signature"]), "\n".join(lines).encode()
    )  # raises where it is not


@pytest.mark.django_db
def test_the_register_holds_a_fingerprint_a_kind_a_moment_and_a_key_and_nothing_else() -> None:
    seal = seal_document(actor=SYSTEM, content=PDF, kind=SAMPLE.name)
    again = seal_document(actor=SYSTEM, content=PDF, kind=SAMPLE.name)
    row = SealedDocument.objects.get()
    assert {field.name for field in SealedDocument._meta.fields} == {
        "id",
        "sha256",
        "kind",
        "sealed_at",
        "key_id",
    }
    assert (row.sha256, row.kind, row.sealed_at, row.key_id) == (
        digest(PDF),
        SAMPLE.name,
        seal.sealed_at,
        seal.key_id,
    )
    assert again.sha256 == seal.sha256
    assert Event.objects.filter(name=LettersEvent.SEALED).count() == 1


@pytest.mark.django_db
def test_a_document_is_known_by_its_seal_or_by_the_register() -> None:
    seal = seal_document(actor=SYSTEM, content=PDF, kind=SAMPLE.name)
    other = seal_document(actor=SYSTEM, content=b"%PDF-other", kind=SAMPLE.name)
    assert verify_document(digest(PDF)).verdict is Verdict.GENUINE
    assert verify_document(digest(PDF), b"no seal").verdict is Verdict.GENUINE
    assert verify_document(digest(PDF), b"no seal").is_seal_unreadable
    assert verify_document(digest(PDF), other.as_json()).verdict is Verdict.GENUINE
    assert verify_document(digest(b"changed"), seal.as_json()).verdict is Verdict.CHANGED
    assert verify_document(digest(b"changed")).verdict is Verdict.UNKNOWN
    SealedDocument.objects.all().delete()
    assert verify_document(digest(PDF)).verdict is Verdict.UNKNOWN
    assert verify_document(digest(PDF), seal.as_json()).verdict is Verdict.GENUINE


@pytest.mark.django_db
def test_only_the_installation_itself_renews_the_key() -> None:
    with pytest.raises(NotAllowedError):
        renew_seal_key(actor=Actor.person(1, is_staff=True, is_strong=True))
    new = renew_seal_key(actor=SYSTEM)
    assert seal_keys().signing()[0] == new
    assert Event.objects.filter(name=LettersEvent.KEY_RENEWED).count() == 1


ADDRESSES = {"en": "/en/verify", "fr": "/fr/verifier"}


def post(language: str, document: bytes | None, seal: bytes | None = None) -> HttpResponse:
    files = {}
    if document is not None:
        files["document"] = SimpleUploadedFile("letter.pdf", document, "application/pdf")
    if seal is not None:
        files["seal"] = SimpleUploadedFile("letter.seal.json", seal, "application/json")
    return Client(enforce_csrf_checks=True).post(ADDRESSES[language], files)  # type: ignore[return-value]  # its own subclass


SENTENCES = {
    "en": (
        "This document is genuine",
        "This is not the document that we sealed",
        "We do not know this document",
    ),
    "fr": (
        "Ce document est authentique",
        "Ce n’est pas le document que nous avons scellé",
        "Nous ne connaissons pas ce document",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ADDRESSES)
def test_the_page_says_in_plain_words_what_a_document_is(language: str) -> None:
    genuine, changed, unknown = SENTENCES[language]
    seal = seal_document(actor=SYSTEM, content=PDF, kind=SAMPLE.name).as_json()
    for document, with_seal, sentence in (
        (PDF, None, genuine),
        (PDF, seal, genuine),
        (PDF + b"!", seal, changed),
        (PDF + b"!", None, unknown),
        (PDF + b"!", seal.replace(b"parvis-seal-1", b"parvis-seal-9"), unknown),
    ):
        page = post(language, document, with_seal).content.decode()
        assert [one for one in SENTENCES[language] if one in page] == [sentence]
        assert digest(document) in page
    assert SAMPLE.what.in_("fr" if language == "fr" else "en") in post(language, PDF).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ADDRESSES)
def test_a_file_that_cannot_be_verified_is_refused_with_what_to_do(language: str) -> None:
    wanted = {
        "en": ("Choose the document that you want", "not a PDF", "larger than 20"),
        "fr": ("Choisissez le document à vérifier", "pas un PDF", "dépasse 20"),
    }[language]
    too_large = b"%PDF-" + bytes(uploads.LARGEST_DOCUMENT)
    for document, sentence in (
        (None, wanted[0]),
        (b"", wanted[0]),
        (b"PK\x03\x04", wanted[1]),
        (too_large, wanted[2]),
    ):
        answer = post(language, document)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not [one for one in SENTENCES[language] if one in answer.content.decode()]


@pytest.mark.django_db
def test_an_upload_beyond_all_measure_is_not_even_read() -> None:
    answer = Client().generic(
        "POST", ADDRESSES["en"], b"--x", "multipart/form-data; boundary=x", CONTENT_LENGTH="999999999999"
    )
    assert answer.status_code == 422
    assert "larger than 20" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", [b"", b"--x", b"--x\r\nContent-Disposition: form-data; name=document\r\n\r\n", b"\x00" * 100]
)
@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "application/json"]
)
def test_no_form_that_is_none_breaks_the_page(body: bytes, kind: str) -> None:
    assert Client().generic("POST", ADDRESSES["en"], body, kind).status_code in {400, 422}


@pytest.mark.django_db
def test_nothing_that_is_uploaded_is_written_anywhere(tmp_path: Path) -> None:
    before = {path for path in django_settings.HOME.rglob("*") if path.is_file() and "keys" not in path.parts}
    rows = SealedDocument.objects.count(), Event.objects.count()
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path / "nowhere")):  # whoever wrote a file would fail
        assert post("en", b"%PDF-" + b"a secret of mine " * 400_000, b"{}").status_code == 200
    after = {path for path in django_settings.HOME.rglob("*") if path.is_file() and "keys" not in path.parts}
    assert {path for path in after - before if b"a secret of mine" in path.read_bytes()} == set()
    assert (SealedDocument.objects.count(), Event.objects.count()) == rows


@pytest.mark.django_db
def test_the_public_keys_are_published_for_programs() -> None:
    answer = Client().get("/.well-known/parvis-seal-keys.json")
    assert answer["Content-Type"] == "application/jwk-set+json"
    (first, *_rest) = answer.json()["keys"]
    assert first["kid"] == seal_keys().signing()[0]
    assert set(first) == {"kty", "crv", "x", "kid", "alg", "use"}  # and no private part
