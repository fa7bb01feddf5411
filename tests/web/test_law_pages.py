import json
import re

import pytest
from django.test import Client

from parvis.law import packs

pytestmark = pytest.mark.django_db
ASKED = {"law": "ca-atia", "received": "2026-05-29"}
EXTENDED = {"kind": "extended", "on": "2026-06-20", "ref": "9(1)(b)", "days": "60", "then": ""}


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).replace("\xa0", " ")


def test_the_day_and_its_reasons_are_said_in_both_languages(client: Client) -> None:
    english = text_of(client.get("/en/law", ASKED).content.decode())
    assert "The answer is due on Monday, 29 June 2026" in english
    assert "Interpretation Act, s. 26" in english
    french = text_of(client.get("/fr/loi", ASKED).content.decode())
    assert "La réponse est attendue le lundi 29 juin 2026" in french
    assert "Loi d’interprétation, art. 26" in french


def test_an_extension_moves_the_day(client: Client) -> None:
    page = text_of(client.get("/en/law", ASKED | EXTENDED).content.decode())
    assert "The answer is due on Thursday, 27 August 2026" in page


def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_lost(client: Client) -> None:
    html = client.get("/en/law", ASKED | EXTENDED | {"on": "2027-06-20"}).content.decode()
    assert "This cannot be" in html
    assert "The answer is due" not in html
    for typed in ("2027-06-20", "9(1)(b)", "60"):
        assert f'value="{typed}"' in html


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"received": "29 May"}, "Write the day as year-month-day"),
        ({"received": "0001-01-01"}, "Write the day as year-month-day"),
        ({"law": "nowhere"}, "Choose a law"),
        ({"place": "atlantis"}, "Choose a place"),
        ({"kind": "flying", "on": "2026-06-01"}, "Choose what happened"),
        ({"kind": "extended", "on": "soon"}, "Write the day as year-month-day"),
        ({"kind": "extended", "on": "2026-06-01", "days": "many"}, "Write the length as a number of days"),
        (
            {"kind": "extended", "on": "2026-06-01", "days": "99999999999"},
            "Write the length as a number of days",
        ),
    ],
)
def test_a_wrong_value_is_named_beside_its_field(client: Client, wrong: dict[str, str], said: str) -> None:
    response = client.get("/en/law", ASKED | wrong)
    assert response.status_code == 200
    html = response.content.decode()
    assert said in html
    assert 'aria-invalid="true"' in html


def test_events_can_be_added_without_script(client: Client) -> None:
    before = client.get("/en/law", ASKED | EXTENDED).content.decode().count('name="kind"')
    kinds = {"kind": ["extended", "answered"], "on": ["2026-06-20", "2026-07-20"], "more": "1"}
    after = client.get("/en/law", {**ASKED, **kinds}).content.decode().count('name="kind"')
    assert after == before + 1


def test_a_flood_of_events_is_cut(client: Client) -> None:
    html = client.get(
        "/en/law", ASKED | {"kind": ["answered"] * 100, "on": ["2026-06-01"] * 100}
    ).content.decode()
    assert html.count('name="kind"') == 12


@pytest.mark.parametrize("pack", [pack.id for pack in packs()])
def test_every_law_reads_as_a_page_in_both_languages_and_by_the_api(client: Client, pack: str) -> None:
    for path in (f"/en/law/{pack}", f"/fr/loi/{pack}"):
        response = client.get(path)
        assert response.status_code == 200
        assert response.content.decode().count("<h1") == 1
    told = client.get(f"/api/v1/law/{pack}").json()
    assert told["id"] == pack
    assert told["statute"]["fr"]


def test_the_api_gives_the_same_day_as_the_page(client: Client) -> None:
    told = client.get("/api/v1/law/deadline", ASKED | {"event": "extended:2026-06-20:9(1)(b):60"}).json()
    assert (told["statute_due"], told["policy_due"]) == ("2026-08-27", "2026-08-27")
    assert all(step["text"]["en"] and step["text"]["fr"] for step in told["steps"])


def test_the_api_refuses_in_the_callers_language(client: Client) -> None:
    response = client.get("/api/v1/law/deadline", ASKED | {"law": "zz"}, headers={"Accept-Language": "fr"})
    assert response.status_code == 422
    assert json.loads(response.content)["detail"].startswith("Aucun régime")
    assert client.get("/api/v1/law/nowhere").status_code == 404
    assert client.get("/en/law/nowhere").status_code == 404
