"""Every name in the real files resolves, or stands below with the reason why not."""

import csv
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from parvis.core.actor import Actor
from parvis.institutions import queries
from parvis.institutions.actions import load_institutions
from parvis.institutions.files import read_files, shipped_files
from parvis.institutions.matching import How
from parvis.institutions.queries import Resolver

DATA = Path(os.environ.get("PARVIS_DATA", ""))
pytestmark = [pytest.mark.data, pytest.mark.django_db]

# Nothing at present: every owner_org, title and organization of the three files resolves.
KNOWN_UNRESOLVED: dict[str, str] = {}


@pytest.fixture
def resolver() -> Resolver:
    load_institutions(actor=Actor.system("test"), files=read_files(shipped_files()))
    return queries.resolver()


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def test_every_publisher_and_every_title_of_the_federal_files_resolves(resolver: Resolver) -> None:
    for name in ("summaries/federal.csv", "summaries/federal_2012_2014.csv"):
        for row in rows(name):
            found = resolver.resolve(slug=row["owner_org"], title=row["owner_org_title"])
            assert found.is_known or row["owner_org_title"] in KNOWN_UNRESOLVED, row["owner_org_title"]
            assert not found.title_disagrees, row["owner_org_title"]


def test_every_title_of_the_federal_file_resolves_without_its_slug(resolver: Resolver) -> None:
    for row in rows("summaries/federal.csv"):
        by_slug = resolver.resolve(slug=row["owner_org"])
        assert resolver.resolve(title=row["owner_org_title"]).slug == by_slug.slug, row["owner_org_title"]


def test_every_organization_of_the_provincial_and_municipal_file_resolves(resolver: Resolver) -> None:
    hows: Counter[How] = Counter()
    for row in rows("summaries/provincial_municipal.csv"):
        for jurisdiction in (row["jurisdiction"], row["division_id"]):
            found = resolver.resolve(title=row["organization"], jurisdiction=jurisdiction)
            assert found.is_known or row["organization"] in KNOWN_UNRESOLVED, row["organization"]
            hows[found.how] += 1
            assert (found.how is How.WHOLE_JURISDICTION) == (row["jurisdiction"].count("-") > 1)
    assert hows.keys() <= {How.TITLE, How.FORMER_NAME, How.SHORT_TITLE, How.SPELLING, How.WHOLE_JURISDICTION}


def test_every_institution_of_the_registry_and_its_holdings_resolves(resolver: Resolver) -> None:
    for row in rows("holdings/institution_registry.csv"):
        expected = resolver.resolve(title=row["legal_name_en"])
        assert expected.is_known, row["legal_name_en"]
        if slug := row["open_canada_org_slug"]:
            assert resolver.resolve(slug=slug).slug == expected.slug
    for row in rows("holdings/cor_table_en_fr_all.csv"):
        english = resolver.resolve(title=row["institution_name_en"])
        assert english.is_known, row["institution_name_en"]


# The department list numbers some bodies together that are apart here: the information and the privacy
# commissioner share one number, and the review committees that ended stand for themselves.
APART = {("oic-ci", "opc-cpvp"), ("nsira-ossnr", "sirc-csars"), ("csis-scrs", "sirc-csars"),
         ("dfatd-maecd", "acdi-cida"), ("dnd-mdn", "mgerc-ceegm")}  # fmt: skip


def test_of_the_departmental_spellings_nine_in_ten_resolve_and_none_wrongly(resolver: Resolver) -> None:
    """The list has 1,697 spellings of 327 bodies; those of bodies that Parvis does not keep must stay unknown."""
    truth: dict[str, str] = {}
    for row in rows("holdings/institution_registry.csv"):
        truth.setdefault(row["infobaseID"].split(".")[0], resolver.resolve(title=row["legal_name_en"]).slug)
    for row in rows("services/ref/ifoi_en.csv"):
        found = resolver.resolve(title=row["legal_title"])
        if found.is_known:
            truth.setdefault(row["org_id"], found.slug)
    outcomes: Counter[str] = Counter()
    for row in rows("services/ref/org_var.csv"):
        found = resolver.resolve(title=row["org_name_variant"])
        expected = truth.get(row["org_id"], "")
        if found.is_known:
            assert found.slug == expected or (expected, found.slug) in APART, row
        outcomes["known" if found.is_known else "missed" if expected else "not ours"] += 1
    assert outcomes["known"] / (outcomes["known"] + outcomes["missed"]) > 0.9, outcomes
