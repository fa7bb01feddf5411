"""The catcher and the staff pages: who sees what, and that nobody sees to whom."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from parvis.core.roles import Grant, Role
from parvis.mail import actions, delivery
from parvis.mail.backends import PermanentFaultError
from parvis.mail.models import OutgoingMail
from parvis.mail.states import MailFault
from tests.acting import acting
from tests.mail.conftest import ACTOR, ADDRESS
from tests.mail.test_delivery import WayOut

pytestmark = pytest.mark.django_db
STAFF_PAGES = (
    ("/en/staff/mail", "/fr/personnel/courriels"),
    ("/en/staff/mail?state=failed&page=9", "/fr/personnel/courriels?state=nothing&page=x"),
    ("/en/staff/mail/messages", "/fr/personnel/courriels/messages"),
    ("/en/staff/mail/messages/tests/welcome", "/fr/personnel/courriels/messages/tests/welcome"),
    (
        "/en/staff/mail/messages/tests/welcome/fr.html",
        "/fr/personnel/courriels/messages/tests/welcome/en.html",
    ),
)
ADMINISTRATOR = Grant(Role.ADMINISTRATOR)


def send(settings: Settings, *, through: str = "smtp") -> OutgoingMail:
    settings.MAIL, settings.SMTP_URL = through, "smtp+unencrypted://127.0.0.1:1"
    return actions.send_mail(
        actor=ACTOR,
        template="tests/welcome",
        address=ADDRESS,
        language="fr",
        context={"name": "https://example.org/a?b=1&c=2"},
    )


@pytest.mark.parametrize("address", [address for pair in STAFF_PAGES for address in pair])
def test_staff_pages_open_to_those_who_run_the_installation_and_are_unknown_to_others(
    address: str, settings: Settings
) -> None:
    send(settings)
    for role in (Role.ADMINISTRATOR, Role.CENTRAL_OFFICE):
        with acting(Grant(role)) as client:
            answer = client.get(address)
            assert answer.status_code == 200
            assert ADDRESS not in answer.content.decode()
    for grants in ((), (Grant(Role.AUDITOR),), (Grant(Role.ADMINISTRATOR, 3),)):  # the right role, elsewhere
        with acting(*grants) as client:
            assert client.get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_the_staff_index_shows_each_person_what_opens_to_them() -> None:
    with acting(ADMINISTRATOR) as client:
        page = client.get("/fr/personnel").content.decode()
        assert "Messages sortants" in page
        assert 'href="/fr/personnel/courriels"' in page
    with acting(Grant(Role.OFFICER, 3)) as client:
        assert client.get("/fr/personnel/courriels").status_code == 404


def test_a_failure_is_shown_with_its_reason_and_can_be_tried_again(settings: Settings) -> None:
    mail = send(settings)
    delivery.deliver(mail.pk, WayOut(PermanentFaultError(MailFault.ADDRESS_REFUSED)))
    with acting(ADMINISTRATOR) as client:
        page = client.get("/en/staff/mail?state=failed").content.decode()
        assert "does not accept this address" in page
        [action] = re.findall(r'action="([^"]+/retry)"', page)
        answer = client.post(action)
        assert answer.status_code == 302
        assert answer["Location"] == "/en/staff/mail?state=queued"
        again = client.post(action)
        assert again.status_code == 409
        assert "Only a message that was given up" in again.content.decode()
    with acting(Grant(Role.AUDITOR)) as client:
        assert client.post(action).status_code == 404


def test_no_attempts_are_counted_of_what_was_caught(settings: Settings) -> None:
    send(settings, through="catcher")
    with acting(ADMINISTRATOR) as client:
        page = client.get("/en/staff/mail").content.decode()
        assert re.search(r'<td class="figure"><span class="in-stack">Attempts </span>–</td>', page)
        send(settings)
        page = client.get("/en/staff/mail?state=queued").content.decode()
        assert re.search(r'<td class="figure"><span class="in-stack">Attempts </span>0</td>', page)


def test_a_message_reads_side_by_side_with_its_examples(settings: Settings) -> None:
    send(settings)
    with acting(ADMINISTRATOR) as client:
        page = client.get("/en/staff/mail/messages/tests/welcome")
        shown = page.content.decode()
        assert "Hello Alice &lt;Tremblay&gt;" in shown
        assert "Bonjour Élise &lt;Tremblay&gt;" in shown
        assert "frame-src 'self'" in page["Content-Security-Policy"]
        html = client.get("/en/staff/mail/messages/tests/welcome/fr.html")
        assert client.get("/en/staff/mail/messages/tests/nothing").status_code == 404
    assert html["X-Frame-Options"] == "SAMEORIGIN"
    policy = html["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_anyone_reads_the_catcher_of_a_demonstration_on_this_machine(settings: Settings) -> None:
    mail = send(settings, through="catcher")
    visitor = Client()
    for address in ("/en/mail-catcher", "/fr/recepteur-de-courriels"):
        page = visitor.get(address).content.decode()
        assert ADDRESS in page
        assert '<a href="https://example.org/a?b=1&amp;c=2"' in page
    assert "No message leaves this site" in visitor.get("/en/mail-catcher").content.decode()
    one = visitor.get(f"/fr/recepteur-de-courriels/{mail.public_id}").content.decode()
    assert "Ce message n’a pas été envoyé" in one
    html = visitor.get(f"/en/mail-catcher/{mail.public_id}/html").content.decode()
    assert '<base target="_top">' in html
    assert visitor.get("/en/mail-catcher/nothing").status_code == 404


@pytest.mark.parametrize("through", ["smtp", "gc-notify", "gov-uk-notify"])
def test_there_is_no_catcher_where_messages_leave(settings: Settings, through: str) -> None:
    mail = send(settings, through="catcher")
    settings.MAIL = through
    with acting(ADMINISTRATOR) as client:
        for address in ("/en/mail-catcher", f"/en/mail-catcher/{mail.public_id}"):
            assert client.get(address).status_code == 404


def test_the_catcher_of_a_site_that_others_reach_opens_to_administrators_only(settings: Settings) -> None:
    send(settings, through="catcher")
    settings.BASE_URL = "https://demo.example.org"
    assert Client().get("/en/mail-catcher").status_code == 404
    with acting(Grant(Role.CENTRAL_OFFICE)) as client:
        assert client.get("/en/mail-catcher").status_code == 404
    with acting(ADMINISTRATOR) as client:
        assert client.get("/en/mail-catcher").status_code == 200
