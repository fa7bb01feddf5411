from pathlib import Path

import pytest
from django.utils import timezone

from parvis.core.actor import Actor
from parvis.disclosure import policy, queries
from parvis.disclosure.findable import SUMMARIES, resolve_summary
from parvis.disclosure.models import Summary
from parvis.disclosure.queries import Coverage, SummaryDetail, SummaryFilter, WithdrawnRecord
from parvis.search.sources import registered
from tests.disclosure.factories import (
    PROVINCIAL,
    a_file,
    a_provincial_row,
    a_row,
    ferries,
    load,
    only,
    roads,
    rows,
)

pytestmark = pytest.mark.django_db
TEXT = "All letters about the timetable of the winter ferry between the two islands"
ACTORS = [Actor.public(), Actor.person(7), Actor.person(8, is_staff=True), Actor.system("tests")]


def detail_of(number: str) -> SummaryDetail:
    detail = queries.summary_detail(only(number).public_id)
    assert isinstance(detail, SummaryDetail)
    return detail


def test_the_page_of_a_record_says_all_that_is_known(tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", [a_row(summary_en=TEXT), a_row("A-2023-00002")]))
    detail = detail_of("A-2023-00001")
    assert detail.item.institution
    assert detail.item.institution.title.fr == "Traversiers Canada"
    assert detail.text.en == TEXT
    assert detail.item.disposition_title.fr == "Communication partielle"
    assert detail.disposition_sentence.en.startswith("The institution gave out some")
    assert (detail.source, detail.versions, detail.same_number) == ("federal", (), ())
    assert detail.source_read_at is not None
    assert queries.summary_detail("nothing") is None


def test_a_record_shows_its_earlier_versions_and_others_of_its_number(tmp_path: Path) -> None:
    ferries()
    cells = [
        a_row(summary_en=TEXT, month="2"),
        a_row(summary_en=f"{TEXT}."),
        a_row(summary_en="Menus of the galley"),
    ]
    load(a_file(tmp_path / "federal.csv", cells))
    first = Summary.objects.get(summary_en__startswith=TEXT)
    detail = queries.summary_detail(first.public_id)
    assert isinstance(detail, SummaryDetail)
    assert [(version.text.en, version.month) for version in detail.versions] == [(TEXT, 2)]
    assert [item.heading.en for item in detail.same_number] == ["Menus of the galley"]


def test_what_an_institution_took_out_of_a_text_is_not_shown_as_an_earlier_version(tmp_path: Path) -> None:
    ferries()
    before = "A copy of the file on the berth of Anne Exemple at the north terminal"
    after = before.replace("Anne Exemple", "{name removed}")
    load(a_file(tmp_path / "federal.csv", [a_row(summary_en=before, summary_fr="")]))
    load(a_file(tmp_path / "federal.csv", [a_row(summary_en=after, summary_fr="")]))
    (version,) = detail_of("A-2023-00001").versions
    assert (version.is_hidden, bool(version.text)) == (True, False)


def test_a_withdrawn_record_says_so_and_nothing_of_what_it_said(tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", rows(3)))
    load(a_file(tmp_path / "federal.csv", rows(2)))
    gone = queries.summary_detail(only("A-2023-00003").public_id)
    assert isinstance(gone, WithdrawnRecord)
    assert gone.request_number == "A-2023-00003"
    assert not hasattr(gone, "text")


def test_numbers_say_over_how_many_of_how_many_they_count(tmp_path: Path) -> None:
    institution = ferries()
    cells = [*rows(3), a_row("A-1", year="", month="", pages="", disposition="")]
    load(a_file(tmp_path / "federal.csv", cells))
    numbers = queries.institution_numbers(institution)
    assert (numbers.released, numbers.pages) == (4, 36)
    assert numbers.year_coverage == numbers.page_coverage == numbers.disposition_coverage == Coverage(3, 4)
    assert [(row.year, row.count) for row in numbers.by_year] == [(2023, 3)]
    assert [(row.code, row.count) for row in numbers.by_disposition] == [("disclosed-in-part", 3)]
    assert numbers.as_of is not None
    assert not numbers.year_coverage.is_whole


def test_totals_and_the_history_of_loads_count_what_stands(tmp_path: Path) -> None:
    ferries()
    roads()
    load(a_file(tmp_path / "federal.csv", rows(3)))
    load(a_file(tmp_path / "bc.csv", [a_provincial_row()], PROVINCIAL))
    load(a_file(tmp_path / "federal.csv", rows(2)))
    totals = queries.totals()
    assert (totals.summaries, totals.institutions, totals.jurisdictions) == (3, 2, 2)
    assert (totals.first_year, totals.last_year, totals.invented) == (2014, 2023, 0)
    history = queries.load_history()
    assert [(item.source, item.counts["withdrawn"]) for item in history] == [
        ("federal", 1),
        ("bc", 0),
        ("federal", 0),
    ]


def test_the_latest_come_first_and_those_without_a_date_last(tmp_path: Path) -> None:
    institution = ferries()
    cells = [a_row("A-1", year="", month=""), a_row("A-2", month="3"), a_row("A-3", month="11")]
    load(a_file(tmp_path / "federal.csv", cells))
    latest = queries.latest_summaries(institution, limit=3)
    assert [item.request_number for item in latest] == ["A-3", "A-2", "A-1"]
    assert [item.request_number for item in queries.latest_summaries(limit=1)] == ["A-3"]


def test_a_list_is_narrowed_by_what_is_wanted(tmp_path: Path) -> None:
    ferries()
    roads()
    load(
        a_file(
            tmp_path / "federal.csv", [a_row("A-1"), a_row("A-2", year="2020", disposition="All disclosed")]
        )
    )
    load(a_file(tmp_path / "bc.csv", [a_provincial_row()], PROVINCIAL))

    def numbers(wanted: SummaryFilter) -> list[str]:
        return [row.request_number for row in queries.filtered_summaries(wanted)]

    assert numbers(SummaryFilter()) == ["A-1", "A-2", "TRA-2014-00001"]
    assert numbers(SummaryFilter(institution="ferries")) == ["A-1", "A-2"]
    assert numbers(SummaryFilter(jurisdiction="ca-bc")) == ["TRA-2014-00001"]
    assert numbers(SummaryFilter(year=2020)) == numbers(SummaryFilter(disposition="all-disclosed")) == ["A-2"]
    assert numbers(SummaryFilter(changed_since=timezone.now())) == []


def test_a_policy_answers_the_same_for_one_row_and_for_the_set(tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", rows(3)))
    load(a_file(tmp_path / "federal.csv", rows(2)))
    for actor in ACTORS:
        seen = set(policy.visible_to(actor))
        for row in Summary.objects.all():
            assert policy.can_see(actor, row) == (row in seen)
    assert [policy.can_load_files(actor) for actor in ACTORS] == [False, False, True, True]


def test_targets_of_an_evaluation_name_rows_as_the_files_do(tmp_path: Path) -> None:
    ferries()
    roads()
    older = {"owner_org": "", "owner_org_title": "Ferries  Canada | Traversiers Canada"}
    cells = [
        a_row("A-1 /B-1", summary_en=TEXT, **older),
        a_row("A-1\n/B-1", summary_en="Menus of the galley", **older),
        a_row("A-2", summary_en=TEXT, **older),
        a_row("A-2", summary_en=f"{TEXT}.", **older),
    ]
    load(a_file(tmp_path / "older.csv", cells))
    load(a_file(tmp_path / "federal.csv", [a_row("A-9")]))
    load(a_file(tmp_path / "bc.csv", [a_provincial_row()], PROVINCIAL))
    assert resolve_summary("fer-tra|A-9") == [only("A-9").public_id]
    menus = Summary.objects.get(summary_en="Menus of the galley")
    assert resolve_summary("2014:Ferries Canada|A-1 /B-1#2") == [menus.public_id]
    assert resolve_summary("2014:Ferries Canada|A-1 /B-1") != [menus.public_id]
    assert resolve_summary("2014:Ferries Canada|A-2") == resolve_summary("2014:Ferries Canada|A-2#2")
    assert resolve_summary("2014:Ferries Canada|A-2") == [only("A-2").public_id]
    assert resolve_summary("ca-bc|TRA-2014-00001") == [only("TRA-2014-00001").public_id]
    for unknown in ("2014:Ferries Canada|A-2#3", "fer-tra|A-1", "nobody", "2014:Trains Canada|A-2"):
        assert resolve_summary(unknown) == []


def test_search_finds_what_stands_and_not_what_was_withdrawn(tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", rows(3)))
    load(a_file(tmp_path / "federal.csv", rows(2)))
    ids = list(SUMMARIES.public_ids())
    assert ids == [only("A-2023-00001").public_id, only("A-2023-00002").public_id]
    documents = list(SUMMARIES.documents([*ids, only("A-2023-00003").public_id]))
    assert [document.public_id for document in documents] == ids
    assert (documents[0].institution, documents[0].jurisdiction, documents[0].identifiers) == (
        "ferries",
        "ca",
        ("A-2023-00001",),
    )
    assert {"summary", "class_of_records", "personal_information_bank"} <= set(registered())
