from pathlib import Path

import pytest

from parvis.disclosure import queries
from parvis.disclosure.loading.holdings import load_holdings
from parvis.disclosure.loading.report import LoadReport
from parvis.disclosure.models import ClassOfRecords, PersonalInformationBank, PersonalInformationCategory
from parvis.disclosure.queries import HoldingDetail, WithdrawnRecord
from parvis.tables.table import UnreadableFileError
from tests.disclosure.factories import ACTOR, BANKS, CLASSES, a_file, ferries

pytestmark = pytest.mark.django_db
PATH = "ati-schedule-i-ferries-canada"


def a_class(number: str, **given: str) -> dict[str, str]:
    return {
        "institution_id": PATH,
        "gc_orgID": "7",
        "institution_name_en": "Ferries Canada",
        "record_number": number,
        "name_en": f"Terminals {number}",
        "name_fr": f"Terminaux {number}",
        "document_types_en": "Plans, leases.",
        "document_types_fr": "Plans, baux.",
    } | given


def a_bank(number: str, **given: str) -> dict[str, str]:
    return {
        "bank_number_key": number,
        "title_en": "Pass holders",
        "title_fr": "Titulaires de laissez-passer",
        "bank_number_en": number,
        "description_en": "Names of those who hold a yearly pass.",
        "_path": PATH,
    } | given


def take(folder: Path, *, confirm: bool = False) -> list[LoadReport]:
    return load_holdings(actor=ACTOR, folder=folder, source="holdings", confirm_withdrawals=confirm)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ferries()
    a_file(tmp_path / "classes.csv", [a_class("FER ABC 010"), a_class("FER ABC 020")], CLASSES)
    banks = [
        a_bank("FER PPU 001", related_record_number_en="[FER ABC 020](#abc)"),
        a_bank("FER PPU 002", title_en="You are here"),
    ]
    a_file(tmp_path / "banks.csv", banks, BANKS)
    return tmp_path


def test_classes_and_banks_are_taken_with_their_institution(folder: Path) -> None:
    reports = take(folder)
    assert [(report.layout, report.rows, report.taken) for report in reports] == [
        ("classes_of_records", 2, 2),
        ("personal_information_banks", 2, 2),
    ]
    one = ClassOfRecords.objects.get(number_key="FER ABC 010")
    assert (one.title_en, one.title_fr, one.document_types_en) == (
        "Terminals FER ABC 010",
        "Terminaux FER ABC 010",
        "Plans, leases.",
    )
    assert {bank.institution_id for bank in PersonalInformationBank.objects.all()} == {one.institution_id}


def test_loading_the_same_folder_twice_changes_nothing(folder: Path) -> None:
    take(folder)
    before = list(PersonalInformationBank.objects.order_by("pk").values())
    reports = take(folder)
    assert [report.counts["unchanged"] for report in reports] == [2, 2]
    assert list(PersonalInformationBank.objects.order_by("pk").values()) == before


def test_a_bank_is_linked_to_the_classes_that_it_names(folder: Path) -> None:
    take(folder)
    bank = PersonalInformationBank.objects.get(number_key="FER PPU 001")
    assert [one.number_key for one in bank.classes.all()] == ["FER ABC 020"]
    assert bank.related_en == "FER ABC 020"


def test_a_page_s_furniture_is_not_taken_for_a_title(folder: Path) -> None:
    reports = take(folder)
    assert PersonalInformationBank.objects.get(number_key="FER PPU 002").title_en == ""
    assert reports[1].by_reason(is_refused=False)["title-looks-wrong"] == 1


def test_rows_gathered_twice_make_one_bank_and_rows_of_two_things_make_two(folder: Path) -> None:
    banks = [
        a_bank("FER PPU 001", title_fr=""),
        a_bank("FER PPU 001", title_en=""),
        a_bank("FER PPU 003"),
        a_bank("FER PPU 003", description_en="Recordings of the calls that the lost-and-found desk gets."),
    ]
    a_file(folder / "banks.csv", banks, BANKS)
    report = take(folder)[1]
    assert (report.taken, report.counts["records"]) == (4, 3)
    assert report.by_reason(is_refused=False)["shared-number"] == 2
    bank = PersonalInformationBank.objects.get(number_key="FER PPU 001")
    assert (bank.title_en, bank.title_fr) == ("Pass holders", "Titulaires de laissez-passer")


def test_a_row_that_says_nothing_is_refused(folder: Path) -> None:
    empty = {"bank_number_key": "FER PPU 009", "_path": PATH}
    a_file(folder / "banks.csv", [empty, {"description_en": "No number.", "_path": PATH}], BANKS)
    assert take(folder)[1].by_reason(is_refused=True) == {"no-text": 1, "no-identifier": 1}


def test_holdings_that_are_gone_are_withdrawn_but_not_most_at_once(folder: Path) -> None:
    take(folder)
    a_file(folder / "classes.csv", [a_class("FER ABC 010")], CLASSES)
    assert [report.withdrawn for report in take(folder)] == [0, 1]
    gone = ClassOfRecords.objects.get(number_key="FER ABC 020")
    assert isinstance(queries.holding_detail(gone.public_id), WithdrawnRecord)
    a_file(folder / "banks.csv", [], BANKS)
    assert [report.held for report in take(folder)] == [0, 2]
    assert [report.withdrawn for report in take(folder, confirm=True)] == [0, 2]


def test_standard_holdings_belong_to_no_single_institution(folder: Path) -> None:
    header = "record_number,record_number_en,record_number_fr,title_en,title_fr,description_en,description_fr"
    row = {
        "record_number": "905",
        "record_number_en": "PRN 905",
        "record_number_fr": "NDP 905",
        "title_en": "Ceremonies",
        "title_fr": "Cérémonies",
        "description_en": "Speeches.",
        "description_fr": "Discours.",
    }
    a_file(folder / "standard.csv", [row], header)
    take(folder)
    standard = ClassOfRecords.objects.get(is_standard=True)
    assert (standard.institution_id, standard.number_en, standard.number_fr) == (None, "PRN 905", "NDP 905")
    assert [item.title.fr for item in queries.standard_holdings().classes] == ["Cérémonies"]


def test_links_and_categories_are_accounted_for_as_well(folder: Path) -> None:
    a_file(
        folder / "links.csv",
        [
            {"institution_id": PATH, "bank_number_key": "FER PPU 002", "cor_record_number": "FER ABC 010"},
            {
                "institution_id": PATH,
                "bank_number_key": "FER PPU 002",
                "related_record_number": "FER ABC 999",
            },
        ],
        "institution_id,bank_number_key,related_record_number,cor_record_number",
    )
    a_file(
        folder / "categories.csv",
        [{"PI_CAT_ID": "PI_CAT-3", "name_en": "Contact", "name_fr": "Coordonnées"}],
        "PI_CAT_ID,name_en,name_fr,examples_en,examples_fr",
    )
    categories, links = take(folder)[2:]
    assert (categories.taken, links.taken, links.by_reason(is_refused=True)) == (1, 1, {"link-unknown": 1})
    assert PersonalInformationCategory.objects.get().name_fr == "Coordonnées"
    bank = PersonalInformationBank.objects.get(number_key="FER PPU 002")
    assert [one.number_key for one in bank.classes.all()] == ["FER ABC 010"]
    assert [report.counts["unchanged"] for report in take(folder)] == [2, 2, 1, 1]


def test_a_table_of_names_beside_them_says_whose_a_path_is(folder: Path) -> None:
    a_file(
        folder / "names.csv",
        [{"gc_orgID": "42.0", "harmonized_name": "Ferries Canada"}],
        "gc_orgID,harmonized_name",
    )
    a_file(folder / "banks.csv", [a_bank("FER PPU 001", _path="42_ferry-people")], BANKS)
    take(folder)
    assert PersonalInformationBank.objects.get().institution_id is not None


def test_an_unknown_institution_of_a_holding_stays_visible(folder: Path) -> None:
    a_file(folder / "banks.csv", [a_bank("FER PPU 001", _path="99_lost-office")], BANKS)
    report = take(folder)[1]
    assert report.by_reason(is_refused=False)["institution-unknown"] == 1
    assert PersonalInformationBank.objects.get().institution_as_written == "99_lost-office"


def test_a_folder_without_holdings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        take(tmp_path)


def test_the_page_of_a_holding_says_all_in_both_languages(folder: Path) -> None:
    take(folder)
    bank = PersonalInformationBank.objects.get(number_key="FER PPU 001")
    detail = queries.holding_detail(bank.public_id)
    assert isinstance(detail, HoldingDetail)
    assert (detail.item.name.fr, detail.kind_title.fr) == (
        "Titulaires de laissez-passer",
        "Fichier de renseignements personnels",
    )
    assert [(part.name, part.label.fr) for part in detail.parts][:1] == [("description", "Description")]
    assert [item.number.en for item in detail.related] == ["FER ABC 020"]
    back = queries.holding_detail(detail.related[0].public_id)
    assert isinstance(back, HoldingDetail)
    assert [item.public_id for item in back.related] == [bank.public_id]
    assert queries.holding_detail("nothing") is None


def test_the_holdings_of_an_institution_come_in_the_order_of_the_language(folder: Path) -> None:
    cells = [
        a_class("FER ABC 010", name_en="Boats", name_fr="Zones"),
        a_class("FER ABC 020", name_en="Zones", name_fr="Écluses"),
    ]
    a_file(folder / "classes.csv", cells, CLASSES)
    take(folder)
    institution = ClassOfRecords.objects.filter(institution__isnull=False).values_list(
        "institution_id", flat=True
    )[0]
    assert institution
    english, french = queries.holdings_of(institution, "en"), queries.holdings_of(institution, "fr")
    assert [item.title.en for item in english.classes] == ["Boats", "Zones"]
    assert [item.title.fr for item in french.classes] == ["Écluses", "Zones"]
    assert english.total == 4
