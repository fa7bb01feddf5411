"""Reading the official files that count how often copies of released packages were asked for.

Two layouts, told apart by their header: all time, and by month (with `Year` and `Month`). Rows of one identifier are
one package; where a package stands in the file by month only, its months are added up.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from parvis.core.bilingual import Text
from parvis.core.errors import ParvisError
from parvis.institutions import queries as institutions
from parvis.institutions.queries import Resolver
from parvis.recommend.actions import CountedDemand

COPIES = "Number of Informal Requests"
NEEDED = ("Unique Identifier", "Request Number", "Summary - EN", "Summary - FR", "owner_org", COPIES)


@dataclass
class _Package:
    row: Mapping[str, str]
    all_time: int = 0
    months: dict[tuple[int, int], int] = field(default_factory=dict)


def read_demand(folder: Path) -> tuple[list[CountedDemand], list[str]]:
    """Return every package of the folder's files with its counts, and the names of the files read.

    Raises ParvisError when there is no such file, or when a row does not count.
    """
    files = [path for path in sorted(folder.glob("*.csv")) if _is_demand(path)]
    if not files:
        raise ParvisError(f"{folder} has no CSV file with the columns {', '.join(NEEDED)}.")
    packages: dict[str, _Package] = {}
    for path in files:
        for line, row in _rows(path):
            identifier = (row["Unique Identifier"] or f"{row['owner_org']}|{row['Request Number']}").strip()
            package = packages.setdefault(identifier, _Package(row))
            try:
                copies = int(row[COPIES])
                if row.get("Year"):
                    package.months[int(row["Year"]), int(row["Month"])] = copies
                else:
                    package.all_time = copies
            except ValueError as error:
                raise ParvisError(f"{path}, line {line}: a count, a year or a month is no number.") from error
    resolver = institutions.resolver()
    return [_counted(identifier, one, resolver) for identifier, one in packages.items()], [
        path.name for path in files
    ]


def _is_demand(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return set(NEEDED) <= set(next(csv.reader(file), []))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, row


def _counted(identifier: str, package: _Package, resolver: Resolver) -> CountedDemand:
    row = package.row
    found = resolver.resolve(
        slug=row["owner_org"].strip(), title=row.get("Organization Name - EN", "").strip()
    )
    return CountedDemand(
        identifier=identifier[:64],
        request_number=" ".join(row["Request Number"].split())[:200],
        publisher_code=row["owner_org"].strip()[:60],
        institution_id=found.institution_id,
        text=Text(" ".join(row["Summary - EN"].split()), " ".join(row["Summary - FR"].split())),
        copies=max(package.all_time, sum(package.months.values())),
        months=tuple((*month, copies) for month, copies in sorted(package.months.items())),
    )
