"""The official results as their files give them: semicolons, a mark of UTF-8, and a line of time at the end."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeAlias

import yaml

from parvis.core.errors import ParvisError
from parvis.services.indicators.reading import DATA

Row: TypeAlias = Mapping[str, str]
TIMESTAMP = "Timestamp:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One column of an official file, and which part of which of our figures answers it."""

    file: str
    column: str
    indicator: str
    part: str
    scale: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """The results of a folder. `values` by (file, column, year); `points`, `volumes` and `handled` by year.

    `points`: service to the codes of its six interaction points. `volumes`: (service, channel) to a volume above zero.
    `handled`: (service, channel) to the volumes of its timeliness standards, within the target and in all. `ranked`:
    service to its volumes by official column. `counted`: organization and (file, column) to a count.
    """

    values: dict[tuple[str, str, str], float] = field(default_factory=dict)
    points: dict[str, dict[str, dict[str, str]]] = field(default_factory=lambda: defaultdict(dict))
    volumes: dict[str, dict[tuple[str, str], float]] = field(default_factory=lambda: defaultdict(dict))
    handled: dict[str, dict[tuple[str, str], tuple[float, float]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    ranked: dict[str, dict[str, dict[str, float]]] = field(default_factory=lambda: defaultdict(dict))
    counted: dict[str, dict[str, dict[tuple[str, str], float]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    @property
    def years(self) -> tuple[str, ...]:
        """The fiscal years that the results cover."""
        return tuple(sorted({year for _file, _column, year in self.values}))


@cache
def checks() -> tuple[Check, ...]:
    """Return every official column that one of our figures answers."""
    data = yaml.safe_load((DATA / "official.yaml").read_text(encoding="utf-8"))["checks"]
    return tuple(
        Check(
            file=file,
            column=column,
            scale=float(row.get("scale", 1)),
            **{k: row[k] for k in ("indicator", "part")},
        )
        for file, columns in data.items()
        for column, row in columns.items()
    )


@cache
def twins() -> dict[str, str]:
    """Return, for figures of which no file has a row an organization, the figure over more services that has one."""
    found: dict[str, str] = yaml.safe_load((DATA / "official.yaml").read_text(encoding="utf-8"))["twins"]
    return found


def read_official(folder: Path) -> Official:
    """Read a folder of official results. Raises ParvisError when it is none."""
    if not (folder / "dp_metrics.csv").is_file():
        raise ParvisError(f"{folder} holds no official results: dp_metrics.csv is missing.")
    official = Official()
    _read_metrics(folder, official)
    for file in ("drr_all", "maf_all", "ib_all", "si_reviews"):
        _add_up(file, folder, official)
    for row in _rows(folder / "si_oip.csv"):
        service = official.points[row["fiscal_yr"]].setdefault(row["service_id"], {})
        service[f"os_{row['online_interaction_point']}"] = row["activation"]
    for row in _rows(folder / "si_vol.csv"):
        official.volumes[row["fiscal_yr"]][row["service_id"], row["channel"]] = float(row["volume"])
    for row in _rows(folder / "ss_tml_perf_vol.csv"):
        official.handled[row["fiscal_yr"]][row["service_id"], row["channel"]] = (
            float(row["volume_meeting_target"]),
            float(row["total_volume"]),
        )
    for row in _rows(folder / "dp_services_rank.csv"):
        service_id = row["fy_org_id_service_id"].split("_", 2)[2]
        official.ranked[row["fiscal_yr"]][service_id] = {
            name: float(text) for name, text in row.items() if name and name.startswith("num_") and text
        }
    return official


def _read_metrics(folder: Path, official: Official) -> None:
    """Read dp_metrics, whose rows are measures and whose columns are years."""
    rows = [list(row.values()) for row in _rows(folder / "dp_metrics.csv")]
    years = next(row[1:] for row in rows if row[0] == "fiscal_yr")
    for name, *cells in rows:
        if name != "fiscal_yr":
            for year, cell in zip(years, cells, strict=True):
                official.values["dp_metrics", name, year] = float(cell)


def _add_up(file: str, folder: Path, official: Official) -> None:
    wanted = [check.column for check in checks() if check.file == file]
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in _rows(folder / f"{file}.csv"):
        for column in wanted:
            if row[column]:
                sums[file, column, row["fiscal_yr"]] += float(row[column])
                organization = row.get("org_id", "")
                if organization:
                    counts = official.counted[row["fiscal_yr"]].setdefault(organization, {})
                    counts[file, column] = float(row[column])
    official.values.update(sums)


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            first = next(iter(row.values()), "")
            if first and not str(first).startswith(TIMESTAMP):
                yield {name: text for name, text in row.items() if name}


def organization_names(folder: Path) -> dict[str, str]:
    """Return the English name of each organization by its official number."""
    return {row["org_id"]: row["department_en"] for row in _rows(folder / "ib_all.csv")}
