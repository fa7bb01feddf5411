import csv
from pathlib import Path

import pytest

from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError
from parvis.disclosure import actions
from parvis.disclosure.loading.summaries import FileToLoad, load_source
from parvis.disclosure.models import Load, LoadProblem, Summary, SummaryVersion
from parvis.disclosure.reading.layouts import LayoutError
from parvis.search.models import Change
from parvis.tables.table import UnreadableFileError
from tests.disclosure.factories import (
    ACTOR,
    ATI,
    PROVINCIAL,
    a_file,
    a_provincial_row,
    a_row,
    ferries,
    load,
    only,
    reasons,
    roads,
    rows,
)

pytestmark = pytest.mark.django_db
TEXT = "All letters about the timetable of the winter ferry between the two islands"


def test_every_row_is_taken_or_refused_for_a_stated_reason(tmp_path: Path) -> None:
    ferries()
    path = a_file(tmp_path / "federal.csv", [*rows(3), a_row("A-2023-00009", summary_en="", summary_fr=" ")])
    with path.open("a", encoding="utf-8", newline="") as stream:
        stream.write("2023,4,A-2023-00010,too few cells\r\n")
    report = load(path)
    assert (report.rows, report.taken, report.refused) == (5, 3, 2)
    assert report.by_reason(is_refused=True) == {"no-text": 1, "wrong-columns": 1}
    assert report.taken + report.refused == report.rows


def test_a_row_of_the_official_layout_is_kept_whole(tmp_path: Path) -> None:
    institution = ferries()
    load(a_file(tmp_path / "federal.csv", [a_row(comments_en="See also.", comments_fr="Voir aussi.")]))
    summary = Summary.objects.get()
    assert (summary.institution_id, summary.jurisdiction, summary.source.name) == (
        institution,
        "ca",
        "federal",
    )
    assert (summary.year, summary.month, summary.dated_on, summary.pages) == (2023, 4, None, 12)
    assert summary.disposition == "disclosed-in-part"
    assert summary.disposition_as_written == "DP (Disclosed in part / Communication partielle)"
    assert (summary.provenance_en, summary.provenance_fr) == ("source", "source")
    assert (summary.comments_en, summary.comments_fr) == ("See also.", "Voir aussi.")


def test_a_row_of_a_province_is_kept_with_its_one_language_said(tmp_path: Path) -> None:
    institution = roads()
    row = a_provincial_row(date_accepted="2014-04-02", applicant_type="media")
    load(a_file(tmp_path / "bc.csv", [row], PROVINCIAL))
    summary = Summary.objects.get()
    assert (summary.institution_id, summary.jurisdiction) == (institution, "ca-bc")
    assert (summary.provenance_en, summary.provenance_fr, summary.summary_fr) == ("source", "missing", "")
    assert str(summary.dated_on) == "2014-05-20"
    assert summary.details == {"date_accepted": "2014-04-02", "applicant_type": "media"}


def test_loading_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    ferries()
    path = a_file(tmp_path / "federal.csv", [*rows(40), a_row("A-2023-00001", summary_en="Something else")])
    load(path)
    before = list(Summary.objects.order_by("pk").values())
    told = Change.objects.count()
    report = load(path)
    assert report.counts["unchanged"] == report.rows == 41
    assert (report.counts["new"], report.counts["changed"], report.withdrawn) == (0, 0, 0)
    assert list(Summary.objects.order_by("pk").values()) == before
    assert Change.objects.count() == told


def test_a_changed_row_keeps_its_address_and_what_it_said_before(tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", [a_row(summary_en=TEXT)]))
    before = Summary.objects.get()
    report = load(a_file(tmp_path / "federal.csv", [a_row(summary_en=f"{TEXT}.", pages="90", month="6")]))
    after = Summary.objects.get()
    assert (report.counts["changed"], report.counts["new"]) == (1, 0)
    assert (after.public_id, after.pages, after.summary_en) == (before.public_id, 90, f"{TEXT}.")
    version = SummaryVersion.objects.get()
    assert (version.summary, version.pages, version.summary_en) == (after, 12, TEXT)
    assert after.changed_at > before.changed_at


def test_rows_of_one_number_are_versions_when_their_text_is_nearly_the_same(tmp_path: Path) -> None:
    ferries()
    path = a_file(
        tmp_path / "federal.csv",
        [
            a_row(summary_en=TEXT, month="9"),
            a_row(summary_en=TEXT.replace("letters", "the letters"), month="2"),
        ],
    )
    report = load(path)
    assert (report.counts["new"], report.counts["records"], report.counts["versions"]) == (2, 1, 1)
    summary = Summary.objects.get()
    assert (summary.month, summary.occurrences) == (9, [1, 2])
    assert SummaryVersion.objects.get().month == 2


def test_rows_of_one_number_and_another_text_are_separate_and_reported(tmp_path: Path) -> None:
    ferries()
    path = a_file(tmp_path / "federal.csv", [a_row(summary_en=TEXT), a_row(summary_en="Menus of the galley")])
    report = load(path)
    assert Summary.objects.count() == 2
    assert reasons(report) == ["shared-number", "shared-number"]
    assert sorted(summary.occurrences for summary in Summary.objects.all()) == [[1], [2]]


def test_a_row_repeated_to_the_letter_is_kept_once(tmp_path: Path) -> None:
    ferries()
    report = load(a_file(tmp_path / "federal.csv", [a_row(), a_row()]))
    assert (report.taken, Summary.objects.count(), SummaryVersion.objects.count()) == (2, 1, 0)


def test_one_number_at_two_institutions_is_two_records(tmp_path: Path) -> None:
    ferries()
    other = a_row(owner_org="", owner_org_title="Lighthouse Board | Conseil des phares")
    load(a_file(tmp_path / "federal.csv", [a_row(), other]))
    assert Summary.objects.count() == 2


def test_an_institution_that_is_not_known_stays_visible_under_its_own_name(tmp_path: Path) -> None:
    report = load(
        a_file(tmp_path / "federal.csv", [a_row(owner_org="", owner_org_title="Lost Office | Bureau perdu")])
    )
    summary = Summary.objects.get()
    assert (summary.institution_id, summary.institution_as_written) == (None, "Lost Office | Bureau perdu")
    assert reasons(report) == ["institution-unknown"]


def test_an_institution_that_becomes_known_does_not_change_the_address(tmp_path: Path) -> None:
    path = a_file(tmp_path / "federal.csv", [a_row()])
    load(path)
    before = Summary.objects.get()
    institution = ferries()
    report = load(path)
    after = Summary.objects.get()
    assert (after.public_id, after.institution_id, report.counts["changed"]) == (
        before.public_id,
        institution,
        1,
    )


def test_a_record_that_its_file_no_longer_holds_is_withdrawn_and_can_come_back(tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", rows(5)))
    report = load(a_file(tmp_path / "federal.csv", rows(4)))
    gone = only("A-2023-00005")
    assert (report.withdrawn, gone.is_withdrawn, gone.last_seen_at is not None) == (1, True, True)
    report = load(a_file(tmp_path / "federal.csv", rows(5)))
    back = only("A-2023-00005")
    assert (report.counts["changed"], back.public_id, back.is_withdrawn) == (1, gone.public_id, False)


def test_a_file_that_lacks_most_of_its_rows_withdraws_nothing_until_confirmed(tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", rows(10)))
    short = a_file(tmp_path / "federal.csv", rows(4))
    report = load(short)
    assert (report.withdrawn, report.held, Summary.objects.published().count()) == (0, 6, 10)
    assert Load.objects.latest("pk").withdrawals_held == 6
    report = load(short, confirm_withdrawals=True)
    assert (report.withdrawn, report.held, Summary.objects.published().count()) == (6, 0, 4)


def test_an_empty_file_withdraws_nothing(tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", rows(2)))
    assert load(a_file(tmp_path / "federal.csv", [])).held == 2
    assert Summary.objects.published().count() == 2


def test_sources_never_withdraw_each_others_rows(tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "one.csv", rows(6)))
    load(a_file(tmp_path / "two.csv", rows(2)))
    load(a_file(tmp_path / "other.csv", rows(1)), source="two", confirm_withdrawals=True)
    assert Summary.objects.published().filter(source__name="one").count() == 6
    assert Summary.objects.published().filter(source__name="two").count() == 1


def test_several_files_of_one_source_withdraw_only_what_none_holds(tmp_path: Path) -> None:
    ferries()
    first, second = (
        a_file(tmp_path / "a.csv", rows(4)),
        a_file(tmp_path / "b.csv", [a_row("B-1"), a_row("B-2")]),
    )
    files = [FileToLoad(path=path, source="both") for path in (first, second)]
    load_source(actor=ACTOR, files=files)
    a_file(tmp_path / "b.csv", [a_row("B-2")])
    reports = load_source(actor=ACTOR, files=files)
    assert [report.withdrawn for report in reports] == [0, 1]
    assert only("B-1").is_withdrawn


def test_what_stands_under_the_source_sample_is_invented(tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "any.csv", rows(1)), source="sample")
    assert Summary.objects.get().is_invented


def test_impossible_dates_become_unknown_and_are_reported(tmp_path: Path) -> None:
    roads()
    path = a_file(
        tmp_path / "bc.csv",
        [
            a_provincial_row("AG-2015-00088", date="1301-01-01"),
            a_provincial_row("AG-2015-00089", date="2001-01-01"),
        ],
        PROVINCIAL,
    )
    report = load(path)
    assert report.by_reason(is_refused=False) == {"impossible-date": 2}
    assert {(summary.year, summary.dated_on) for summary in Summary.objects.all()} == {(None, None)}


def test_an_unknown_disposition_is_kept_as_written_and_reported(tmp_path: Path) -> None:
    ferries()
    report = load(a_file(tmp_path / "federal.csv", [a_row(disposition="ue")]))
    summary = Summary.objects.get()
    assert (summary.disposition, summary.disposition_as_written) == ("", "ue")
    assert reasons(report) == ["disposition-unknown"]


def test_a_row_without_a_number_is_told_apart_by_its_text(tmp_path: Path) -> None:
    ferries()
    path = a_file(tmp_path / "federal.csv", [a_row("", summary_en="One"), a_row("", summary_en="Two")])
    assert reasons(load(path)) == ["no-number", "no-number"]
    assert load(path).counts["unchanged"] == 2
    assert Summary.objects.count() == 2


def test_numbers_with_line_breaks_and_rows_far_apart_find_each_other(tmp_path: Path) -> None:
    ferries()
    cells = [a_row("A-1\n/B-2", summary_en=TEXT), *rows(2500), a_row("A-1 /B-2", summary_en=f"{TEXT}.")]
    report = load(a_file(tmp_path / "federal.csv", cells))
    assert only("A-1 /B-2").occurrences == [1, 2]
    assert (report.taken, report.counts["records"]) == (2502, 2501)


def test_the_report_lists_refused_and_doubtful_rows_with_their_lines(tmp_path: Path) -> None:
    ferries()
    cells = [
        a_row("A-1", summary_en="Two\nlines"),
        a_row("A-2", disposition="ue"),
        a_row("A-3", summary_en="", summary_fr=""),
    ]
    report = load(a_file(tmp_path / "federal.csv", cells))
    assert report.csv_path
    with report.csv_path.open(encoding="utf-8-sig", newline="") as stream:
        listed = [
            (row["line"], row["number"], row["outcome"], row["reason"]) for row in csv.DictReader(stream)
        ]
    assert listed == [("4", "A-2", "doubtful", "disposition-unknown"), ("5", "A-3", "refused", "no-text")]
    assert LoadProblem.objects.count() == 2


def test_the_trail_tells_of_loads_and_withdrawals(tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", rows(3)))
    load(a_file(tmp_path / "federal.csv", rows(2)))
    load(a_file(tmp_path / "federal.csv", []))
    assert list(Event.objects.order_by("pk").values_list("name", flat=True)) == [
        "disclosure:load:started",
        "disclosure:load:completed",
        "disclosure:load:started",
        "disclosure:load:completed",
        "disclosure:records:withdrawn",
        "disclosure:load:started",
        "disclosure:load:completed",
        "disclosure:withdrawal:held",
    ]


def test_search_is_told_of_what_is_new_changed_or_withdrawn_and_of_nothing_else(tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", rows(4)))
    Change.objects.all().delete()
    load(a_file(tmp_path / "federal.csv", [*rows(2), a_row("A-2023-00003", pages="99")]))
    told = set(Change.objects.values_list("kind", "public_id"))
    assert told == {("summary", only(f"A-2023-0000{number}").public_id) for number in (3, 4)}


def test_only_staff_and_the_installation_itself_may_load(tmp_path: Path) -> None:
    path = a_file(tmp_path / "federal.csv", rows(1))
    for actor in (Actor.public(), Actor.person(7)):
        with pytest.raises(NotAllowedError):
            actions.start_load(
                actor=actor, source="x", holds="summaries", file_name=path.name, file_digest="", layout="ati"
            )
    assert not Load.objects.exists()


def test_a_file_of_no_known_layout_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    path = a_file(tmp_path / "odd.csv", [{"a": "1"}], "a,b")
    with pytest.raises(LayoutError, match=r"ati: request_number"):
        load(path)
    with pytest.raises(LayoutError, match="There is no layout nothing"):
        load(path, layout="nothing")
    with pytest.raises(UnreadableFileError):
        load(tmp_path / "missing.csv")
    assert not Load.objects.exists()


def test_a_layout_of_ones_own_is_a_mapping_file_that_the_schema_checks(tmp_path: Path) -> None:
    ferries()
    layout = tmp_path / "ours.yaml"
    layout.write_text(
        "name: ours\nholds: summaries\ntitle: {en: Ours, fr: Le nôtre}\nneeds: [numéro, texte]\n"
        "columns: {request_number: numéro, summary_fr: texte}\n"
        "constants: {jurisdiction: ca, institution_code: fer-tra}\n"
    )
    path = a_file(
        tmp_path / "ours.csv", [{"numéro": "X-1", "texte": "Courriels sur le quai"}], "numéro,texte"
    )
    load(path, layout=str(layout))
    summary = Summary.objects.get()
    assert (summary.summary_fr, summary.provenance_en, summary.request_number) == (
        "Courriels sur le quai",
        "missing",
        "X-1",
    )
    assert summary.institution_id is not None
    layout.write_text(layout.read_text().replace("summary_fr: texte", "sumary: texte"))
    with pytest.raises(LayoutError, match="sumary"):
        load(path, layout=str(layout))


def test_the_official_header_is_recognised_with_columns_added(tmp_path: Path) -> None:
    ferries()
    path = a_file(tmp_path / "federal.csv", [a_row() | {"umd_number": "7"}], f"{ATI},umd_number")
    assert load(path).layout == "ati"
