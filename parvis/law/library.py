"""The packs and places that come with Parvis, and which pack a request falls under."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from parvis.core.bilingual import Text
from parvis.law.model import Pack, Place, State
from parvis.law.reading import PackError, read_pack, read_places
from parvis.law.refusal import Refused
from parvis.law.wording import day_of

HERE = Path(__file__).parent
# In a folder of their own: one named as a function of the package would hide it from whoever imports modules by name.
PACKS = HERE / "data" / "packs"
PLACES = HERE / "data" / "places"


@cache
def packs(folder: Path = PACKS) -> tuple[Pack, ...]:
    """Return every pack of a folder, in order of regime and first day. Raises `PackError`."""
    found = [read_pack(path) for path in sorted(folder.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda pack: (pack.regime, pack.first_day or date.max, pack.id)))


@cache
def places(folder: Path = PLACES) -> dict[str, Place]:
    """Return every place by its id. Raises `PackError`."""
    return {place.id: place for path in sorted(folder.glob("*.yaml")) for place in read_places(path)}


def pack(pack_id: str, folder: Path = PACKS) -> Pack:
    """Return the pack of this id. Raises `Refused` when there is none."""
    for each in packs(folder):
        if each.id == pack_id:
            return each
    raise Refused(
        Text(f"There is no law pack named {pack_id}.", f"Aucun dossier de loi ne porte le nom {pack_id}.")
    )


def pack_for(regime: str, received_on: date, among: Iterable[Pack] | None = None) -> Pack:
    """Return the pack that a request of this day falls under: a case is pinned to it. Raises `Refused`."""
    of_regime = [each for each in (packs() if among is None else among) if each.regime == regime]
    for each in of_regime:
        if each.applies_on(received_on):
            return each
    if not of_regime:
        raise Refused(Text(f"There is no regime named {regime}.", f"Aucun régime ne porte le nom {regime}."))
    day = day_of(received_on)
    raise Refused(
        Text(
            f"No pack of {regime} is in force for a request received on {day.en}.",
            f"Aucun dossier de loi de {regime} n’est en vigueur pour une demande reçue le {day.fr}.",
        )
    )


def find(name: str, received_on: date, folder: Path = PACKS) -> Pack:
    """Return the pack of this name, or of the regime of this name on that day. Raises `Refused`."""
    of_regime = [each for each in packs(folder) if each.regime == name]
    if of_regime and (len(of_regime) > 1 or of_regime[0].id != name):
        return pack_for(name, received_on, packs(folder))
    return pack(name, folder)


def regimes() -> tuple[str, ...]:
    """Return the regimes, in order."""
    return tuple(dict.fromkeys(each.regime for each in packs()))


def place_chain(place_id: str | None) -> tuple[Place, ...]:
    """Return a place and those that it lies within, innermost first; nothing for None. Raises `Refused`."""
    chain: list[Place] = []
    while place_id:
        if place_id not in places():
            raise Refused(
                Text(f"There is no place named {place_id}.", f"Aucun lieu ne porte le nom {place_id}.")
            )
        chain.append(places()[place_id])
        place_id = chain[-1].within
    return tuple(chain)


__all__ = [
    "PACKS",
    "PLACES",
    "PackError",
    "State",
    "pack",
    "pack_for",
    "packs",
    "place_chain",
    "places",
    "regimes",
]
