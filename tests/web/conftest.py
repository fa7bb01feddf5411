"""Pages of a small world, with templates that fail on a variable that does not exist."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.template.base import VariableDoesNotExist
from django.test import Client

from parvis.core.actor import Actor
from parvis.institutions.actions import load_institutions
from parvis.institutions.files import read_files


class _Undefined(str):
    """Django writes this where a variable does not exist; being written, it fails."""

    __slots__ = ()

    def __contains__(self, _part: object) -> bool:
        return True  # Django then formats it with the variable's name

    def __mod__(self, variable: Any) -> str:
        raise VariableDoesNotExist("the template uses %s, which no one gave", (str(variable),))


@pytest.fixture(autouse=True)
def strict_templates() -> Iterator[None]:
    engine = engines["django"].engine  # type: ignore[attr-defined]  # the Django backend has one
    before = engine.string_if_invalid
    engine.string_if_invalid = _Undefined("undefined %s")
    yield
    engine.string_if_invalid = before


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
