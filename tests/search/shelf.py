"""A small shelf of invented papers and offices that these tests search. Every sentence is ours."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from parvis.core.bilingual import Provenance, Text
from parvis.search.sources import SearchDocument, SearchSource

OFFICES = {
    "harbours": Text("Harbours Board", "Commission des ports"),
    "parks": Text("Parks Office", "Bureau des parcs"),
    "health": Text("Department of Public Health", "Ministère de la Santé publique"),
    "town": Text("City of Rivermouth", "Ville d’Embouchure"),
}
JURISDICTIONS = {
    "ca": Text("Government of Canada", "Gouvernement du Canada"),
    "ca-nb": Text("New Brunswick", "Nouveau-Brunswick"),
}
DISPOSITIONS = {
    "all": Text("All disclosed", "Divulgation complète"),
    "part": Text("Disclosed in part", "Divulgation partielle"),
}
with Path(__file__).with_name("papers.csv").open(encoding="utf-8", newline="") as file:
    PAPERS = list(csv.DictReader(file))
ACRONYMS = {
    "harbours": ("HB", "CP"),
    "parks": ("PO", "Meadows Commission", "Commission des prés"),
    "health": ("DPH", "MSP"),
    "town": (),
}


def paper(number: int) -> SearchDocument:
    """Return one paper as its room would give it."""
    row = PAPERS[number]
    office, disposition, english, french = row["office"], row["disposition"], row["english"], row["french"]
    year = int(row["year"]) if row["year"] else None
    jurisdiction = "ca-nb" if office == "town" else "ca"
    return SearchDocument(
        public_id=f"paper{number:02}",
        title=Text(english[:20], french[:20]),
        body=Text(english, french),
        provenance={"en": Provenance.SOURCE if english else Provenance.MISSING},
        institution=office,
        institution_title=OFFICES[office],
        jurisdiction=jurisdiction,
        jurisdiction_title=JURISDICTIONS[jurisdiction],
        disposition=disposition,
        disposition_title=DISPOSITIONS[disposition],
        dated_on=date(year, 1 + number % 12, 1 + number) if year else None,
        year=year,
        pages=10 * number,
        identifiers=(row["identifier"],),
        is_invented=True,
    )


def office(slug: str) -> SearchDocument:
    """Return one office as its room would give it."""
    return SearchDocument(
        public_id=slug,
        title=OFFICES[slug],
        body=Text("", ""),
        institution=slug,
        institution_title=OFFICES[slug],
        jurisdiction="ca-nb" if slug == "town" else "ca",
        jurisdiction_title=JURISDICTIONS["ca-nb" if slug == "town" else "ca"],
        identifiers=ACRONYMS[slug],
    )


class Shelf:
    """Two sources whose documents a test may change; `most` papers and as many offices at most."""

    def __init__(self, most: int = len(PAPERS)) -> None:
        self.papers = {document.public_id: document for document in map(paper, range(most))}
        self.offices = {slug: office(slug) for slug in list(OFFICES)[:most]}

    def sources(self) -> dict[str, SearchSource]:
        """Return the sources by kind."""
        return {
            "paper": self._source("paper", Text("Papers", "Documents"), self.papers),
            "office": self._source("office", Text("Offices", "Bureaux"), self.offices),
        }

    def all(self) -> list[SearchDocument]:
        """Return every document."""
        return [*self.papers.values(), *self.offices.values()]

    def _source(self, kind: str, title: Text, held: dict[str, SearchDocument]) -> SearchSource:
        def documents(public_ids: Sequence[str]) -> Iterable[SearchDocument]:
            return [held[public_id] for public_id in public_ids if public_id in held]

        def resolve(target: str) -> Sequence[str]:
            return [one.public_id for one in held.values() if target in one.identifiers]

        return SearchSource(
            kind=kind,
            title=title,
            url_name="home",
            public_ids=lambda: list(held),
            documents=documents,
            resolve_target=resolve,
        )
