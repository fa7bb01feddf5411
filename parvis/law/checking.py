"""Whether the packs hold together: each against the JSON Schema, and all against each other."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from parvis.core.bilingual import Text
from parvis.law.calendars import USUAL, holidays_of, library_names, office_calendar
from parvis.law.model import Cited, Confidence, Holidays, Pack, State
from parvis.law.reading import PackError, faults, make_pack, parse
from parvis.law.wording import NBSP

ANCHORS_OF_A_CASE = "period:"


def check_folder(folder: Path) -> tuple[list[Pack], list[str]]:
    """Read every pack of a folder: those that could be read, and every fault as a sentence that names its file."""
    packs: list[Pack] = []
    found: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            data = parse(path)
            wrong = faults(data)
            if not wrong:
                packs.append(make_pack(data))
                wrong = [*pack_faults(packs[-1])]
                if packs[-1].id != path.stem:
                    wrong.append(f"its name should be {packs[-1].id}.yaml")
        except (PackError, ValueError) as error:
            wrong = [str(error)]
        found += [f"{path.name}: {fault}" for fault in wrong]
    return packs, [*found, *time_faults(packs)]


def time_faults(packs: Iterable[Pack]) -> Iterator[str]:
    """Find overlaps and gaps between the packs of one regime, and pack ids used twice."""
    regimes: dict[str, list[Pack]] = {}
    seen: set[str] = set()
    for pack in packs:
        if pack.id in seen:
            yield f"{pack.id}: two packs have this name"
        seen.add(pack.id)
        if pack.state is not State.ANNOUNCED and pack.first_day:
            regimes.setdefault(pack.regime, []).append(pack)
    for of_regime in regimes.values():
        ordered = sorted(of_regime, key=lambda pack: pack.first_day.toordinal() if pack.first_day else 0)
        for before, after in pairwise(ordered):
            if before.last_day is None or after.first_day is None or before.last_day >= after.first_day:
                yield f"{after.id}: it begins before {before.id} ends"
            elif before.last_day + timedelta(1) != after.first_day:
                yield f"{after.id}: there is a gap after {before.id}"


def pack_faults(pack: Pack) -> Iterator[str]:
    """Find what the schema cannot see in one pack."""
    yield from _state_faults(pack)
    yield from _citation_faults(pack)
    yield from _reference_faults(pack)
    for path, text in texts(pack):
        if bool(text.en) != bool(text.fr):
            yield f"{path}: one language is missing"
        yield from (f"{path}: {fault}" for fault in typography_faults(text.fr))
    yield from (f"holidays: {fault}" for fault in holiday_faults(pack.holidays))
    office_calendar(pack, ())


def _state_faults(pack: Pack) -> Iterator[str]:
    if (pack.state is State.ANNOUNCED) != (pack.first_day is None):
        yield "in_force: a pack is announced when, and only when, the day that it starts is not known"
    if pack.first_day and pack.last_day and pack.last_day < pack.first_day:
        yield "in_force: it ends before it begins"


def _citation_faults(pack: Pack) -> Iterator[str]:
    for path, cited in cited_values(pack):
        if not cited.section:
            yield f"{path}: no section"
        name, colon, _ = cited.section.partition(":")
        if colon and name not in pack.sources:
            yield f"{path}: {name} is no source of this pack"
    sections = [ground.section for ground in (*pack.exemptions, *pack.exclusions)]
    refs = [ref for ground in (*pack.exemptions, *pack.exclusions) for ref in ground.refs]
    for each in sorted({ref for ref in sections + refs if (sections + refs).count(ref) > 1}):
        yield f"grounds: {each} stands twice"


def _reference_faults(pack: Pack) -> Iterator[str]:
    known: set[str] = set()
    for period in pack.periods:
        if period.id in known:
            yield f"periods: {period.id} stands twice"
        if period.after.startswith(ANCHORS_OF_A_CASE):
            name = period.after.removeprefix(ANCHORS_OF_A_CASE)
            if name not in known:
                yield f"periods: {period.id} follows {name}, which does not stand before it"
        known.add(period.id)
    if pack.extension:
        grounds = {ground.ref for ground in pack.extension.grounds}
        for cap in pack.extension.caps:
            yield from (
                f"extension: the cap names {ref}, no ground" for ref in cap.refs if ref not in grounds
            )
        for ground in pack.extension.grounds:
            if not ground.length_required and ground.max_days is not None:
                yield f"extension: {ground.ref} has a longest length, yet none need be stated"


def holiday_faults(holidays: Holidays) -> Iterator[str]:
    """Find names that the library does not know, and rules that give no day."""
    if holidays.library:
        names = library_names(holidays.library, USUAL)
        for name in holidays.removed:
            if name.replace("'", "’") not in names:
                yield f"{name} is removed, but the library has no such day; it has {', '.join(sorted(names))}"
    elif holidays.removed:
        yield "days are removed, but none are taken from the library"
    for rule in holidays.added:
        alone = Holidays(library=None, added=(rule,), section="", confidence=rule.confidence)
        if not holidays_of(alone, USUAL):
            yield f"{rule.name.en} never comes"


def typography_faults(french: str) -> Iterator[str]:
    """Find straight apostrophes and missing non-breaking spaces in a French text."""
    if "'" in french:
        yield f"a straight apostrophe in « {french[:60]} »"
    for at, mark in enumerate(french):
        if mark in ";!?»" and at and french[at - 1] != NBSP:
            yield f"no non-breaking space before {mark} in « {french[:60]} »"
        if mark == "«" and french[at + 1 : at + 2] != NBSP:
            yield f"no non-breaking space after {mark} in « {french[:60]} »"
        if mark == ":" and french[at + 1 : at + 2] in {" ", ""} and french[at - 1] != NBSP:
            yield f"no non-breaking space before {mark} in « {french[:60]} »"


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Go through every value of a pack, with its path."""
    yield path, value
    if is_dataclass(value) and not isinstance(value, Text):
        for field in fields(value):
            yield from walk(getattr(value, field.name), f"{path}.{field.name}" if path else field.name)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from walk(each, f"{path}.{name}")
    elif isinstance(value, tuple):
        for at, each in enumerate(value):
            yield from walk(each, f"{path}[{getattr(each, 'ref', '') or getattr(each, 'section', at)}]")


def texts(pack: Pack) -> Iterator[tuple[str, Text]]:
    """Return every bilingual text of a pack, with its path."""
    return ((path, value) for path, value in walk(pack) if isinstance(value, Text))


def cited_values(pack: Pack) -> Iterator[tuple[str, Cited]]:
    """Return every value that carries a section, with its path."""
    return ((path, value) for path, value in walk(pack) if isinstance(value, Cited))


def confidence_counts(packs: Iterable[Pack]) -> dict[Confidence, int]:
    """Count the values of each confidence."""
    counts = dict.fromkeys(Confidence, 0)
    for pack in packs:
        for _, cited in cited_values(pack):
            counts[cited.confidence] += 1
    return counts
