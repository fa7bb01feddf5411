import csv
import io
import json
from pathlib import Path

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from parvis.api.openapi import untranslated
from parvis.config import api as assembled
from parvis.disclosure.loading.holdings import load_holdings
from tests.disclosure.factories import ACTOR, ATI, CLASSES, a_file, a_row, ferries, load, only, rows

pytestmark = pytest.mark.django_db


def download(client: Client, name: str) -> str:
    response = client.get(f"/api/v1/downloads/{name}")
    assert isinstance(response, StreamingHttpResponse)
    return b"".join(response).decode("utf-8-sig")


def test_summaries_are_paged_and_filtered(client: Client, tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", [*rows(3), a_row("A-1", year="2019")]))
    body = client.get("/api/v1/summaries", {"limit": "3"}).json()
    assert (body["count"], len(body["items"])) == (4, 3)
    assert [item["request_number"] for item in client.get(body["next"]).json()["items"]] == ["A-1"]
    assert client.get("/api/v1/summaries", {"year": "2019", "institution": "ferries"}).json()["count"] == 1
    assert client.get("/api/v1/summaries", {"disposition": "burnt"}).status_code == 422
    changed = only("A-1").changed_at.isoformat()
    assert client.get("/api/v1/summaries", {"changed_since": changed}).json()["count"] == 4


def test_one_summary_comes_whole(client: Client, tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", rows(1)))
    body = client.get(f"/api/v1/summaries/{only('A-2023-00001').public_id}").json()
    assert body["institution"]["slug"] == "ferries"
    assert body["provenance"] == {"en": "source", "fr": "source"}
    assert (body["disposition"], body["pages"], body["dated_on"]) == ("disclosed-in-part", 12, None)
    assert body["public_id"] in body["address"]["fr"]
    assert client.get("/api/v1/summaries/nothing").status_code == 404


def test_a_withdrawn_summary_is_gone(client: Client, tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", rows(3)))
    load(a_file(tmp_path / "federal.csv", rows(2)))
    response = client.get(f"/api/v1/summaries/{only('A-2023-00003').public_id}")
    assert (response.status_code, response["Content-Type"]) == (410, "application/problem+json")
    assert "ferry" not in response.content.decode()
    listed = client.get("/api/v1/withdrawals").json()["items"]
    assert [one["public_id"] for one in listed] == [only("A-2023-00003").public_id]
    assert client.get("/api/v1/withdrawals", {"since": "2999-01-01T00:00:00Z"}).json()["count"] == 0


def test_everything_can_be_downloaded_in_the_official_column_order(client: Client, tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", [*rows(2), a_row("A-1", summary_en='Two\nlines, "quoted"')]))
    table = list(csv.reader(io.StringIO(download(client, "summaries.csv"))))
    assert table[0][:11] == ATI.split(",")
    assert len(table) == 4
    assert table[3][3] == 'Two\nlines, "quoted"'
    lines = [json.loads(line) for line in download(client, "summaries.jsonl").splitlines()]
    assert [line["request_number"] for line in lines] == ["A-2023-00001", "A-2023-00002", "A-1"]
    assert lines[0]["public_id"] in lines[0]["address_en"]
    assert client.get("/api/v1/downloads/people.csv").status_code == 422


def test_a_download_can_be_loaded_again_with_nothing_lost(client: Client, tmp_path: Path) -> None:
    ferries()
    load(a_file(tmp_path / "federal.csv", rows(3)))
    again = tmp_path / "again.csv"
    again.write_text(download(client, "summaries.csv"), encoding="utf-8")
    report = load(again, source="federal")
    assert (report.layout, report.counts["unchanged"]) == ("ati", 3)


def test_holdings_are_listed_read_and_downloaded(client: Client, tmp_path: Path) -> None:
    ferries()
    row = {
        "institution_name_en": "Ferries Canada",
        "record_number": "FER ABC 010",
        "name_en": "Terminals",
        "document_types_en": "Plans.",
    }
    a_file(tmp_path / "classes.csv", [row], CLASSES)
    load_holdings(actor=ACTOR, folder=tmp_path)
    body = client.get("/api/v1/holdings", {"kind": "class_of_records", "institution": "ferries"}).json()
    (item,) = body["items"]
    whole = client.get(f"/api/v1/holdings/{item['public_id']}").json()
    assert [(part["name"], part["text"]["en"]) for part in whole["parts"]] == [("document_types", "Plans.")]
    assert client.get("/api/v1/holdings/nothing").status_code == 404
    assert json.loads(download(client, "holdings.jsonl"))["title_en"] == "Terminals"


def test_dispositions_are_explained(client: Client) -> None:
    body = client.get("/api/v1/dispositions").json()
    assert len(body) == 8
    assert all(one["sentence"]["fr"] for one in body)


def test_every_text_of_the_documents_is_in_both_languages() -> None:
    assert untranslated(assembled.api.get_openapi_schema(path_prefix="/api/v1/")) == []
