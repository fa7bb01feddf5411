"""The way out through a Notify service, against a small real one on loopback; and what it tells us afterwards."""

from collections.abc import Iterator

import pytest

from parvis.mail.backends import PermanentFaultError, TemporaryFaultError
from parvis.mail.backends.notify import NotifyBackend
from parvis.mail.sealing import Letter
from parvis.mail.states import MailFault
from tests.mail.servers import Notify, notify_server

KEY = "name-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
LETTER = Letter("alice@example.org", "Réponse", "Bonjour\n", "<p>Bonjour</p>")
TEMPLATES = {"en": "template-en", "fr": "template-fr"}
BOTH = pytest.mark.parametrize("kind", ["gc-notify", "gov-uk-notify"])


@pytest.fixture
def notify() -> Iterator[Notify]:
    with notify_server(Notify()) as running:
        yield running


def post(kind: str, notify: Notify, public_id: str = "abc123") -> str:
    backend = NotifyBackend(kind, key=KEY, templates=TEMPLATES, url=notify.url)
    sent = backend.send(LETTER, public_id=public_id, language="fr")
    backend.client.request_session.close()
    return sent


@BOTH
def test_our_text_goes_through_their_template_of_that_language(kind: str, notify: Notify) -> None:
    assert post(kind, notify) == "notification-1"
    [taken] = notify.sent
    assert taken["email_address"] == LETTER.address
    assert taken["template_id"] == "template-fr"
    assert taken["personalisation"] == {"subject": "Réponse", "body": "Bonjour\n"}
    assert taken["reference"] == "abc123"


def test_canada_is_shown_the_key_and_the_united_kingdom_a_token_signed_with_it(notify: Notify) -> None:
    post("gc-notify", notify)
    post("gov-uk-notify", notify, "def456")
    canadian, british = notify.authorizations[0], notify.authorizations[-1]
    assert canadian == f"ApiKey-v1 {KEY}"
    assert british.startswith("Bearer ey")
    assert KEY[-36:] not in british


@BOTH
@pytest.mark.parametrize(
    ("status", "message", "error", "fault"),
    [
        (400, "email_address Not a valid email address", PermanentFaultError, MailFault.ADDRESS_REFUSED),
        (400, "Missing personalisation: body", PermanentFaultError, MailFault.MESSAGE_REFUSED),
        (403, "Invalid token: API key not found", TemporaryFaultError, MailFault.CREDENTIALS),
        (429, "Exceeded rate limit of 3000 requests per 60 seconds", TemporaryFaultError, MailFault.BUSY),
        (500, "Internal server error", TemporaryFaultError, MailFault.UNREACHABLE),
        (503, "Unavailable", TemporaryFaultError, MailFault.UNREACHABLE),
    ],
)
def test_each_refusal_says_whether_to_try_again(  # a table of four
    kind: str, notify: Notify, status: int, message: str, error: type[Exception], fault: MailFault
) -> None:
    notify.answers.append((status, message))
    with pytest.raises(TemporaryFaultError) as refused:
        post(kind, notify)
    assert type(refused.value) is error
    assert refused.value.fault == fault
    assert refused.value.__context__ is None, "no trace carries the service's words"


@BOTH
def test_a_service_that_is_not_there_is_tried_again(kind: str) -> None:
    with notify_server(Notify()) as gone:
        pass
    with pytest.raises(TemporaryFaultError) as refused:
        post(kind, gone)
    assert refused.value.fault == MailFault.UNREACHABLE


@BOTH
def test_a_message_that_the_service_has_already_does_not_go_twice(kind: str, notify: Notify) -> None:
    """A worker died between the service's yes and our note of it."""
    first = post(kind, notify)
    assert post(kind, notify) == first
    assert len(notify.sent) == 1
    assert post(kind, notify, "def456") != first
