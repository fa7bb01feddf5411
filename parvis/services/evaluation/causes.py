"""Why a figure of ours is not the official one: which services came or went, and which cells are others."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from parvis.services.evaluation.official import Official, checks, twins
from parvis.services.indicators.columns import GAPS
from parvis.services.indicators.evaluator import Result, Year
from parvis.services.indicators.model import Of
from parvis.services.indicators.reading import register

CHANNELS = {
    "num_applications_by_phone": "phone",
    "num_applications_online": "online",
    "num_applications_in_person": "in_person",
    "num_applications_by_mail": "mail",
    "num_applications_by_email": "email",
    "num_applications_by_fax": "fax",
    "num_applications_by_other": "other",
}
TIMELINESS = "TML"


class Rows:
    """The rows of one year as the official tables have them, by service identifier."""

    def __init__(self, year: Year) -> None:
        services, standards = year.services, year.standards
        scope = services.has("service_scope", "EXTERN") | services.has("service_scope", "ENTERPRISE")
        self.places = {
            "".join(services.columns["service_id"].codes(place)): place
            for place in range(len(services))
            if scope[place]
        }
        self.services, self.standards = services, standards
        self.points = {name: self._points(place) for name, place in self.places.items()}
        self.volumes = self._volumes()
        names = {place: name for name, place in self.places.items()}
        self.handled: dict[tuple[str, str], tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
        timely = standards.has("type", TIMELINESS)
        met, total = standards.numbers("volume_meeting_target"), standards.numbers("total_volume")
        for place, parent in enumerate(standards.parent_places):
            if timely[place] and int(parent) in names:
                key = (names[int(parent)], "".join(standards.columns["channel"].codes(place)))
                before = self.handled[key]
                self.handled[key] = (before[0] + _number(met[place]), before[1] + _number(total[place]))

    def _points(self, place: int) -> dict[str, str]:
        said = {}
        for name in register().groups[Of.SERVICES]["points"]:
            gap = int(self.services.gaps(name)[place])
            said[name] = GAPS[gap - 1].value if gap else self.services.columns[name].codes(place)[0]
        return said

    def _volumes(self) -> dict[tuple[str, str], float]:
        return {
            (name, channel): float(self.services.numbers(field)[place])
            for name, place in self.places.items()
            for field, channel in CHANNELS.items()
            if self.services.numbers(field)[place] > 0
        }

    def not_compared(self, institution: str) -> list[str]:
        """Return the services of an institution with standards of other types than timeliness.

        The official results publish volumes of timeliness standards only, so that these may make a difference unseen.
        """
        names = {place: name for name, place in self.places.items()}
        other = ~self.standards.has("type", TIMELINESS)
        return sorted(
            {
                names[int(parent)]
                for place, parent in enumerate(self.standards.parent_places)
                if other[place]
                and int(parent) in names
                and self.services.institutions[int(parent)] == institution
            }
        )

    def compared(self, official: Official, year: str) -> dict[str, Any]:
        """Return how many rows of each official table of rows we have alike, and which not."""
        ranked = {
            name: {field: _number(self.services.numbers(field)[self.places[name]]) for field in CHANNELS}
            for name in official.ranked[year]
            if name in self.places
        }
        wanted = {
            name: {field: volumes.get(field, 0.0) for field in CHANNELS}
            for name, volumes in official.ranked[year].items()
        }
        return {
            "si_oip": _alike(official.points[year], self.points),
            "si_vol": _alike(official.volumes[year], self.volumes),
            "ss_tml_perf_vol": _alike(official.handled[year], self.handled),
            "dp_services_rank": _alike(wanted, ranked),
        }


def row_causes(fields: frozenset[str], year: str, official: Official, rows: Rows) -> Iterator[dict[str, Any]]:
    """Yield what differs in the rows of the fields that an indicator reads, service by service."""
    known = official.points[year]
    for name in sorted(known.keys() - rows.points.keys()):
        yield {"service_id": name, "cause": "not in the raw file"}
    for name in sorted(rows.points.keys() - known.keys()):
        yield {"service_id": name, "cause": "added since the official results"}
    both = sorted(rows.points.keys() & known.keys())
    for name in both:
        for point in sorted(fields & known[name].keys()):
            yield from _cell(name, point, known[name][point], rows.points[name][point])
    for field in sorted(fields & CHANNELS.keys()):
        for name in both:
            key = (name, CHANNELS[field])
            yield from _cell(name, field, official.volumes[year].get(key, 0.0), rows.volumes.get(key, 0.0))
    if fields & {"target_met", "volume_meeting_target", "total_volume"}:
        yield from _handled_causes(year, official, rows, set(both))


def _handled_causes(year: str, official: Official, rows: Rows, both: set[str]) -> Iterator[dict[str, Any]]:
    theirs, ours = official.handled[year], rows.handled
    for key in sorted(theirs.keys() | ours.keys()):
        if key[0] in both:
            yield from _cell(key[0], f"timeliness volumes, {key[1]}", theirs.get(key), ours.get(key))


def organization_causes(
    indicator: str,
    year: str,
    official: Official,
    figures: Mapping[str, Mapping[str, Result]],
    slugs: Mapping[str, str],
) -> Iterator[dict[str, Any]]:
    """Yield the organizations whose official counts for this indicator are not ours."""
    wanted = [check for check in checks() if check.indicator == indicator and check.part != "value"]
    if all(
        (check.file, check.column) not in columns
        for check in wanted
        for columns in official.counted[year].values()
    ):
        indicator = twins().get(indicator, indicator)
        wanted = [check for check in checks() if check.indicator == indicator and check.part != "value"]
    for number, counts in sorted(official.counted[year].items()):
        slug = slugs.get(number, "")
        ours = figures[indicator].get(slug)
        for check in wanted:
            theirs = counts.get((check.file, check.column))
            mine = getattr(ours, check.part, None) or 0.0
            if theirs is not None and theirs != mine and slug:
                yield {
                    "organization": slug,
                    "what": f"{check.file}.{check.column}",
                    "official": theirs,
                    "ours": mine,
                    "cause": "rows of this organization differ",
                }


def _cell(service_id: str, what: str, official: Any, ours: Any) -> Iterator[dict[str, Any]]:
    if official != ours:
        yield {
            "service_id": service_id,
            "cause": "another value in the raw file",
            "what": what,
            "official": official,
            "ours": ours,
        }


def _alike(official: Mapping[Any, Any], ours: Mapping[Any, Any]) -> dict[str, Any]:
    both = official.keys() & ours.keys()
    others = sorted(key for key in both if official[key] != ours[key])
    return {
        "official": len(official),
        "alike": len(both) - len(others),
        "another_value": [_named(key) for key in others],
        "only_official": [_named(key) for key in sorted(official.keys() - ours.keys())],
        "only_ours": [_named(key) for key in sorted(ours.keys() - official.keys())],
    }


def _named(key: str | tuple[str, str]) -> str:
    return key if isinstance(key, str) else " ".join(key)


def _number(value: Any) -> float:
    number = float(value)
    return 0.0 if number != number else number  # noqa: PLR0124  # NaN alone is not itself
