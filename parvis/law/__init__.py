"""The law engine: statutory time and grounds as data. Pure Python, usable on its own.

>>> from datetime import date
>>> from parvis.law import deadline, pack_for, received
>>> due = deadline(pack_for("ca-atia", date(2026, 5, 29)), [received(date(2026, 5, 29))])
>>> due.statute_due.isoformat()
'2026-06-29'
"""

from parvis.law.asking import work_out
from parvis.law.deadline import Deadline, OtherDate, Standing, deadline
from parvis.law.events import Event, parse_event, received
from parvis.law.library import pack, pack_for, packs, place_chain, places, regimes
from parvis.law.model import Confidence, Ground, Kind, Pack, Place, Role, State
from parvis.law.refusal import Refused
from parvis.law.steps import Step

__all__ = [
    "Confidence",
    "Deadline",
    "Event",
    "Ground",
    "Kind",
    "OtherDate",
    "Pack",
    "Place",
    "Refused",
    "Role",
    "Standing",
    "State",
    "Step",
    "deadline",
    "pack",
    "pack_for",
    "packs",
    "parse_event",
    "place_chain",
    "places",
    "received",
    "regimes",
    "work_out",
]
