"""The demonstration's institutions: some take requests, one is on its way on board."""

import pytest

from parvis.accounts.demo import load_demo_people
from parvis.core.errors import ParvisError
from parvis.institutions.demo import LIVE, load_demo_roles
from parvis.institutions.queries import receiving
from parvis.law import pack_for
from tests.institutions.factories import a_day, an_institution

pytestmark = pytest.mark.django_db


def test_eight_institutions_take_requests_and_one_is_still_on_its_way() -> None:
    for slug in (*LIVE, "ssc-spc"):
        an_institution(slug=slug)
    load_demo_people()
    assert load_demo_roles() > 0
    assert load_demo_roles() == 0
    taking = receiving([*LIVE, "ssc-spc"])
    assert sum(one.is_live for one in taking.values()) == len(LIVE) == 8
    assert not taking["ssc-spc"].is_live
    assert all(pack_for(regime, a_day()) for one in taking.values() for regime in one.regimes)


def test_nowhere_else_are_institutions_let_live(settings: pytest.FixtureRequest) -> None:
    settings.MAIL = "smtp"  # type: ignore[attr-defined]  # pytest-django's settings
    with pytest.raises(ParvisError):
        load_demo_roles()
