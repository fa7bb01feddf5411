"""Ours beside the official results: every figure of every year, the difference, and the rows that make it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parvis.core.errors import ParvisError
from parvis.institutions.queries import resolver
from parvis.services.evaluation.causes import Rows, organization_causes, row_causes
from parvis.services.evaluation.official import (
    Check,
    Official,
    checks,
    organization_names,
    read_official,
)
from parvis.services.indicators.evaluator import EVERYONE, Result
from parvis.services.indicators.reading import register
from parvis.services.queries.figures import calculated, data_versions, figure_years
from parvis.services.queries.tables import year_tables
from parvis.services.values import fiscal_year

NOT_PUBLISHED = frozenset(
    {
        "num_phone_enquiries",
        "program_id",
        "client_feedback_channel",
        "service_scope",
        "last_service_improvement",
    }
    | {"last_service_review", "target_met"}
)
STANDARD_FIELDS = frozenset({"target_met", "volume_meeting_target", "total_volume"})
NEARLY = 1e-9  # two shares that differ by less are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the database holds of one year."""

    figures: dict[str, dict[str, Result]]
    rows: Rows


def compare(folder: Path) -> dict[str, Any]:
    """Return every official result beside ours, by indicator and year. Raises ParvisError when nothing is loaded."""
    official = read_official(folder)
    known = resolver()
    slugs = {number: known.resolve(title=name).slug for number, name in organization_names(folder).items()}
    loaded = _loaded(official.years)
    if not loaded:
        raise ParvisError("No service of these years is loaded. Run `parvis load services FOLDER` first.")
    by_indicator: dict[str, dict[str, Any]] = {}
    for check in checks():
        for year in official.years:
            told = by_indicator.setdefault(check.indicator, {}).setdefault(year, {})
            _tell(told, check, year, official, loaded.get(year))
    for indicator, years in by_indicator.items():
        for year, told in years.items():
            if year in loaded and told.get("differs"):
                told["causes"] = list(_causes(indicator, year, official, loaded[year], slugs))
    return {
        "folder": folder.name,
        "summary": _summary(by_indicator),
        "indicators": by_indicator,
        "rows": {
            year: loaded[year].rows.compared(official, year) if year in loaded else {"reason": "no raw file"}
            for year in official.years
        },
        "not_compared": {
            "ib_all, volumes": "cells of 2023-2024 run the texts of rows together (NANA15), and are no numbers",
            "oecd_digital_gov_survey": "a list of services for one survey, no figure",
            "si_comparison, ss_comparison": "what differs between two official files, no figure",
        },
    }


def _loaded(years: tuple[str, ...]) -> dict[str, Loaded]:
    versions = data_versions()
    return {
        fiscal_year(year): Loaded(figures=calculated(year, versions[year]), rows=Rows(year_tables(year)))
        for year in figure_years(versions)
        if fiscal_year(year) in years
    }


def _tell(told: dict[str, Any], check: Check, year: str, official: Official, loaded: Loaded | None) -> None:
    wanted = official.values.get((check.file, check.column, year))
    if wanted is None:
        return
    if loaded is None:
        told["reason"] = "no raw file"
        told.setdefault("results", []).append(
            {"file": check.file, "column": check.column, "part": check.part, "official": wanted, "ours": None}
        )
        return
    figure = loaded.figures[check.indicator].get(EVERYONE)
    ours = _part(figure, check) if figure else None
    difference = None if ours is None else ours - wanted
    if difference is not None and abs(difference) < NEARLY * max(1.0, abs(wanted)):
        difference = 0.0
    told.setdefault("results", []).append(
        {
            "file": check.file,
            "column": check.column,
            "part": check.part,
            "official": wanted,
            "ours": ours,
            "difference": difference,
        }
    )
    if figure is None:
        told["reason"] = "not asked in that year"
    if difference != 0:
        told["differs"] = True


def _part(figure: Result, check: Check) -> float | None:
    if check.part == "value":
        return None if figure.value is None else figure.value * check.scale
    return figure.numerator if check.part == "numerator" else figure.denominator


def _causes(
    indicator: str, year: str, official: Official, loaded: Loaded, slugs: dict[str, str]
) -> Iterator[dict[str, Any]]:
    version = register().indicators[indicator].version_in(year)
    if version is None:
        return
    fields = register().fields_of(version)
    found = [
        *row_causes(fields, year, official, loaded.rows),
        *organization_causes(indicator, year, official, loaded.figures, slugs),
    ]
    for cause in found:
        if "organization" in cause and fields & STANDARD_FIELDS:
            cause["services"] = loaded.rows.not_compared(cause["organization"])
    yield from found
    if unseen := sorted(fields & NOT_PUBLISHED):
        yield {"cause": "the official files publish no rows of these fields", "fields": unseen}


def _summary(by_indicator: dict[str, dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Return, by year, how many official results we meet exactly, how many not, how many have no raw file."""
    counts: dict[str, Counter[str]] = {}
    for years in by_indicator.values():
        for year, told in years.items():
            for one in told.get("results", ()):
                kind = "no raw file" if told.get("reason") == "no raw file" else "differs"
                if one.get("difference") == 0:
                    kind = "equal"
                counts.setdefault(year, Counter())[kind] += 1
    return {year: dict(found) for year, found in sorted(counts.items())}
