"""The page of a record, its references, and the pages around it."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from parvis.core.actor import Actor
from parvis.disclosure.loading.summaries import FileToLoad, load_summaries

Records = dict[str, str]
pytestmark = pytest.mark.django_db


def test_a_record_shows_both_languages_with_their_lang_and_the_outcome_in_plain_words(
    visitor: Client, records: Records
) -> None:
    html = visitor.get(f"/fr/documents/{records['A-2020-1']}").content.decode()
    assert re.search(r'lang="fr">\s*<h3>Français', html)
    assert re.search(r'lang="en">\s*<h3>English', html)
    assert html.index("<h3>Français") < html.index("<h3>English")
    assert "Communication partielle" in html
    assert "mars 2021" in html
    assert "Coût des stations du Nord\u00a0: par mois." in html


def test_a_text_in_one_language_only_is_shown_with_its_lang_and_says_so(
    visitor: Client, records: Records
) -> None:
    public_id = records["A-2022-7"]
    html = visitor.get(f"/fr/documents/{public_id}").content.decode()
    assert re.search(r'<h1 class="record-title" lang="en">Photographs of sites where 3 &lt; 4 &amp; 5', html)
    line = visitor.get("/fr/institutions/northern-lights").content.decode()
    assert re.search(rf'href="/fr/documents/{public_id}" lang="en"', line)


def test_a_letter_that_asks_for_a_copy_is_written_where_there_are_pages(
    visitor: Client, records: Records
) -> None:
    with_pages = visitor.get(f"/en/records/{records['A-2020-1']}").content.decode()
    found = re.search(r'href="mailto:access@lights\.example\?subject=([^&]*)&amp;body=([^"]*)"', with_pages)
    assert found
    assert "A-2020-1" in found.group(1)
    assert "%0D%0A" in found.group(2)
    assert "Ask for a copy" not in visitor.get(f"/en/records/{records['A-2022-7']}").content.decode()


@pytest.mark.parametrize(("suffix", "begins"), [("bib", "@misc{"), ("ris", "TY  - GOVDOC")])
def test_a_reference_is_given_to_reference_managers(
    visitor: Client, records: Records, suffix: str, begins: str
) -> None:
    response = visitor.get(f"/en/records/{records['A-2020-1']}.{suffix}")
    assert response.content.decode().startswith(begins)
    assert response["Content-Disposition"].endswith(f'.{suffix}"')
    assert visitor.get(f"/en/records/{records['A-2020-1']}.exe").status_code == 404


def test_a_withdrawn_record_is_gone_and_shows_nothing_of_what_it_said(
    visitor: Client, records: Records, tmp_path: Path
) -> None:
    path = tmp_path / "summaries.csv"
    path.write_text("\n".join(path.read_text().splitlines()[:2]) + "\n")
    load_summaries(actor=Actor.system("tests"), file=FileToLoad(path=path, confirm_withdrawals=True))
    response = visitor.get(f"/en/records/{records['A-2022-7']}")
    assert response.status_code == 410
    assert "no longer published" in response.content.decode()
    assert "Photographs" not in response.content.decode()


def test_an_unknown_record_is_not_found(visitor: Client) -> None:
    assert visitor.get("/en/records/nothing").status_code == 404
    assert visitor.get("/fr/fonds/rien").status_code == 404
    assert visitor.get("/en/institutions/nobody").status_code == 404


def test_what_machines_read_of_a_record_is_valid_json_and_cannot_end_its_element(
    visitor: Client, records: Records
) -> None:
    html = visitor.get(f"/en/records/{records['A-2022-7']}").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    assert "<" not in found.group(1)
    data = json.loads(found.group(1))
    assert data["@type"] == "Report"
    assert data["inLanguage"] == ["en"]
    assert data["abstract"].startswith("Photographs of sites where 3 < 4 & 5 > 4")


def test_numbers_say_over_how_many_of_how_many(visitor: Client, records: Records) -> None:  # noqa: ARG001  # they are counted
    html = visitor.get("/en/institutions/northern-lights").content.decode()
    assert "Counted over 2 of 2 summaries." in html
    assert "12 pages were released in all, counted over the 2 of 2 summaries" in " ".join(html.split())
    assert "As of" in html


def test_an_institution_that_ended_names_its_successor(visitor: Client, small_world: None) -> None:  # noqa: ARG001  # it is in it
    html = visitor.get("/fr/institutions/lanterns").content.decode()
    assert "Cette institution a pris fin en 2019." in html
    assert 'href="/fr/institutions/northern-lights"' in html


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_feed_is_atom_in_its_language_and_of_one_institution_where_asked(
    visitor: Client, records: Records, language: str
) -> None:
    address = "/fr/fil" if language == "fr" else "/en/feed"
    feed = ET.fromstring(visitor.get(address).content)  # noqa: S314  # our own
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert len(feed.findall("a:entry", space)) == len(records)
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == f"{language}-CA"
    assert all(entry.findtext("a:updated", "", space) for entry in feed.findall("a:entry", space))
    ferries = ET.fromstring(visitor.get(f"{address}?institution=ferries").content)  # noqa: S314  # our own
    assert not ferries.findall("a:entry", space)
    assert visitor.get(f"{address}?institution=nobody").status_code == 404


def test_search_without_an_index_says_that_it_could_not_look(visitor: Client, small_world: None) -> None:  # noqa: ARG001  # institutions without an index
    response = visitor.get("/fr/recherche?q=phares")
    html = response.content.decode()
    assert response.status_code == 503
    assert "La recherche n’est pas disponible pour le moment" in html
    assert "Rien n’a été trouvé" not in html


def test_browsers_learn_how_to_search_here(visitor: Client) -> None:
    response = visitor.get("/fr/opensearch.xml")
    assert "/fr/recherche?q={searchTerms}" in response.content.decode()
    ET.fromstring(response.content)  # noqa: S314  # our own
