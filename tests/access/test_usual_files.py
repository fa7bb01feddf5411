"""Usual files: loaded from a file with a report, listed by API; what would hold is said by API."""

from pathlib import Path

import pytest
from django.test import Client

import parvis.access
from parvis.access.actions.loading import load_usual_files
from parvis.access.models import UsualFile
from parvis.access.usual_files import read_usual_files
from parvis.core.actor import Actor
from parvis.core.errors import ParvisError
from tests.access.factories import a_receiving_institution

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
EXAMPLE = Path(parvis.access.__file__).parent / "data" / "usual_files.yaml"


def test_the_example_is_taken_whole_and_twice_is_the_same_as_once() -> None:
    for slug in ("cic", "cra-arc"):
        a_receiving_institution(slug=slug)
    entries = read_usual_files(EXAMPLE)
    first = load_usual_files(actor=SYSTEM, entries=entries)
    assert (first.new, first.refused) == (2, [])
    again = load_usual_files(actor=SYSTEM, entries=entries)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    entries[0]["title_en"] = "Another title"
    assert load_usual_files(actor=SYSTEM, entries=entries).changed == 1
    listed = Client().get("/api/v1/access/usual-files").json()
    assert {one["code"] for one in listed} == {"immigration", "tax"}


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("words", "It is not a usual file."),
        ({"institution": "cic", "code": "a", "title_en": "A"}, "It lacks title_fr."),
        (
            {"institution": "none", "code": "a", "title_en": "A", "title_fr": "A"},
            "No institution has the slug none.",
        ),
        (
            {
                "institution": "cic",
                "code": "a",
                "title_en": "A",
                "title_fr": "A",
                "particulars": [{"name": "x"}],
            },
            "a label in both languages",
        ),
    ],
)
def test_an_entry_that_does_not_hold_together_is_refused_with_its_number_and_reason(
    entry: object, reason: str
) -> None:
    a_receiving_institution(slug="cic")
    report = load_usual_files(actor=SYSTEM, entries=[entry])
    ((number, said),) = report.refused
    assert number == 1
    assert reason in said
    assert not UsualFile.objects.exists()


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("a: b")
    with pytest.raises(ParvisError):
        read_usual_files(wrong)


def test_terms_say_law_fee_and_due_date_with_reasons() -> None:
    here = a_receiving_institution(fee_choice="statute")
    told = Client().get(f"/api/v1/access/terms?institution={here.slug}&kind=records").json()
    assert (told["law"], told["fee"]["amount"], told["is_open"]) == ("ca-atia", "5.00", True)
    assert told["due_on"]
    assert all(reason["en"] and reason["fr"] for reason in told["reasons"])
    copy = Client().get(f"/api/v1/access/terms?institution={here.slug}&kind=copy").json()
    assert (copy["law"], copy["due_on"], copy["fee"]["amount"]) == (None, None, "0.00")
    assert Client().get("/api/v1/access/terms?institution=nothing").status_code == 404
