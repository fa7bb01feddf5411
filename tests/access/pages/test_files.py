"""Files on the way: attached at once, listed, removed; one that is not taken leaves all else as it is."""

from typing import Any

import pytest
from django.test import Client

from parvis.access.models import AccessRequest, Attachment, Draft
from tests.access.factories import a_receiving_institution
from tests.access.files import a_pdf, an_upload
from tests.access.pages.test_journey import at, begun, page_of

pytestmark = pytest.mark.django_db
FIRST = {
    "en": ("These files were not taken", "is not taken"),
    "fr": ("Ces fichiers n’ont pas été pris", "n’est pas"),
}
DETAILS = {"record_format": "electronic", "records_language": "any"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_file_that_is_not_taken_says_why_and_the_other_and_what_was_typed_are_kept(language: str) -> None:
    client = Client()
    draft = begun(client, language)
    posted: dict[str, Any] = {
        **DETAILS,
        "keywords": "Riverbend",
        "period_from": "nonsense",
        "go": "attach",
        "file-support": [an_upload(name="plan.txt"), an_upload(b"MZ\x90" + b"\0" * 60, "tool.exe")],
    }
    shown = page_of(client.post(at(draft, "details", language), posted))
    for words in (*FIRST[language], "tool.exe", "plan.txt", 'value="Riverbend"', 'value="nonsense"'):
        assert words in shown
    assert Attachment.objects.get().purpose == "support"
    (row,) = Attachment.objects.all()
    again = page_of(client.post(at(draft, "details", language), {**DETAILS, "remove": row.public_id}))
    assert "plan.txt" not in again
    assert not Attachment.objects.exists()


def test_ones_own_information_is_asked_by_a_representative_with_consent_and_proof() -> None:
    client, here = Client(), a_receiving_institution()
    draft = begun(client)
    for step, posted in {
        "institutions": {"institutions": [here.slug]},
        "kind": {"kind": "own"},
        "details": DETAILS,
    }.items():
        client.post(at(draft, step), posted)
    who: dict[str, Any] = {
        "has_right": "on",
        "name": "Robin Tremblay",
        "identity_by": "documents",
        "is_representative": "on",
        "represented": "Sam Roy",
        "relation": "Lawyer",
    }
    client.post(at(draft, "who"), who)
    client.post(at(draft, "contact"), {"email": "robin@example.org", "language": "en"})
    assert "Attach the signed consent" in page_of(client.post(at(draft, "review")))
    proof = {
        "file-identity": an_upload(a_pdf(), "passport.pdf"),
        "file-consent": an_upload(a_pdf(), "consent.pdf"),
    }
    assert client.post(at(draft, "who"), {**who, **proof}).status_code == 302
    assert client.post(at(draft, "review")).status_code == 302
    row = AccessRequest.objects.get()
    assert row.regime == "ca-privacy-act"
    assert sorted(row.submission.attachments.values_list("purpose", flat=True)) == ["consent", "identity"]
    assert Draft.objects.get().state == "sent"


def test_nobody_removes_a_file_of_anothers_draft() -> None:
    client, other = Client(), Client()
    draft = begun(client)
    client.post(at(draft, "details"), {**DETAILS, "go": "attach", "file-support": an_upload()})
    (row,) = Attachment.objects.all()
    theirs = Draft.objects.exclude(pk=draft.pk)
    assert other.post(at(draft, "details"), {"remove": row.public_id}).status_code == 404
    begun_too = begun_second(other, theirs)
    other.post(at(begun_too, "details"), {**DETAILS, "remove": row.public_id})
    assert Attachment.objects.filter(pk=row.pk).exists()


def begun_second(client: Client, theirs: Any) -> Draft:
    """Begin another draft, beside the one that stands."""
    known = set(Draft.objects.values_list("pk", flat=True))
    client.post("/en/ask", {"text": "All letters about the harbour", "go": "next"})
    return theirs.exclude(pk__in=known).get()  # type: ignore[no-any-return]  # a query set of drafts
