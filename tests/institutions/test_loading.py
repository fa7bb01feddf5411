import csv
from pathlib import Path

import pytest

from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError, ParvisError
from parvis.institutions.actions import LoadReport, load_institutions
from parvis.institutions.files import Holds, read_files, shipped_files
from parvis.institutions.models import FormerName, Institution, Jurisdiction, Spelling
from parvis.search.models import Change
from parvis.search.sources import registered

SYSTEM = Actor.system("test")
FEDERAL = {
    "code": "ca",
    "division_id": "ocd-division/country:ca",
    "aliases": "canada",
    "kind": "federal",
    "parent": "",
    "name_en": "Canada",
    "name_fr": "Canada",
}
AGENCY = {
    "slug": "agency",
    "jurisdiction": "ca",
    "kind": "agency",
    "legal_title_en": "Agency",
    "legal_title_fr": "Agence",
}

pytestmark = pytest.mark.django_db


def write(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def load(*paths: Path) -> LoadReport:
    return load_institutions(actor=SYSTEM, files=read_files(paths))


@pytest.fixture
def federal(tmp_path: Path) -> Path:
    path = write(tmp_path / "jurisdictions.csv", FEDERAL)
    load(path)
    return path


def test_the_shipped_facts_are_all_taken_and_a_second_load_changes_nothing() -> None:
    first = load(*shipped_files())
    assert first.refused == []
    assert first.counts[Holds.INSTITUTIONS]["new"] == Institution.objects.count()
    events = Event.objects.count()
    second = load(*shipped_files())
    assert not second.has_changes
    assert second.refused == []
    assert second.counts[Holds.INSTITUTIONS] == {"unchanged": Institution.objects.count()}
    assert Event.objects.count() == events


def test_a_correction_changes_one_row_and_leaves_one_event(federal: Path, tmp_path: Path) -> None:
    load(write(tmp_path / "a.csv", AGENCY))
    report = load(federal, write(tmp_path / "a.csv", AGENCY | {"legal_title_fr": "École"}))
    assert report.counts[Holds.INSTITUTIONS] == {"changed": 1}
    assert report.touched == {"agency"}
    agency = Institution.objects.get()
    assert (agency.title.fr, agency.sort_key_fr) == ("École", "ecole")
    assert Event.objects.filter(name="institutions:facts:loaded").count() == 3


def test_a_row_that_is_gone_from_the_file_is_kept(federal: Path, tmp_path: Path) -> None:
    load(write(tmp_path / "a.csv", AGENCY, AGENCY | {"slug": "other"}))
    load(federal, write(tmp_path / "a.csv", AGENCY))
    assert Institution.objects.count() == 2


@pytest.mark.usefixtures("federal")
def test_a_column_that_a_file_leaves_out_keeps_its_value(tmp_path: Path) -> None:
    load(write(tmp_path / "a.csv", AGENCY | {"acronym_en": "AG"}))
    load(write(tmp_path / "a.csv", AGENCY))
    assert Institution.objects.get().acronym_en == "AG"


@pytest.mark.usefixtures("federal")
def test_a_successor_may_stand_further_down_in_the_file(tmp_path: Path) -> None:
    row = AGENCY | {"state": "active", "successor": "", "ended_in": ""}
    merged = row | {"slug": "old", "state": "merged", "successor": "agency", "ended_in": "2013"}
    report = load(write(tmp_path / "a.csv", merged, row))
    assert report.refused == []
    assert [one.slug for one in Institution.objects.get(slug="agency").predecessors.all()] == ["old"]


@pytest.mark.usefixtures("federal")
@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"jurisdiction": "mars"}, "mars"),
        ({"kind": "castle"}, "castle"),
        ({"legal_title_fr": ""}, "legal_title_fr"),
        ({"state": "merged"}, "successor"),
        ({"ended_in": "last year"}, "last year"),
        ({"successor": "agency", "state": "merged"}, "agency"),
        ({"purpose_en": "It helps."}, "both languages"),
        ({"website_en": "javascript:alert(1)"}, "URL"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_its_line_and_reason(
    tmp_path: Path, wrong: dict[str, str], word: str
) -> None:
    extra = {"state": "active", "ended_in": "", "successor": "", "purpose_en": "", "website_en": ""}
    report = load(write(tmp_path / "a.csv", AGENCY | extra | wrong, AGENCY | extra | {"slug": "good"}))
    (refused,) = report.refused
    assert (refused.file, refused.line) == ("a.csv", 2)
    assert word in refused.reason
    assert [one.slug for one in Institution.objects.all()] == ["good"]


@pytest.mark.usefixtures("federal")
def test_names_and_purposes_go_to_their_institution_once(tmp_path: Path) -> None:
    name = {
        "slug": "agency",
        "title_en": "Old",
        "title_fr": "Ancienne",
        "from_year": "",
        "until_year": "2015",
    }
    files = [
        write(tmp_path / "d.csv", {"slug": "agency", "text": "Oldd"}),
        write(tmp_path / "c.csv", name),
        write(tmp_path / "b.csv", {"slug": "agency", "purpose_en": "It helps.", "purpose_fr": "Elle aide."}),
        write(tmp_path / "a.csv", AGENCY),
    ]
    load(*files)
    load(*files)
    assert (FormerName.objects.get().until_year, Spelling.objects.get().text) == (2015, "Oldd")
    assert Institution.objects.get().purpose.fr == "Elle aide."


def test_a_file_of_unknown_columns_stops_the_load_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ParvisError, match="expected sets of columns"):
        read_files([write(tmp_path / "a.csv", {"colour": "red"})])
    with pytest.raises(ParvisError, match="cannot be read"):
        read_files([tmp_path / "missing.csv"])


def test_only_the_installation_and_its_staff_load() -> None:
    for actor in (Actor.public(), Actor.person(1)):
        with pytest.raises(NotAllowedError):
            load_institutions(actor=actor, files=())
    load_institutions(actor=Actor.person(1, is_staff=True), files=())
    assert not Jurisdiction.objects.exists()


@pytest.mark.usefixtures("federal")
def test_a_correction_that_is_refused_leaves_the_row_as_it_was(tmp_path: Path) -> None:
    load(
        write(
            tmp_path / "a.csv",
            AGENCY | {"open_data_slug": "a"},
            AGENCY | {"slug": "b", "open_data_slug": "b"},
        )
    )
    report = load(write(tmp_path / "a.csv", AGENCY | {"slug": "b", "open_data_slug": "a"}))
    assert "Another institution of this jurisdiction" in report.refused[0].reason
    assert Institution.objects.get(slug="b").open_data_slug == "b"


@pytest.mark.usefixtures("federal")
def test_search_is_told_what_changed_and_of_all_that_shows_a_changed_title(tmp_path: Path) -> None:
    Change.objects.all().delete()
    load(write(tmp_path / "a.csv", AGENCY))
    assert list(Change.objects.values_list("kind", "public_id")) == [("institution", "agency")]
    Change.objects.all().delete()
    load(write(tmp_path / "a.csv", AGENCY))
    assert not Change.objects.exists()
    load(write(tmp_path / "a.csv", AGENCY | {"legal_title_en": "Bureau"}))
    whole = Change.objects.filter(public_id="").values_list("kind", flat=True)
    assert set(whole) == set(registered())
