"""Pages of a small world, with templates that fail on a variable that does not exist."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from parvis.core.actor import Actor
from parvis.disclosure.loading.summaries import FileToLoad, load_summaries
from parvis.disclosure.queries import latest_summaries
from parvis.institutions.actions import load_institutions
from parvis.institutions.files import read_files
from parvis.search.queries import reader


@pytest.fixture(autouse=True)
def every_template_is_strict(strict_templates: None) -> None:
    """A variable that does not exist fails the test."""


@pytest.fixture(autouse=True)
def no_index(tmp_path: Path) -> Iterator[None]:
    """Keep the search away from an index that stands in the home of whoever runs the tests."""
    reader.cache_clear()
    with override_settings(INDEX_DIRECTORY=tmp_path / "index"):
        yield
    reader.cache_clear()


@pytest.fixture
def visitor() -> Client:
    """Anyone, who sees the error page instead of the traceback."""
    return Client(raise_request_exception=False)


JURISDICTIONS = """code,division_id,aliases,kind,parent,name_en,name_fr
ca,ocd-division/country:ca,,federal,,Government of Canada,Gouvernement du Canada
ca-bc,ocd-division/country:ca/province:bc,,province,ca,British Columbia,Colombie-Britannique
"""
INSTITUTIONS = """slug,open_data_slug,jurisdiction,kind,legal_title_en,legal_title_fr,acronym_en,acronym_fr,website_en,\
website_fr,access_email,state,ended_in,successor
northern-lights,nl-ab,ca,agency,Northern Lights Agency,Agence des aurores boréales,NLA,AAB,https://www.lights.example/en,\
https://www.lights.example/fr,access@lights.example,active,,
ferries,,ca-bc,department,Ministry of Ferries,Ministère des Traversiers,,,,,,active,,
lanterns,,ca,board,Lantern Board,Office des lanternes,LB,OL,,,,merged,2019,northern-lights
"""
PURPOSES = """slug,purpose_en,purpose_fr
northern-lights,"Watches the northern sky. People ask it for forecasts, photographs and the costs of its stations.",\
"Observe le ciel du Nord. On lui demande des prévisions, des photographies et le coût de ses stations."
ferries,Runs the ferries. People ask it for delays and for the state of the ships.,\
Exploite les traversiers. On lui demande les retards et l’état des navires.
lanterns,Lit the harbours before the agency did. People asked it for the costs of oil.,\
Éclairait les ports avant l’agence. On lui demandait le coût de l’huile.
"""
FORMER_NAMES = """slug,title_en,title_fr,from_year,until_year
northern-lights,Bureau of the Aurora,Bureau de l’aurore,1970,1999
"""


@pytest.fixture
def small_world(tmp_path: Path, db: None) -> None:  # noqa: ARG001  # it stands in the database
    paths = []
    texts = {"jurisdictions": JURISDICTIONS, "institutions": INSTITUTIONS, "purposes": PURPOSES}
    for name, text in {**texts, "former": FORMER_NAMES}.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(text)
    report = load_institutions(actor=Actor.system("tests"), files=read_files(paths))
    assert not report.refused


SUMMARIES = """year,month,request_number,summary_en,summary_fr,disposition,pages,comments_en,comments_fr,\
owner_org,owner_org_title
2021,3,A-2020-1,"Costs of the northern stations, by month.","Coût des stations du Nord : par mois.",\
DP (Disclosed in part / Communication partielle),12,,,nl-ab,Northern Lights Agency | Agence des aurores boréales
2022,10,A-2022-7,"Photographs of sites where 3 < 4 & 5 > 4, at Station 4.",,\
DA (All disclosed / Communication totale),0,,,nl-ab,\
Northern Lights Agency | Agence des aurores boréales
"""


@pytest.fixture
def records(small_world: None, tmp_path: Path) -> dict[str, str]:  # noqa: ARG001  # the institutions of the records
    """Load two summaries, one of them in English only; return their public ids by request number."""
    path = tmp_path / "summaries.csv"
    path.write_text(SUMMARIES)
    report = load_summaries(actor=Actor.system("tests"), file=FileToLoad(path=path))
    assert not report.refused
    return {item.request_number: item.public_id for item in latest_summaries()}
