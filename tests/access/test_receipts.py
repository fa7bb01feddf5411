"""The receipt: made once by the worker, accessible, sealed for anyone to verify, and encrypted where it lies."""

import io
import re
from pathlib import Path
from threading import Barrier, Thread

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from parvis.access.actions.receipts import make_receipt
from parvis.access.letters import RECEIPT, receipt_content
from parvis.access.models import Receipt, Submission
from parvis.access.queries.receipts import receipt_bytes
from parvis.access.states import RequestKind
from parvis.access.tasks import follow_up
from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.bilingual import LANGUAGES, Language
from parvis.core.errors import NotAllowedError
from parvis.letters.queries import verify_document
from parvis.letters.rendering import render
from parvis.letters.seals import Verdict
from parvis.theme import formats
from parvis.vault.sealing import UnsealError
from tests.access.factories import ASKER, WORDS, a_receiving_institution, a_submission
from tests.letters.test_letters import elements, text_of

SYSTEM = Actor.system("test")
pytestmark = pytest.mark.django_db


def three_parts(language: Language = "en") -> Submission:
    places = [
        a_receiving_institution(),
        a_receiving_institution("ca-bc"),
        a_receiving_institution(fee_choice="statute"),
    ]
    return a_submission(*places, language=language)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_is_tagged_in_its_language_with_every_part_under_its_own_heading(
    language: Language,
) -> None:
    submission = three_parts(language)
    content = receipt_bytes(make_receipt(actor=SYSTEM, submission=submission))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang).startswith(language)
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert submission.parts.order_by("pk")[0].number in metadata["dc:title"]
        headings = [one for one in elements(pdf.Root.StructTreeRoot.K) if re.fullmatch(r"/H\d", one)]
    assert headings == ["/H1", "/H2", "/H2", "/H3", "/H3", "/H3", "/H2"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_says_what_was_asked_of_whom_and_by_when_with_the_reasons(language: Language) -> None:
    submission = three_parts(language)
    read = re.sub(r"\s+", " ", text_of(receipt_bytes(make_receipt(actor=SYSTEM, submission=submission))))
    places = [read.index(WORDS)]
    for part in submission.parts.order_by("pk"):
        places.append(read.index(part.number, places[-1]))
        if part.statute_due:
            places.append(
                read.index(formats.day(part.statute_due, language).replace("\u00a0", " "), places[-1])
            )
    assert places == sorted(places)
    wait = {"en": "This part waits for its fee.", "fr": "Cette partie attend le paiement des droits."}
    assert wait[language] in read
    assert {"en": "that day is not counted", "fr": "ce jour n’est pas compté"}[language] in read
    assert "Robin" not in read


def test_a_receipt_is_verified_by_anyone_and_one_changed_byte_is_found_out(client: Client) -> None:
    receipt = make_receipt(actor=SYSTEM, submission=a_submission()[0])
    assert verify_document(receipt.sha256, receipt.document_seal.encode()).verdict is Verdict.GENUINE
    assert verify_document("0" * 64, receipt.document_seal.encode()).verdict is not Verdict.GENUINE
    page = client.post(
        "/en/verify",
        {"document": io.BytesIO(receipt_bytes(receipt)), "seal": io.BytesIO(receipt.document_seal.encode())},
    )
    assert "receipt of an access request" in page.content.decode()


def test_a_receipt_is_made_once_and_lies_encrypted(own_home: Path) -> None:
    submission, _key = a_submission()
    follow_up.func(submission.pk)
    follow_up.func(submission.pk)
    receipt = Receipt.objects.get()
    (stored,) = (path for path in own_home.rglob("*") if path.is_file())
    assert b"%PDF" not in stored.read_bytes()
    assert receipt_bytes(receipt).startswith(b"%PDF")
    stored.write_bytes(stored.read_bytes()[:-1] + b"x")
    with pytest.raises(UnsealError):
        receipt_bytes(receipt)
    assert Event.objects.filter(name="access:receipt:made").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_receipt_and_leave_one_file(own_home: Path) -> None:
    submission, _key = a_submission()
    start, made = Barrier(2), []

    def work() -> None:
        start.wait(10)
        try:
            made.append(make_receipt(actor=SYSTEM, submission=submission).pk)
        finally:
            connection.close()

    threads = [Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(made) == 2
    assert len(set(made)) == 1
    assert len([path for path in own_home.rglob("*") if path.is_file()]) == 1


def test_only_the_installation_makes_receipts() -> None:
    with pytest.raises(NotAllowedError):
        make_receipt(actor=Actor.public(), submission=a_submission()[0])


def test_a_copy_says_that_no_statute_governs_it() -> None:
    submission, _key = a_submission(
        a_receiving_institution(), kind=RequestKind.COPY, package="abc", asker=ASKER
    )
    read = re.sub(r"\s+", " ", text_of(render(RECEIPT, "en", receipt_content(submission, "en"))))
    assert "No statute governs a copy" in read
    assert "Service standard" in read
    assert str(timezone.localdate().year) in read


@pytest.mark.parametrize("part", ["receipt.pdf", "receipt.seal.json", ""])
def test_a_receipt_opens_to_its_requester_and_to_nobody_else(client: Client, part: str) -> None:
    submission, key = a_submission()
    make_receipt(actor=SYSTEM, submission=submission)
    address = f"/en/requests/{submission.public_id}" + (f"/{part}" if part else "")
    assert client.get(address).status_code == 404
    asked = client.get(f"/en/requests/back/{key}")
    assert asked.status_code == 200
    assert asked["Referrer-Policy"] == "same-origin"
    assert (
        client.get(address).status_code == 404
    )  # a look at the link opens nothing: a scanner of mail may follow it
    client.post(f"/en/requests/back/{key}")
    opened = client.get(address)
    assert opened.status_code == 200
    assert opened["Cache-Control"] == "no-store"
