"""The facts and sentences that come with Parvis, checked without a database."""

import re
from collections import Counter

from parvis.institutions.files import Holds, Row, read_files, shipped_files


def rows(holds: Holds) -> list[Row]:
    return [row for file in read_files(shipped_files()) if file.holds is holds for row in file.rows]


def cells(holds: Holds) -> list[dict[str, str]]:
    return [row.cells for row in rows(holds)]


def test_schedule_one_and_the_other_publishers_are_whole() -> None:
    schedules = Counter(row["schedule"] for row in cells(Holds.INSTITUTIONS) if row["jurisdiction"] == "ca")
    assert schedules["ca-atia-1-departments"] + schedules["ca-atia-1-others"] == 148
    assert schedules["ca-atia-3"] >= 21


def test_every_institution_has_one_sentence_in_each_language() -> None:
    purposes = {row["slug"]: row for row in cells(Holds.PURPOSES)}
    assert [row["slug"] for row in cells(Holds.INSTITUTIONS) if row["slug"] not in purposes] == []
    for slug, row in purposes.items():
        for column in ("purpose_en", "purpose_fr"):
            assert row[column].endswith("."), slug
            assert 12 <= len(row[column].split()) <= 75, slug


def test_the_french_is_set_as_french() -> None:
    for row in cells(Holds.PURPOSES):
        french = row["purpose_fr"]
        assert "'" not in french, row["slug"]
        assert not re.search(r"[^\u00a0][:;!?»]", french), row["slug"]
        assert not re.search(r"«[^\u00a0]", french), row["slug"]


def test_every_name_that_is_given_in_one_language_is_given_in_the_other() -> None:
    for row in cells(Holds.INSTITUTIONS):
        assert bool(row["applied_title_en"]) == bool(row["applied_title_fr"]), row["slug"]
        assert row["legal_title_en"]
        assert row["legal_title_fr"]


def test_contacts_are_offices_and_addresses_are_secure() -> None:
    for row in cells(Holds.INSTITUTIONS):
        assert not row["website_en"].startswith("javascript"), row["slug"]
        assert not re.match(r"^[a-z]+\.[a-z-]+@", row["access_email"].lower()) or re.search(
            r"atip|aiprp|access|info|recherche|fin\.", row["access_email"].lower()
        ), row["access_email"]


def test_all_provinces_and_territories_are_there() -> None:
    kinds = Counter(row["kind"] for row in cells(Holds.JURISDICTIONS))
    assert (kinds["federal"], kinds["province"], kinds["territory"]) == (1, 10, 3)
    for row in cells(Holds.JURISDICTIONS):
        assert row["division_id"].startswith("ocd-division/country:ca"), row["code"]


def test_no_fact_stands_twice() -> None:
    for holds, columns in {
        Holds.JURISDICTIONS: ("code",),
        Holds.INSTITUTIONS: ("slug",),
        Holds.PURPOSES: ("slug",),
        Holds.FORMER_NAMES: ("slug", "title_en"),
        Holds.SPELLINGS: ("slug", "text"),
    }.items():
        seen = Counter(tuple(row[column] for column in columns) for row in cells(holds))
        assert [key for key, count in seen.items() if count > 1] == [], holds
