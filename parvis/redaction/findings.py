"""What is found: of which kind, where, and how sure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """What kind of personal information it is."""

    SIN = "sin"  # social insurance number
    CARD = "card"  # payment card
    HEALTH_CARD = "health-card"
    PASSPORT = "passport"
    LICENCE = "licence"  # driver's licence
    CLIENT_ID = "client-id"  # unique client identifier of immigration
    ACCOUNT = "account"  # bank account
    BIRTH = "birth"  # date of birth
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"  # street address, or a postal code alone
    IP = "ip"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text: `text[start:end]`. `confidence` is from 0 to 1.

    0.9: a check digit or an unmistakable form, and a word beside it that names it. 0.8: one of the two, strong.
    0.6: a form that other things rarely have. 0.5: worth asking about. 0.4: more often of an office or a building than
    of a person (a street alone, a government's e-mail address); reported only to those who ask for it.
    """

    kind: Kind
    start: int
    end: int
    confidence: float


Detector: TypeAlias = Callable[[str], Iterator[Finding]]
