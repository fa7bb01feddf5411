"""An institution comes on board in an afternoon: invited, prepared, tested, live; every page in both languages."""

from decimal import Decimal

import pytest
from django.test import Client

from parvis.accounts.acting import SESSION_KEY
from parvis.core.actor import Actor
from parvis.core.roles import Role
from parvis.institutions.actions.onboarding import invite_institution
from parvis.institutions.models import Institution, Invitation, Membership, Onboarding
from tests.institutions.caught import newest_address
from tests.institutions.conftest import Entering
from tests.institutions.factories import (
    a_day,
    a_membership,
    a_person,
    an_institution,
    an_instrument,
)

pytestmark = pytest.mark.django_db
ANSWERS = {
    "contact": {"access_email": "atip@rivers.example.org", "access_phone": "613 555 0100"},
    "statutes": {"regimes": ["ca-atia", "ca-privacy-act"]},
    "languages": {"languages": ["en", "fr"]},
    "fees": {
        "fee_choice": "reduced",
        "fee_amount": "2.50",
        "fee_means": ["card", "cheque"],
        "fee_note_en": "To the Receiver General.",
        "fee_note_fr": "À l’ordre du receveur général.",
    },
    "requests": {"channels": ["portal", "email"], "system_url": ""},
    "delegation": {"is_head_deciding": "on"},
    "wording": {
        "welcome_en": "Ask us.",
        "welcome_fr": "Demandez-nous.",
        "colour_primary": "#1B4332",
        "colour_accent": "",
    },
}


def rivers() -> Institution:
    return an_institution(
        slug="rivers", legal_title_en="Department of Rivers", legal_title_fr="Ministère des Rivières"
    )


def accepted(signed_in: Entering, address: str) -> Client:
    """Sign in with an address and accept the newest invitation."""
    browser = signed_in(a_person(address))
    where = newest_address("institutions/invitation")
    assert browser.get(where).status_code == 200
    response = browser.post(where, follow=True)
    assert response.status_code == 200
    return browser


def test_an_institution_comes_on_board_from_the_invitation_to_going_live(signed_in: Entering) -> None:
    row = rivers()
    central = signed_in(a_membership(Role.CENTRAL_OFFICE).person)
    assert central.post("/en/staff/institutions/rivers/invite").status_code == 302
    invitation = {"address": "head@example.org", "role": "head", "from_on": str(a_day()), "language": "fr"}
    assert central.post("/en/institutions/rivers/people/invite", invitation).status_code == 302
    head = accepted(signed_in, "head@example.org")
    assert head.session[SESSION_KEY] == row.pk
    officer = invitation | {"address": "officer@example.org", "role": "officer", "language": "en"}
    assert head.post("/fr/institutions/rivers/personnes/inviter", officer).status_code == 302
    officer_there = accepted(signed_in, "officer@example.org")
    for name, said in ANSWERS.items():
        page = officer_there.get(f"/en/institutions/rivers/onboarding/answers/{name}")
        assert page.status_code == 200, name
        response = officer_there.post(f"/en/institutions/rivers/onboarding/answers/{name}", said)
        assert response.status_code == 302, response.content.decode()
    early = head.post("/fr/institutions/rivers/integration/mise-en-service")
    assert early.status_code == 409
    assert "Effectuez l’essai" in early.content.decode()
    assert officer_there.post("/en/institutions/rivers/onboarding/test").status_code == 302
    opened = newest_address("institutions/test")
    anybody = Client()
    assert "This message was read" in anybody.get(opened).content.decode()
    assert "go on" in anybody.post(opened).content.decode()
    assert head.post("/fr/institutions/rivers/integration/mise-en-service").status_code == 302
    onboarding = Onboarding.objects.get(institution=row)
    assert (onboarding.state, onboarding.colour_primary) == ("live", "#1b4332")
    assert "En service" in head.get("/fr/institutions/rivers/integration").content.decode()
    assert "Demandez-nous." in anybody.get("/fr/institutions/rivers").content.decode()
    board = central.get("/en/staff/institutions?state=live").content.decode()
    assert "Department of Rivers" in board


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_the_room_opens_in_both_languages(signed_in: Entering, language: str) -> None:
    row = rivers()
    invite_institution(actor=Actor.system("test"), institution=row)
    a_membership(Role.DELEGATE, row)
    instrument = an_instrument(row)
    head = a_membership(Role.HEAD, row)
    person = head.person
    a_membership(Role.CENTRAL_OFFICE, person=person)
    browser = signed_in(person, row)
    pages = {
        "en": (
            "your-roles",
            "institutions/rivers/people",
            "institutions/rivers/people?past=1",
            "institutions/rivers/people/invite",
            "staff/people",
            "staff/people/invite",
            f"roles/{head.public_id}/end",
            "institutions/rivers/delegation",
            "institutions/rivers/delegation/enter/ca-atia",
            f"delegation/{instrument.public_id}",
            "institutions/rivers/onboarding",
            "staff/institutions",
            "staff/institutions.csv",
            "staff/institutions/file",
            "staff/institutions/rivers/change",
            "staff",
        ),
        "fr": (
            "vos-fonctions",
            "institutions/rivers/personnes",
            "institutions/rivers/personnes?past=1",
            "institutions/rivers/personnes/inviter",
            "personnel/personnes",
            "personnel/personnes/inviter",
            f"fonctions/{head.public_id}/fin",
            "institutions/rivers/delegation",
            "institutions/rivers/delegation/inscrire/ca-atia",
            f"delegation/{instrument.public_id}",
            "institutions/rivers/integration",
            "personnel/institutions",
            "personnel/institutions.csv",
            "personnel/institutions/fichier",
            "personnel/institutions/rivers/modifier",
            "personnel",
        ),
    }[language]
    for page in pages:
        response = browser.get(f"/{language}/{page}")
        assert response.status_code == 200, page
        if "csv" not in page:
            assert response["Content-Language"] == language


def test_what_was_typed_is_kept_with_an_error_and_as_a_draft(signed_in: Entering) -> None:
    row = rivers()
    invite_institution(actor=Actor.system("test"), institution=row)
    browser = signed_in(a_membership(Role.HEAD, row).person, row)
    where = "/fr/institutions/rivers/integration/reponses/wording"
    typed = {"welcome_en": "Hello", "welcome_fr": "", "colour_primary": "#ffee00", "colour_accent": ""}
    refused = browser.post(where, typed).content.decode()
    assert "Écrivez le mot d’accueil en français." in refused
    assert "Hello" in refused
    pale = browser.post(where, typed | {"welcome_fr": "Bonjour"}).content.decode()
    assert "Choisissez-en une plus foncée." in pale
    assert "#ffee00" in pale
    assert browser.post(where, typed | {"later": "1"}).status_code == 302
    draft = browser.get(where).content.decode()
    assert "Voici votre brouillon" in draft
    assert "Hello" in draft
    assert Onboarding.objects.get(institution=row).welcome_en == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"fee_choice": "reduced"}, "Indiquez le montant qu’elle demande."),
        ({"fee_choice": "reduced", "fee_amount": "5,00"}, "inférieur à 5.00"),
        ({"fee_choice": "reduced", "fee_amount": "0"}, "supérieur à 0"),
        ({"fee_choice": "reduced", "fee_amount": "un peu"}, "Écrivez un montant en chiffres"),
        ({"fee_choice": "statute", "fee_means": "cheque"}, "Écrivez en anglais comment payer"),
        ({"fee_choice": "statute", "fee_note_en": "By cheque."}, "Écrivez en français comment payer"),
    ],
)
def test_fees_that_no_statute_allows_or_that_nobody_could_pay_are_refused(
    typed: dict[str, str], said: str, signed_in: Entering
) -> None:
    row = rivers()
    invite_institution(actor=Actor.system("test"), institution=row)
    browser = signed_in(a_membership(Role.HEAD, row).person, row)
    where = "/fr/institutions/rivers/integration/reponses/fees"
    refused = browser.post(where, typed).content.decode()
    assert said in refused
    assert all(value in refused for value in typed.values())
    assert not Onboarding.objects.get(institution=row).fee_choice
    whole = {"fee_choice": "reduced", "fee_amount": "2,50", "fee_means": ["card"]}
    assert browser.post(where, whole).status_code == 302
    assert Onboarding.objects.get(institution=row).fee_amount == Decimal("2.50")


def test_an_answer_after_the_test_asks_for_another_test(signed_in: Entering) -> None:
    row = rivers()
    onboarding = invite_institution(actor=Actor.system("test"), institution=row)
    browser = signed_in(a_membership(Role.HEAD, row).person, row)
    a_membership(Role.OFFICER, row)
    for name, said in ANSWERS.items():
        browser.post(f"/en/institutions/rivers/onboarding/answers/{name}", said)
    browser.post("/en/institutions/rivers/onboarding/test")
    onboarding.refresh_from_db()
    assert onboarding.state == "testing"
    same = browser.post("/en/institutions/rivers/onboarding/answers/fees", ANSWERS["fees"], follow=True)
    assert "Run the test again: answers" not in same.content.decode()
    other = browser.post(
        "/en/institutions/rivers/onboarding/answers/fees", {"fee_choice": "none"}, follow=True
    )
    assert "Run the test again: answers have changed since." in other.content.decode()
    onboarding.refresh_from_db()
    assert onboarding.state == "preparing"


def test_one_switches_explicitly_and_the_header_says_for_whom_one_acts(signed_in: Entering) -> None:
    here, there = rivers(), an_institution(slug="lakes", legal_title_en="Agency of Lakes")
    person = a_membership(Role.OFFICER, here).person
    a_membership(Role.HEAD, there, person=person)
    stranger = an_institution(slug="hills")
    browser = signed_in(person)
    assert 'class="account-acting"' not in browser.get("/en/your-roles").content.decode()
    assert browser.post("/en/your-roles", {"institution": stranger.slug}).status_code == 403
    page = browser.post("/en/your-roles", {"institution": "lakes"}, follow=True).content.decode()
    assert 'class="account-acting">Agency of Lakes' in page
    assert browser.get("/en/institutions/lakes/people/invite").status_code == 200
    assert browser.get("/en/institutions/rivers/people/invite").status_code == 404
    assert "Act for Department of Rivers" in browser.get("/en/institutions/rivers/people").content.decode()


def test_an_invitation_is_for_one_address_and_works_once(signed_in: Entering) -> None:
    row = rivers()
    head = signed_in(a_membership(Role.HEAD, row).person, row)
    said = {"address": "New@example.org", "role": "officer", "from_on": str(a_day()), "language": "en"}
    head.post("/en/institutions/rivers/people/invite", said)
    again = head.post("/en/institutions/rivers/people/invite", said).content.decode()
    assert "Send that one again" in again
    first = newest_address("institutions/invitation")
    assert Client().get(first).status_code == 302  # to signing in
    stranger = signed_in(a_person("stranger@example.org"))
    assert stranger.get(first).status_code == 404
    assert stranger.post(first).status_code == 404
    one = Invitation.objects.get()
    head.post(f"/en/invitations/{one.public_id}/resend")
    second = newest_address("institutions/invitation")
    browser = signed_in(a_person("new@example.org"))
    assert browser.get(first).status_code == 404
    assert browser.post(second).status_code == 302
    assert browser.post(second).status_code == 404
    assert Membership.objects.filter(institution=row, role="officer").count() == 1


def test_an_invitation_that_was_revoked_or_is_too_old_is_no_longer_valid(signed_in: Entering) -> None:
    row = rivers()
    head = signed_in(a_membership(Role.HEAD, row).person, row)
    said = {"address": "new@example.org", "role": "officer", "from_on": str(a_day()), "language": "en"}
    head.post("/en/institutions/rivers/people/invite", said)
    browser = signed_in(a_person("new@example.org"))
    where = newest_address("institutions/invitation")
    Invitation.objects.update(expires_at="2020-01-01T00:00Z")
    assert browser.post(where).status_code == 404
    one = Invitation.objects.get()
    head.post(f"/en/invitations/{one.public_id}/resend")
    where = newest_address("institutions/invitation")
    assert browser.get(where).status_code == 200
    head.post(f"/en/invitations/{one.public_id}/revoke")
    assert browser.post(where).status_code == 404
    assert head.post(f"/en/invitations/{one.public_id}/revoke").status_code == 409
