"""What an institution still lacks before it goes live, computed from facts: the same for page, board and API."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from parvis.core.roles import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = _StrPromise | str


class Section(StrEnum):
    """One part of the preparation, in their order. | Une partie de la préparation, dans leur ordre."""

    CONTACT = "contact"
    STATUTES = "statutes"
    LANGUAGES = "languages"
    FEES = "fees"
    CHANNELS = "requests"
    PEOPLE = "people"
    DELEGATION = "delegation"
    HOLDINGS = "holdings"
    WORDING = "wording"
    TEST = "test"


SECTION_TITLES = {
    Section.CONTACT: _("Contact"),
    Section.STATUTES: _("Statutes"),
    Section.LANGUAGES: _("Working languages"),
    Section.FEES: _("Fees"),
    Section.CHANNELS: _("How requests arrive"),
    Section.PEOPLE: _("People"),
    Section.DELEGATION: _("Delegation"),
    Section.HOLDINGS: _("What it holds"),
    Section.WORDING: _("Wording and colours"),
    Section.TEST: _("Test"),
}
ANSWERED = (
    Section.CONTACT,
    Section.STATUTES,
    Section.LANGUAGES,
    Section.FEES,
    Section.CHANNELS,
    Section.WORDING,
)
"""Sections that are answered on a page of questions; the others follow from people, instruments, holdings and tests."""
ADVISED = frozenset({Section.HOLDINGS})
"""Sections that are shown as missing and yet hold nobody back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the checklist looks at, of one institution."""

    institution_id: int
    address: str = ""
    urls: tuple[str, str] = ("", "")
    regimes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    fee_choice: str = ""
    channels: tuple[str, ...] = ()
    system_url: str = ""
    welcome: tuple[str, str] = ("", "")
    is_head_deciding: bool = False
    roles: frozenset[str] = frozenset()  # held today
    delegated: frozenset[str] = frozenset()  # regimes with an instrument in force
    has_holdings: bool = False
    was_tested: bool = False
    is_reached: bool = False  # the mail of the last test was opened
    is_test_passed: bool = False
    is_test_outdated: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist: `missing` says in words what to do, and is empty when it is done."""

    section: Section
    missing: "tuple[Words, ...]"

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def is_needed(self) -> bool:
        """Whether the institution cannot go live without it."""
        return self.section not in ADVISED

    @property
    def title(self) -> "Words":
        """What the section is called."""
        return SECTION_TITLES[self.section]


@dataclass(frozen=True, slots=True)
class Checklist:
    """All lines, in order."""

    items: tuple[Item, ...] = field(default_factory=tuple)

    @property
    def missing(self) -> tuple[Item, ...]:
        """The lines that hold the institution back."""
        return tuple(item for item in self.items if item.is_needed and not item.is_done)

    @property
    def done(self) -> int:
        """How many lines are done."""
        return sum(item.is_done for item in self.items)

    @property
    def before_test(self) -> tuple[Item, ...]:
        """What is missing besides the test itself."""
        return tuple(item for item in self.missing if item.section is not Section.TEST)


def _contact(facts: Facts) -> "Iterable[Words]":
    if not facts.address:
        yield _("Give the e-mail address of the access office.")


def _statutes(facts: Facts) -> "Iterable[Words]":
    if not facts.regimes:
        yield _("Say which statutes it is under.")


def _languages(facts: Facts) -> "Iterable[Words]":
    if not facts.languages:
        yield _("Say in which languages it works.")


def _fees(facts: Facts) -> "Iterable[Words]":
    if not facts.fee_choice:
        yield _("Say which fees it asks for.")


def _channels(facts: Facts) -> "Iterable[Words]":
    if not facts.channels:
        yield _("Say how requests reach it.")
    if "system" in facts.channels and not facts.system_url:
        yield _("Give the address of its own system.")


def _people(facts: Facts) -> "Iterable[Words]":
    if Role.HEAD not in facts.roles:
        yield _("Invite the head; the invitation must be accepted.")
    if Role.OFFICER not in facts.roles:
        yield _("Invite an access officer; the invitation must be accepted.")


def _delegation(facts: Facts) -> "Iterable[Words]":
    if not facts.is_head_deciding and not facts.delegated:
        yield _("Enter the delegation instrument, or say that the head decides.")


def _holdings(facts: Facts) -> "Iterable[Words]":
    if not facts.has_holdings:
        yield _("Load the classes of records and the personal information banks that it holds.")


def _wording(facts: Facts) -> "Iterable[Words]":
    if not all(facts.welcome):
        yield _("Write the welcome in both languages.")


def _test(facts: Facts) -> "Iterable[Words]":
    if not facts.was_tested:
        yield _("Run the test.")
    elif facts.is_test_outdated:
        yield _("Run the test again: answers have changed since.")
    elif not facts.is_test_passed:
        yield _("The last test did not pass: see what it found.")
    elif not facts.is_reached:
        yield _("Open the message of the test at the access office.")


CHECKS: "Mapping[Section, Callable[[Facts], Iterable[Words]]]" = {
    Section.CONTACT: _contact,
    Section.STATUTES: _statutes,
    Section.LANGUAGES: _languages,
    Section.FEES: _fees,
    Section.CHANNELS: _channels,
    Section.PEOPLE: _people,
    Section.DELEGATION: _delegation,
    Section.HOLDINGS: _holdings,
    Section.WORDING: _wording,
    Section.TEST: _test,
}


DONE = {section: Item(section, ()) for section in Section}  # one each for the whole board


def checklist(facts: Facts) -> Checklist:
    """Return what is done and what is missing."""
    found = ((section, tuple(check(facts))) for section, check in CHECKS.items())
    return Checklist(
        tuple(Item(section, missing) if missing else DONE[section] for section, missing in found)
    )


def register_holdings(name: str, present: "Callable[[Iterable[int]], frozenset[int]]") -> None:
    """Register what tells, in one query, which of these institutions have holdings. Called in `ready()`."""
    _HOLDINGS[name] = present


def with_holdings(ids: Iterable[int]) -> frozenset[int]:
    """Return those of the institutions of which any register holds something."""
    wanted = tuple(ids)
    return frozenset().union(*(present(wanted) for present in _HOLDINGS.values()))


_HOLDINGS: "dict[str, Callable[[Iterable[int]], frozenset[int]]]" = {}
