"""Which service and which standard a row is of: rules, pure. An identifier decides, unless it plainly is another's."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from parvis.core.sort_key import sort_key
from parvis.services.reading.cells import Doubted
from parvis.services.reading.rows import ReadRow, is_id
from parvis.services.reasons import Doubt

ALIKE = 80.0  # of 100 (rapidfuzz token set ratio of folded names): the name of one service, written twice


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register says of an identifier."""

    owner: str  # the key of its institution
    name: str


@dataclass(frozen=True, slots=True)
class Identified:
    """The key of a row's service or standard, and the doubts about it."""

    key: str
    doubts: tuple[Doubted, ...] = ()


@dataclass(slots=True)
class Known:
    """What stands in the database of one service: by it a row of another institution is told from a transfer."""

    owners: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def words_key(*words: str) -> str:
    """Return a short key of words, the same however they are written."""
    return hashlib.blake2b(" ".join(map(sort_key, words)).encode(), digest_size=5).hexdigest()


def are_alike(one: str, other: str) -> bool:
    """Tell whether two names are, as far as writing goes, of one service."""
    left, right = sort_key(one), sort_key(other)
    return bool(left and right) and (left == right or fuzz.token_set_ratio(left, right) >= ALIKE)


def identify_services(
    rows: Sequence[tuple[ReadRow, str]],
    register: Mapping[str, Registered],
    known: Mapping[str, Known],
) -> list[Identified]:
    """Return whose each row of one file is; `rows` are read rows with the keys of their institutions.

    What stands for an identifier and is none: the institution and the name make the key. An identifier that the
    register gives to another institution stays the same service where the names are alike (it was transferred), else
    it is another service. Two rows of one year under one identifier are kept apart: the one whose name is most like
    the register's keeps it.
    """
    found = [_identify(row, owner, register, known) for row, owner in rows]
    sharing: dict[tuple[int, str], list[int]] = defaultdict(list)
    for place, ((row, _owner), one) in enumerate(zip(rows, found, strict=True)):
        sharing[row.year, one.key].append(place)
    for (_year, key), places in sharing.items():
        if len(places) > 1:
            _keep_apart(key, places, rows, found, register)
    return found


def _identify(
    row: ReadRow, owner: str, register: Mapping[str, Registered], known: Mapping[str, Known]
) -> Identified:
    if not row.service_id:
        return Identified(
            f"~{owner[:60]}~{words_key(row.name)}", (Doubted(Doubt.NOT_AN_ID, row.id_as_written),)
        )
    key = row.service_id
    if given := register.get(key):
        if given.owner == owner or not owner or not given.owner:
            return Identified(key)
        if not row.name or are_alike(given.name, row.name):
            return Identified(key, (Doubted(Doubt.REUSED_ID, given.owner),))
        return Identified(f"{key}@{owner[:50]}", (Doubted(Doubt.FOREIGN_ID, f"{given.owner}: {given.name}"),))
    doubts = (Doubted(Doubt.UNREGISTERED_ID, key),) if register else ()
    other = known.get(key)
    if (
        other
        and owner not in other.owners
        and row.name
        and not any(are_alike(name, row.name) for name in other.names)
    ):
        return Identified(
            f"{key}@{owner[:50]}", (*doubts, Doubted(Doubt.FOREIGN_ID, min(other.owners, default="")))
        )
    return Identified(key, doubts)


def _keep_apart(
    key: str,
    places: Sequence[int],
    rows: Sequence[tuple[ReadRow, str]],
    found: list[Identified],
    register: Mapping[str, Registered],
) -> None:
    name = register[key].name if key in register else rows[places[0]][0].name
    likeness = {place: fuzz.ratio(sort_key(name), sort_key(rows[place][0].name)) for place in places}
    keeper = max(places, key=lambda place: (likeness[place], -place))
    for place in places:
        doubt = Doubted(Doubt.SHARED_ID, rows[place][0].name[:200])
        suffix = "" if place == keeper else f"~{words_key(rows[place][0].name)}"
        found[place] = Identified(key + suffix, (*found[place].doubts, doubt))


def standard_keys(rows: Iterable[tuple[ReadRow, int]]) -> list[Identified]:
    """Return the key of each row's standard within its service; `rows` are read rows with the keys of their services.

    What stands for an identifier and is none, and one that several rows of a service and year bear: the words decide.
    """
    given = list(rows)
    bearers: dict[tuple[int, int, str], int] = defaultdict(int)
    for row, service in given:
        bearers[service, row.year, row.standard_id] += 1
    taken: set[tuple[int, int, str]] = set()
    found = []
    for row, service in given:
        doubts: tuple[Doubted, ...] = ()
        key = row.standard_id
        if not is_id(key):
            words = words_key(row.standard, *row.values["type"], row.values["channel"])
            key, doubts = f"~{words}", (Doubted(Doubt.NOT_AN_ID, row.standard_id),)
        elif bearers[service, row.year, key] > 1:
            doubts = (Doubted(Doubt.SHARED_ID, row.standard[:200]),)
            key = f"{key}~{words_key(row.standard)}"
        place, own = 1, key
        while (service, row.year, own) in taken:
            place += 1
            own = f"{key}~{place}"
        taken.add((service, row.year, own))
        found.append(Identified(own, doubts))
    return found
