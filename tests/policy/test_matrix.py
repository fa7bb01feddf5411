"""Every actor against every row in every output: one rule, found everywhere, and the near miss finds nothing."""

import logging

import pytest
from django.core import mail
from django.test import Client

from parvis.mail.models import OutgoingMail
from parvis.search.sources import registered
from tests.institutions.conftest import Entering
from tests.policy.access_subjects import ACCESS_SUBJECTS
from tests.policy.service_subjects import SERVICE_SUBJECTS
from tests.policy.subjects import SECRET, SUBJECTS, Subject
from tests.policy.world import EVERYBODY, World, a_world

pytestmark = pytest.mark.django_db
EVERY_SUBJECT = pytest.mark.parametrize(
    "subject", [*SUBJECTS, *SERVICE_SUBJECTS, *ACCESS_SUBJECTS], ids=lambda subject: subject.name
)
OPEN_TO_ALL = (
    "/en/institutions/here",
    "/fr/institutions/here",
    "/en/institutions",
    "/api/v1/institutions/here",
    "/api/v1/institutions",
    "/en/search?q=secret",
    "/api/v1/search?q=secret",
    "/en/feed",
    "/sitemap.xml",
)


@pytest.fixture
def world() -> World:
    return a_world()


@EVERY_SUBJECT
def test_the_rule_for_the_row_and_the_rule_for_the_set_say_the_same(subject: Subject, world: World) -> None:
    row = subject.make(world)
    for name in EVERYBODY:
        actor = world.people[name].actor
        by_row = subject.row_rule(actor, row)
        by_set = type(row).objects.filter(subject.set_rule(actor), pk=row.pk).exists()
        assert (by_row, by_set) == (name in subject.may,) * 2, name


@EVERY_SUBJECT
def test_every_output_shows_it_to_those_who_may_know_of_it_and_to_nobody_else(
    subject: Subject, world: World, signed_in: Entering, caplog: pytest.LogCaptureFixture
) -> None:
    row = subject.make(world)
    caplog.set_level(logging.DEBUG)
    for name in EVERYBODY:
        one = world.people[name]
        browser = signed_in(one.person, one.institution, is_strong=one.is_strong) if one.person else Client()
        found = {output for output, shows in subject.outputs.items() if shows.to(browser, row)}
        allowed = {output for output in subject.outputs if name in subject.allowed(output)}
        assert found == allowed, name
    assert SECRET not in caplog.text


@EVERY_SUBJECT
def test_no_page_feed_count_or_search_that_is_open_to_all_knows_of_it(
    subject: Subject, world: World, client: Client
) -> None:
    subject.make(world)
    before = {path: client.get(path) for path in OPEN_TO_ALL}
    for path, response in before.items():
        assert f"{SECRET}@" not in response.content.decode(), path
        assert f">{SECRET}" not in response.content.decode(), path
    for source in registered().values():
        for document in source.documents(list(source.public_ids())):
            assert SECRET not in repr(document)


def test_no_message_carries_anything_of_a_row_that_was_only_looked_at(world: World) -> None:
    for subject in SUBJECTS:
        subject.make(world) if subject.name == "an onboarding" else None
    assert not mail.outbox
    assert not OutgoingMail.objects.exists()
