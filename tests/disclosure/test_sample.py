"""The sample keeps the promises of its README: invented, complete, in both languages, in the official layouts."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import parvis.disclosure

SAMPLE = Path(parvis.disclosure.__file__).parent / "sample"
OFFICIAL_HEADER = (
    "year,month,request_number,summary_en,summary_fr,disposition,pages,comments_en,comments_fr,"
    "owner_org,owner_org_title"
)
DISPOSITIONS = {
    "All disclosed",
    "Disclosed in part",
    "All exempted",
    "All excluded",
    "No records exist",
    "Request transferred",
    "Request abandoned",
    "Neither confirmed nor denied",
}
# The numbers that occur twice on purpose: two are amended versions, two are other requests.
SHARED_NUMBERS = {
    "dfo-mpo|A-2023-00098",
    "hc-sc|A-2024-000512",
    "nrcan-rncan|A-2022-00077",
    "pch|A-2023-00061",
}
# A plain space before high punctuation, quotation marks without their no-break space, or a straight apostrophe.
BAD_FRENCH = re.compile(r"[^\u00a0][!?»;]|[^\u00a0\d]:(?!//)|«[^\u00a0]|['\"]|  ")


def rows_of(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def queries() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLE / "queries.jsonl").read_text(encoding="utf-8").splitlines()]


def keys_in_file_order() -> set[str]:
    seen: Counter[str] = Counter()
    keys = set()
    for row in rows_of("summaries.csv"):
        key = f"{row['owner_org']}|{row['request_number']}"
        seen[key] += 1
        keys.add(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return keys


def disposition_of(row: dict[str, str]) -> str:
    english = row["disposition"].split(" / ")[0]
    return english.split("(")[-1]


def test_the_summaries_have_the_official_header_and_number() -> None:
    first_line = (SAMPLE / "summaries.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    assert first_line == OFFICIAL_HEADER
    assert len(rows_of("summaries.csv")) >= 320
    assert len({row["owner_org"] for row in rows_of("summaries.csv")}) >= 40


def test_every_disposition_occurs_and_agrees_with_the_pages() -> None:
    rows = rows_of("summaries.csv")
    assert {disposition_of(row) for row in rows} == DISPOSITIONS
    for row in rows:
        has_pages = int(row["pages"]) > 0
        assert has_pages == (disposition_of(row) in {"All disclosed", "Disclosed in part"}), row[
            "request_number"
        ]


def test_every_date_is_possible() -> None:
    for row in rows_of("summaries.csv"):
        assert 2019 <= int(row["year"]) <= 2025
        assert 1 <= int(row["month"]) <= 12


def test_numbers_are_unique_but_for_those_that_show_versions() -> None:
    counted = Counter(f"{row['owner_org']}|{row['request_number']}" for row in rows_of("summaries.csv"))
    assert {key for key, count in counted.items() if count > 1} == SHARED_NUMBERS


@pytest.mark.parametrize("column", ["summary_en", "summary_fr"])
def test_no_summary_is_written_twice(column: str) -> None:
    texts = [row[column] for row in rows_of("summaries.csv") if row[column]]
    assert len(texts) == len(set(texts))
    assert min(len(text) for text in texts) >= 25


def test_both_languages_stand_but_for_the_few_rows_that_show_one() -> None:
    rows = rows_of("summaries.csv")
    one_language = [row for row in rows if not (row["summary_en"] and row["summary_fr"])]
    assert {bool(row["summary_en"]) for row in one_language} == {True, False}
    assert 2 <= len(one_language) <= 6
    assert all(row["summary_en"] or row["summary_fr"] for row in rows)
    assert all(bool(row["comments_en"]) == bool(row["comments_fr"]) for row in rows)
    assert any(row["comments_en"] for row in rows)


@pytest.mark.parametrize("name", ["summaries.csv", "holdings_classes.csv", "holdings_banks.csv"])
def test_the_french_is_set_as_french(name: str) -> None:
    for row in rows_of(name):
        for column, text in row.items():
            if column.endswith("_fr") and column != "institution_name_fr":
                assert not BAD_FRENCH.search(text), (column, text)


def test_the_provincial_rows_come_in_english_only_from_four_bodies() -> None:
    rows = rows_of("summaries_provincial.csv")
    assert list(rows[0])[:4] == ["jurisdiction", "division_id", "identifier", "summary_en"]
    assert len(rows) >= 40
    assert {row["jurisdiction"] for row in rows} == {"ca-bc", "ca-nl", "ca-on-toronto", "ca-ns-halifax"}
    assert len({row["identifier"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("name", "key", "at_least", "institution"),
    [
        ("holdings_classes.csv", "record_number", 80, "institution_id"),
        ("holdings_banks.csv", "bank_number_key", 30, "_path"),
    ],
)
def test_holdings_are_numbered_once_and_told_in_both_languages(
    name: str, key: str, at_least: int, institution: str
) -> None:
    rows = rows_of(name)
    assert len(rows) >= at_least
    assert len({row[key] for row in rows}) == len(rows)
    assert len({row[institution] for row in rows}) >= 15
    for row in rows:
        for column, text in row.items():
            twin = column.removesuffix("_en") + "_fr"
            if twin in row:
                assert bool(text) == bool(row[twin]), (row[key], column)


def test_the_banks_name_classes_that_exist() -> None:
    classes = {row["record_number"] for row in rows_of("holdings_classes.csv")}
    named = {row["related_record_number_en"] for row in rows_of("holdings_banks.csv")} - {""}
    assert named <= classes


def test_the_queries_are_bilingual_and_their_targets_exist() -> None:
    keys = keys_in_file_order()
    languages = Counter(query["lang"] for query in queries())
    assert min(languages["en"], languages["fr"]) >= 30
    for query in queries():
        assert query["primary"] in query["targets"]
        assert set(query["targets"]) <= keys, query["qid"]
    assert len({query["qid"] for query in queries()}) == len(queries())


def test_the_readme_counts_right() -> None:
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    summaries = rows_of("summaries.csv")
    assert f"{len(summaries)} summaries" in readme
    assert f"{len({row['owner_org'] for row in summaries})} federal institutions" in readme
    assert f"{len(rows_of('summaries_provincial.csv'))} summaries" in readme
    assert f"{len(rows_of('holdings_classes.csv'))} classes of records" in readme
    assert f"{len(rows_of('holdings_banks.csv'))} personal information banks" in readme
    assert f"{len(queries())} queries" in readme
