"""Requests in like words: found without opening a text, within one institution, and erased with the text."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from parvis.access.actions.ending import withdraw_request
from parvis.access.actions.purging import purge
from parvis.access.actions.sketching import sketch_texts
from parvis.access.actions.working import clarify_text, move_open
from parvis.access.answers import Requested
from parvis.access.likeness import BITS, LEAST_ALIKE, MOST_APART, alike, runs_of, sketch_of
from parvis.access.models import AccessRequest, Submission, TextSketch
from parvis.access.queries.alike import requests_alike
from parvis.access.retention import schedule
from parvis.access.tasks import follow_up
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError
from parvis.core.roles import Role
from parvis.institutions.models import Institution
from tests.access.factories import a_receiving_institution, a_request, a_submission
from tests.institutions.factories import an_actor

SYSTEM, PUBLIC = Actor.system("test"), Actor.public()
LETTER = (
    "Please send me all briefing notes, e-mails and invoices about the contract for the new ferry of the Riverbend "
    "crossing between January and March, with the names of the companies that made an offer and what each asked for"
)
OTHER = "How many inspectors were hired for dairy farms, in which offices, and what did their training cost each year"
KEY = b"k" * 32


def apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def asked(institution: Institution, text: str, kind: str = "records") -> AccessRequest:
    """Send a request, and let the worker do what follows."""
    row = a_request(institution, requested=Requested(text=text), kind=kind)
    sketch_texts(actor=SYSTEM, submission=row.submission)
    return row


@pytest.mark.parametrize("changed", [1, 3, 6])
def test_a_sketch_tells_the_share_that_two_texts_have_in_common(changed: int) -> None:
    words = LETTER.split()
    other = " ".join(f"x{at}" if at < changed else word for at, word in enumerate(words))
    one, two = runs_of(LETTER), runs_of(other)
    told = alike(apart(sketch_of(LETTER, KEY), sketch_of(other, KEY)))
    assert told == pytest.approx(len(one & two) / len(one | two), abs=0.12)


def test_case_accents_and_punctuation_do_not_count_and_another_key_gives_another_sketch() -> None:
    assert sketch_of("Élection à Montréal, 2024!", KEY) == sketch_of("election a montreal 2024", KEY)
    assert apart(sketch_of(LETTER, KEY), sketch_of(LETTER, b"o" * 32)) > MOST_APART
    assert apart(sketch_of(LETTER, KEY), sketch_of(OTHER, KEY)) > MOST_APART
    assert len(sketch_of(LETTER, KEY)) == BITS
    assert sketch_of(" … ", KEY) == ""
    assert alike(MOST_APART) == pytest.approx(LEAST_ALIKE, abs=0.01)


@pytest.mark.django_db
def test_a_form_letter_is_found_at_the_same_institution_the_nearest_first() -> None:
    here, there = a_receiving_institution(), a_receiving_institution()
    row = asked(here, LETTER)
    near = asked(here, LETTER.replace("January and March", "April and June"))
    same = asked(here, LETTER.upper())
    asked(here, OTHER)
    elsewhere = asked(there, LETTER)
    officer = an_actor(Role.OFFICER, here)
    found = requests_alike(officer, row)
    assert [one.row for one in found] == [same, near]
    assert found[0].percent == 100
    assert found[0].is_nearly_same
    assert LEAST_ALIKE * 100 <= found[1].percent < 95
    assert requests_alike(an_actor(Role.OFFICER, there), row) == ()
    assert requests_alike(officer, elsewhere) == ()


@pytest.mark.django_db
def test_the_same_text_leaves_another_sketch_at_another_institution() -> None:
    submission, _key = a_submission(a_receiving_institution(), a_receiving_institution())
    assert sketch_texts(actor=SYSTEM, submission=submission) == 2
    assert sketch_texts(actor=SYSTEM, submission=submission) == 0
    one, other = TextSketch.objects.order_by("pk").values_list("bits", flat=True)
    assert apart(one, other) > MOST_APART
    with pytest.raises(NotAllowedError):
        sketch_texts(actor=PUBLIC, submission=submission)


@pytest.mark.django_db
def test_somebodys_own_information_leaves_no_sketch() -> None:
    row = asked(a_receiving_institution(), LETTER)
    AccessRequest.objects.filter(pk=row.pk).update(kind="own")
    row.refresh_from_db()
    clarify_text(actor=SYSTEM, access_request=row, requested=Requested(text=OTHER), why="Agreed")
    assert not TextSketch.objects.exists()


@pytest.mark.django_db
def test_a_clarified_text_is_the_one_that_is_compared() -> None:
    here = a_receiving_institution()
    row, other = asked(here, OTHER), asked(here, LETTER)
    officer = an_actor(Role.OFFICER, here)
    assert requests_alike(officer, row) == ()
    clarify_text(actor=officer, access_request=row, requested=Requested(text=LETTER), why="By telephone")
    assert [one.row for one in requests_alike(officer, row)] == [other]


@pytest.mark.django_db
def test_requests_that_pass_to_a_successor_are_compared_there() -> None:
    here, successor = a_receiving_institution(), a_receiving_institution()
    moved, stays = asked(here, LETTER), asked(successor, LETTER)
    move_open(actor=SYSTEM, from_id=here.pk, to_id=successor.pk)
    moved.refresh_from_db()
    assert [one.row for one in requests_alike(an_actor(Role.OFFICER, successor), moved)] == [stays]


@pytest.mark.django_db
def test_the_worker_makes_the_sketch_before_it_tells_of_the_request() -> None:
    submission, _key = a_submission(requested=Requested(text=LETTER))
    assert not TextSketch.objects.exists()
    follow_up(submission.pk)
    assert TextSketch.objects.get().access_request == submission.parts.get()


@pytest.mark.django_db
def test_a_purge_erases_the_sketch_with_the_text_and_nothing_of_the_words_stands_in_the_table() -> None:
    submission, key = a_submission(requested=Requested(text=LETTER))
    sketch_texts(actor=SYSTEM, submission=submission)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM access_textsketch t")
        told = str(cursor.fetchall())
    assert "ferry" not in told
    withdraw_request(actor=PUBLIC, access_request=submission.parts.get(), key=key)
    today = timezone.localdate()
    submission.parts.update(ended_on=today - timedelta(days=schedule().requests))
    purge(actor=SYSTEM, today=today)
    assert not TextSketch.objects.exists()
    assert sketch_texts(actor=SYSTEM, submission=Submission.objects.get()) == 0
