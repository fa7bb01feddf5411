"""The colours of an institution on its public page: only once it is live, by a stylesheet that its digest names."""

import re
from typing import Any

import pytest
from django.test import Client

from parvis.institutions.models import Institution, Onboarding
from tests.institutions.factories import an_institution

pytestmark = pytest.mark.django_db
PAGE = "/en/institutions/rivers"


def rivers(**given: Any) -> Institution:
    row = an_institution(slug="rivers")
    wanted = {"state": "live", "welcome_en": "Ask us.", "welcome_fr": "Demandez-nous."}
    Onboarding.objects.create(institution=row, **wanted | given)
    return row


def stylesheet_of(client: Client) -> str:
    """Return the address of the own stylesheet that the page names, or nothing."""
    text = client.get(PAGE).content.decode()
    found = re.search(r"/theme/institutions/rivers/\w+\.css", text)
    assert bool(found) == ("own-band" in text)
    return found.group() if found else ""


def test_the_page_of_a_live_institution_bears_its_colours(client: Client) -> None:
    rivers(colour_primary="#1b4332", colour_accent="#2d6a4f")
    answer = client.get(stylesheet_of(client))
    assert answer.content.decode() == "main { --own-primary: #1b4332; --own-accent: #2d6a4f; }\n"
    assert answer["Content-Type"].startswith("text/css")
    assert "immutable" in answer["Cache-Control"]
    assert "style=" not in client.get(PAGE).content.decode()


def test_a_colour_that_was_not_chosen_stays_that_of_the_site(client: Client) -> None:
    rivers(colour_accent="#2d6a4f")
    assert client.get(stylesheet_of(client)).content.decode() == "main { --own-accent: #2d6a4f; }\n"


@pytest.mark.parametrize("state", ["invited", "preparing", "testing", "paused"])
def test_before_it_is_live_neither_the_page_nor_the_stylesheet_shows_them(client: Client, state: str) -> None:
    row = rivers(colour_primary="#1b4332")
    address = stylesheet_of(client)
    assert client.get(address).status_code == 200
    Onboarding.objects.filter(institution=row).update(state=state)
    assert not stylesheet_of(client)
    assert client.get(address).status_code == 404
    assert "Ask us." not in client.get(PAGE).content.decode()


def test_who_chose_no_colours_has_the_page_of_the_site(client: Client) -> None:
    rivers()
    assert not stylesheet_of(client)
    assert client.get("/theme/institutions/rivers/0123456789ab.css").status_code == 404


def test_a_changed_colour_has_another_address_and_the_old_one_is_gone(client: Client) -> None:
    row = rivers(colour_primary="#1b4332")
    before = stylesheet_of(client)
    Onboarding.objects.filter(institution=row).update(colour_primary="#2f2f44")
    assert stylesheet_of(client) not in {"", before}
    assert client.get(before).status_code == 404
