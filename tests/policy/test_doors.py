"""Every address that asks for signing in stands in the matrix, and opens to those that it names."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve
from django.utils import translation

from parvis.core.actor import Actor
from parvis.institutions.actions.onboarding import invite_institution
from tests.institutions.conftest import Entering
from tests.policy.access_subjects import ACCESS_SUBJECTS
from tests.policy.doors import BY_TOKEN, DOORS, OWN, Door
from tests.policy.service_subjects import SERVICE_SUBJECTS
from tests.policy.subjects import SUBJECTS
from tests.policy.world import EVERYBODY, a_world

SIGN_IN = ("/en/sign-in?", "/fr/ouvrir-une-session?")
ROWS = [*SUBJECTS, *SERVICE_SUBJECTS, *ACCESS_SUBJECTS]


def guarded(resolver: URLResolver) -> Iterator[tuple[str, str]]:
    """Yield the name and pattern of every address of a page that is not open to all."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from guarded(pattern) if pattern.namespace != "api" else ()
        elif not getattr(pattern.callback, "is_public_page", False):
            yield str(pattern.name), str(pattern.pattern)


def name_of(address: str) -> str:
    """Return the name of the address that an output or a door asks for."""
    with translation.override(address[1:3]):
        return str(resolve(re.sub(r"\{[^}]+\}", "x", address).partition("?")[0]).url_name)


def shown_by_rows() -> set[str]:
    """Return the addresses that rows of the matrix ask for."""
    found = [shows.address for row in ROWS for shows in row.outputs.values()]
    return {name_of(address) for address in found if not address.startswith("/api/")}


def missing(names: set[str]) -> set[str]:
    """Return which of these addresses stand nowhere."""
    return names - shown_by_rows() - {door.name for door in DOORS} - {*OWN, *BY_TOKEN}


def test_every_address_that_asks_for_signing_in_has_a_row_or_a_door() -> None:
    names = {name for name, _pattern in guarded(get_resolver())}
    assert not missing(names), "give these a row (subjects.py) or a door (doors.py)"
    assert missing({*names, "new_staff_page"}) == {"new_staff_page"}
    assert {door.name for door in DOORS} | {*OWN, *BY_TOKEN} <= names, "these are gone, or open to all"


def test_what_is_ones_own_names_no_row() -> None:
    assert not [pattern for name, pattern in guarded(get_resolver()) if name in OWN and "<" in pattern]


@pytest.mark.parametrize("name", OWN)
def test_what_is_ones_own_asks_for_signing_in(name: str) -> None:
    pattern = next(pattern for one, pattern in guarded(get_resolver()) if one == name)
    for answer in (Client().get(f"/en/{pattern}"), Client().post(f"/en/{pattern}")):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/en/sign-in?next=")


@pytest.mark.django_db
def test_every_door_opens_to_those_whom_it_names_and_to_nobody_else(signed_in: Entering) -> None:
    world = a_world()
    invite_institution(actor=Actor.system("matrix"), institution=world.here)
    assert [name_of(door.address) for door in DOORS] == [door.name for door in DOORS]
    opened: dict[str, set[str]] = {door.name: set() for door in DOORS}
    refused: dict[str, set[str]] = {door.name: set() for door in DOORS}
    for name in EVERYBODY:
        one = world.people[name]
        browser = signed_in(one.person, one.institution, is_strong=one.is_strong) if one.person else Client()
        for door in DOORS:
            answer = _knock(browser, door)
            if answer == 403:
                refused[door.name].add(name)
            elif answer != 404:
                assert answer in {200, 302, 409}, (door.name, name)
                opened[door.name].add(name)
    assert opened == {door.name: set(door.may) for door in DOORS}
    assert refused == {door.name: set(door.refused) for door in DOORS}


def _knock(browser: Client, door: Door) -> int:
    """Return the status of what the door answers; to be asked to sign in is as good as a 404."""
    answer = browser.get(door.address) if door.said is None else browser.post(door.address, door.said)
    if answer.status_code == 302 and answer["Location"].startswith(SIGN_IN):
        return 404
    return int(answer.status_code)
