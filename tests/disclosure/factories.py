"""Files and rows for tests. All texts are ours."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from parvis.core.actor import Actor
from parvis.disclosure.loading.report import LoadReport
from parvis.disclosure.loading.summaries import FileToLoad, load_summaries
from parvis.disclosure.models import Summary
from tests.institutions.factories import a_province, an_institution

ACTOR = Actor.system("tests")
ATI = (
    "year,month,request_number,summary_en,summary_fr,disposition,pages,comments_en,comments_fr,"
    "owner_org,owner_org_title"
)
PROVINCIAL = (
    "jurisdiction,division_id,identifier,summary_en,organization,date,date_accepted,decision,pages,applicant_type,"
    "classification"
)
CLASSES = (
    "institution_id,gc_orgID,institution_name_en,institution_name_fr,record_number,name_en,name_fr,"
    "document_types_en,document_types_fr"
)
BANKS = (
    "bank_number_key,title_en,title_fr,bank_number_en,bank_number_fr,description_en,description_fr,"
    "class_of_individuals_en,class_of_individuals_fr,purpose_en,purpose_fr,related_record_number_en,_path"
)


def a_row(number: str = "A-2023-00001", **given: str) -> dict[str, str]:
    """Make one row of the official layout."""
    return {
        "year": "2023",
        "month": "4",
        "request_number": number,
        "summary_en": f"Memos about the ferry terminal, file {number}.",
        "summary_fr": f"Notes sur le terminal de traversiers, dossier {number}.",
        "disposition": "DP (Disclosed in part / Communication partielle)",
        "pages": "12",
        "owner_org": "fer-tra",
        "owner_org_title": "Ferries Canada | Traversiers Canada",
    } | given


def a_provincial_row(number: str = "TRA-2014-00001", **given: str) -> dict[str, str]:
    """Make one row of the provincial and municipal layout."""
    return {
        "jurisdiction": "ca-bc",
        "division_id": "ocd-division/country:ca/province:bc",
        "identifier": number,
        "summary_en": f"Letters about the mountain road, file {number}.",
        "organization": "Roads",
        "date": "2014-05-20",
        "decision": "disclosed in part",
        "pages": "7",
    } | given


def rows(count: int, **given: str) -> list[dict[str, str]]:
    """Make so many rows of the official layout, each with its own number."""
    return [a_row(f"A-2023-{number:05}", **given) for number in range(1, count + 1)]


def a_file(path: Path, cells: Iterable[Mapping[str, str]], header: str = ATI) -> Path:
    """Write a CSV file as the official ones are: with a byte-order mark and CRLF."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, header.split(","), restval="")
        writer.writeheader()
        writer.writerows(cells)
    return path


def load(path: Path, **given: Any) -> LoadReport:
    """Load a file of summaries."""
    return load_summaries(actor=ACTOR, file=FileToLoad(path=path, **given))


def ferries() -> int:
    """Make the institution that the rows name, and return its key."""
    return an_institution(
        slug="ferries",
        open_data_slug="fer-tra",
        legal_title_en="Ferries Canada",
        legal_title_fr="Traversiers Canada",
    ).pk


def roads() -> int:
    """Make the provincial body that the rows name, and return its key."""
    return an_institution(
        slug="bc-roads", jurisdiction=a_province(), legal_title_en="Roads", legal_title_fr="Routes"
    ).pk


def only(number: str) -> Summary:
    """Return the one summary of a number."""
    return Summary.objects.get(request_number=number)


def reasons(report: LoadReport) -> Sequence[str]:
    """Return the reasons that a report gives, in file order."""
    return [problem.reason for problem in sorted(report.problems, key=lambda problem: problem.line)]
