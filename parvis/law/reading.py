"""From a data file to a `Pack` or to `Place`s: parse, hold against the JSON Schema, make the frozen values."""

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from parvis.core.bilingual import Text
from parvis.law import model
from parvis.law.model import Confidence, Kind, Role, State, Verified

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HERE = Path(__file__).parent


class PackError(Exception):
    """A data file that cannot be used: where in it, and why."""


_Safe: type[yaml.SafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the one written in C where it is


class _Loader(_Safe):  # type: ignore[misc,valid-type]  # chosen when this module is imported
    """YAML as people expect it: a day stays text, and only true and false are truths (not on, off, yes, no)."""


_LEFT_OUT = {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _LEFT_OUT]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((HERE / schema).read_text(encoding="utf-8")))


def faults(data: object, schema: str = "pack.schema.json") -> list[str]:
    """Return what is wrong with the data, one sentence each: the path in the file, then the reason."""
    errors = sorted(
        _validator(schema).iter_errors(data), key=lambda error: [str(part) for part in error.path]
    )
    return [
        f"{'/'.join(str(part) for part in error.path) or 'the file'}: {error.message[:300]}"
        for error in errors
    ]


def parse(path: Path) -> dict[str, Any]:
    """Read the file as plain data."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  # derived from SafeLoader
    except yaml.YAMLError as error:
        raise PackError(f"{path.name} is not YAML: {error}") from error
    if not isinstance(data, dict):
        raise PackError(f"{path.name} holds no mapping")
    return data


def read_pack(path: Path) -> model.Pack:
    """Read one law pack. Raises `PackError` with every fault that the schema finds."""
    data = parse(path)
    if found := faults(data):
        raise PackError(f"{path.name}: " + "; ".join(found))
    return make_pack(data)


def read_places(path: Path) -> tuple[model.Place, ...]:
    """Read a file of places. Raises `PackError`."""
    data = parse(path)
    if found := faults(data, "places.schema.json"):
        raise PackError(f"{path.name}: " + "; ".join(found))
    verified = _verified(data["verified"])
    return tuple(
        model.Place(
            id=place["id"],
            name=_text(place["name"]),
            within=place.get("within"),
            holidays=_holidays(place["holidays"], verified),
        )
        for place in data["places"]
    )


def make_pack(data: Mapping[str, Any]) -> model.Pack:
    """Make a pack from data that the schema accepts."""
    verified = _verified(data["verified"])
    in_force = data["in_force"]
    official = data["french"] == "official"
    return model.Pack(
        id=data["pack"],
        regime=data["regime"],
        jurisdiction=data["jurisdiction"],
        about=data["about"],
        statute=_text(data["statute"]),
        citation=_text(data["citation"]),
        is_official_french=official,
        state=State(data["state"]),
        first_day=_day(in_force["from"]),
        last_day=_day(in_force["until"]),
        in_force=model.Cited(**_cited(in_force, verified)),
        verified=verified,
        sources={name: _source(name, source) for name, source in data.get("sources", {}).items()},
        requester=_said(data["requester"], verified),
        holidays=_holidays(data["holidays"], verified),
        calendars=_calendars(data["calendars"], verified),
        response=_response(data["response"], verified),
        extension=_extension(data["extension"], verified) if data["extension"] else None,
        suspensions=tuple(_suspension(each, verified) for each in data["suspensions"]),
        transfer=_transfer(data["transfer"], verified),
        periods=tuple(_period(each, verified) for each in data["periods"]),
        fees=_fees(data["fees"], verified),
        third_party=_said(data["third_party"], verified) if data["third_party"] else None,
        deemed_refusal=_said(data["deemed_refusal"], verified),
        review=_review(data["review"], verified),
        exemptions=tuple(_ground(each, verified, official=official) for each in data["exemptions"]),
        exclusions=tuple(_ground(each, verified, official=official) for each in data["exclusions"]),
    )


def _text(data: Mapping[str, str] | None) -> Text:
    return Text(data["en"].strip(), data["fr"].strip()) if data else Text()


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _verified(data: Mapping[str, str]) -> Verified:
    return Verified(by=data["by"], on=data["on"])


def _cited(data: Mapping[str, Any], verified: Verified) -> dict[str, Any]:
    """Read what every value carries; who verified it is inherited from the file, but never by an unsure value."""
    confidence = Confidence(data["confidence"])
    own = data.get("verified")
    inherited = None if confidence is Confidence.UNSURE else verified
    return {
        "section": data.get("section", data.get("ref", "")),
        "confidence": confidence,
        "verified": _verified(own) if own else inherited,
        "note": _text(data.get("note")),
    }


def _source(name: str, data: Mapping[str, Any]) -> model.Source:
    return model.Source(
        id=name,
        title=_text(data["title"]),
        kind=data["kind"],
        citation=_text(data.get("citation")),
        url=data.get("url", ""),
    )


def _said(data: Mapping[str, Any], verified: Verified) -> model.Said:
    return model.Said(text=_text(data["text"]), **_cited(data, verified))


def _month_day(value: str) -> tuple[int, int]:
    return int(value[:2]), int(value[3:])


def _holiday(data: Mapping[str, Any], verified: Verified) -> model.HolidayRule:
    rule = data["rule"]
    month, day = _month_day(rule.get("date") or rule.get("before") or "00-00")
    return model.HolidayRule(
        name=_text(data["name"]),
        month=rule.get("month", month),
        day=day,
        shift={WEEKDAYS.index(name): days for name, days in rule.get("shift", {}).items()},
        weekday=WEEKDAYS.index(rule["weekday"]) if "weekday" in rule else -1,
        nth=rule.get("nth", 0),
        before="before" in rule,
        easter=rule.get("easter"),
        on=_day(rule.get("on")),
        since=data.get("since", 1),
        until=data.get("until", 9999),
        **_cited(data, verified),
    )


def _holidays(data: Mapping[str, Any], verified: Verified) -> model.Holidays:
    library = data["library"]
    return model.Holidays(
        library=library
        and model.HolidayLibrary(
            country=library["country"],
            subdivisions=tuple(library.get("subdivisions", ())),
            categories=tuple(library.get("categories", ("public",))),
            observed=library.get("observed", False),
        ),
        removed=tuple(data.get("removed", ())),
        added=tuple(_holiday(each, verified) for each in data.get("added", ())),
        **_cited(data, verified),
    )


def _excluded(data: Mapping[str, Any], verified: Verified) -> model.ExcludedDays:
    return model.ExcludedDays(
        weekdays=frozenset(WEEKDAYS.index(name) for name in data["weekdays"]),
        holidays=data["holidays"],
        ranges=tuple(
            model.YearlyRange(
                name=_text(each["name"]), first=_month_day(each["from"]), last=_month_day(each["to"])
            )
            for each in data.get("ranges", ())
        ),
        **_cited(data, verified),
    )


def _calendars(data: Mapping[str, Any], verified: Verified) -> model.Calendars:
    policy, place = data.get("policy"), data.get("place")
    return model.Calendars(
        counting=model.Cited(**_cited(data["counting"], verified)),
        statute=_excluded(data["statute"], verified),
        policy=_excluded(policy, verified) if policy else None,
        business=_excluded(data["business"], verified),
        place=model.PlaceRule(
            provincial=place["provincial"], municipal=place["municipal"], **_cited(place, verified)
        )
        if place
        else None,
    )


def _response(data: Mapping[str, Any], verified: Verified) -> model.Response:
    return model.Response(
        days=data["days"],
        unit=data["unit"],
        starts=data.get("starts", "received"),
        **_cited(data, verified),
    )


def _extension(data: Mapping[str, Any], verified: Verified) -> model.Extension:
    return model.Extension(
        unit=data["unit"],
        notice_days=data["notice_days"],
        notice_unit=data.get("notice_unit", data["unit"]),
        times=data.get("times"),
        tell_oversight_over=data.get("tell_oversight_over"),
        grounds=tuple(
            model.ExtensionGround(
                ref=each["ref"],
                title=_text(each["title"]),
                by=tuple(Role(role) for role in each["by"]),
                max_days=each["max_days"],
                length_required=each.get("length_required", True),
                **_cited(each, verified),
            )
            for each in data["grounds"]
        ),
        caps=tuple(
            model.ExtensionCap(refs=tuple(each["refs"]), days=each["days"], **_cited(each, verified))
            for each in data.get("caps", ())
        ),
        **_cited(data, verified),
    )


def _suspension(data: Mapping[str, Any], verified: Verified) -> model.Suspension:
    return model.Suspension(
        ref=data["ref"],
        title=_text(data["title"]),
        starts_with=Kind(data["starts_with"]),
        ends_with=tuple(Kind(kind) for kind in data["ends_with"]),
        effect=data["effect"],
        first_day_runs=data["first_day_runs"],
        last_day_runs=data["last_day_runs"],
        **_cited(data, verified),
    )


def _transfer(data: Mapping[str, Any], verified: Verified) -> model.Transfer:
    return model.Transfer(
        clock=data["clock"],
        restarts_from=data.get("restarts_from", "transfer"),
        days=data.get("days"),
        unit=data.get("unit", "calendar"),
        times=data.get("times"),
        extends=data.get("extends", False),
        **_cited(data, verified),
    )


def _period(data: Mapping[str, Any], verified: Verified) -> model.Period:
    return model.Period(
        id=data["id"],
        title=_text(data["title"]),
        after=data["after"],
        days=data["days"],
        unit=data["unit"],
        rolls=data.get("rolls", True),
        extends=data.get("extends", False),
        **_cited(data, verified),
    )


def _fees(data: Mapping[str, Any], verified: Verified) -> model.Fees:
    return model.Fees(
        application=data["application"],
        own_information=data["own_information"],
        currency=data["currency"],
        other=data["other"],
        **_cited(data, verified),
    )


def _review(data: Mapping[str, Any], verified: Verified) -> model.Review:
    return model.Review(body=_text(data["body"]), power=data["power"], **_cited(data, verified))


def _ground(data: Mapping[str, Any], verified: Verified, *, official: bool) -> model.Ground:
    return model.Ground(
        title=_text(data["title"]),
        kind=data["kind"],
        is_official_french=data["french"] == "official" if "french" in data else official,
        refs=tuple(data.get("refs", ())),
        **_cited(data, verified),
    )
