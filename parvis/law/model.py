"""What a law pack says, as frozen values. `reading.py` makes them from the data files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from parvis.core.bilingual import Text

Unit: TypeAlias = Literal["calendar", "business"]
PeriodUnit: TypeAlias = Literal["calendar", "business", "years"]
NOTHING = Text()


class Confidence(StrEnum):
    """How well a value is known. An unsure one is shown as unsure wherever it is used."""

    SURE = "sure"  # read in the text of the law itself
    LIKELY = "likely"  # read in a guide, a manual or a quotation
    UNSURE = "unsure"  # remembered, inferred or contradicted: to be checked

    @property
    def rank(self) -> int:
        """0 for the weakest."""
        return ("unsure", "likely", "sure").index(self.value)


def weakest(*values: Confidence) -> Confidence:
    """Return the least sure of these; with none, sure."""
    return min(values, key=RANKS.__getitem__, default=Confidence.SURE)


RANKS = {value: value.rank for value in Confidence}  # looked up for every step, so not worked out again


class Kind(StrEnum):
    """What happens to a case. A pack says which of these stop, restart or extend its clock."""

    RECEIVED = "received"
    COMPLETE = "complete"  # the request became complete, or was activated
    CLARIFICATION_ASKED = "clarification-asked"
    CLARIFICATION_ANSWERED = "clarification-answered"
    FEE_ESTIMATED = "fee-estimated"
    FEE_PAID = "fee-paid"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    TRANSFERRED = "transferred"
    CONSULTATION_STARTED = "consultation-started"
    CONSULTATION_ANSWERED = "consultation-answered"
    THIRD_PARTY_NOTIFIED = "third-party-notified"
    THIRD_PARTY_ANSWERED = "third-party-answered"
    ANSWERED = "answered"
    COMPLAINT = "complaint"
    ORDER = "order"  # the review body's report or order, by its date


class Role(StrEnum):
    """Who decides an extension."""

    HEAD = "head"
    OVERSIGHT = "oversight"  # the commissioner, ombudsman or commission
    REQUESTER = "requester"  # by agreement
    OFFICER = "officer"  # a central officer, as in Yukon


class State(StrEnum):
    """Whether a pack can be applied."""

    IN_FORCE = "in-force"
    ANNOUNCED = "announced"  # enacted or tabled; the day that it starts is not known
    COMING = "coming"  # the day that it starts is known and lies ahead
    ENDED = "ended"  # it still governs the requests received before its end


@dataclass(frozen=True, slots=True)
class Verified:
    """Who last checked a value against its source, and when (a day or a month)."""

    by: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A statute, regulation, policy or guide that sections point into. `own` is the pack's own statute."""

    id: str
    title: Text
    kind: Literal["statute", "regulation", "policy", "guidance", "other"]
    citation: Text = NOTHING
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What every value carries: the section that it comes from, how sure, and who checked it when.

    `section` is `"9(1)(b)"` in the pack's own statute or `"source-id:26"` in another source of the pack.
    """

    section: str
    confidence: Confidence
    verified: Verified | None = None
    note: Text = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayRule(Cited):
    """One day a year, or one day once, that a statute or a place adds. Exactly one way of finding it is set."""

    name: Text
    month: int = 0
    day: int = 0  # month and day: that date
    shift: Mapping[int, int]  # weekday (Monday 0) to days added when the date falls on it
    weekday: int = -1
    nth: int = 0  # the nth weekday of the month, -1 the last
    before: bool = False  # the last such weekday before month and day
    easter: int | None = None  # days after Easter Sunday
    on: date | None = None  # once
    since: int = 1
    until: int = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayLibrary:
    """Which days to take from the `holidays` library; several subdivisions are joined."""

    country: str
    subdivisions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ("public",)
    observed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays(Cited):
    """What a holiday is: the library's days, less those removed by (English) name, and those added."""

    library: HolidayLibrary | None
    removed: tuple[str, ...] = ()
    added: tuple[HolidayRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyRange:
    """Days left out every year, both ends included; it may cross the new year."""

    name: Text
    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedDays(Cited):
    """A set of days: weekdays (Monday 0), holidays, and yearly ranges."""

    weekdays: frozenset[int]
    holidays: bool
    ranges: tuple[YearlyRange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRule(Cited):
    """Whether the holidays of the office's province and of its municipality count too."""

    provincial: bool
    municipal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """The days that a last day moves off (by statute, and further by policy) and those that are no business day."""

    counting: Cited  # the day of the event is not counted, the last day is
    statute: ExcludedDays
    policy: ExcludedDays | None
    business: ExcludedDays
    place: PlaceRule | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Cited):
    """The time to answer. `starts` says whether the clock can run before the request is complete (activated)."""

    days: int
    unit: Unit
    starts: Literal["received", "complete"] = "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionGround(Cited):
    """Why the time may be extended, by whom and by how much (`max_days` None: a reasonable period)."""

    ref: str
    title: Text
    by: tuple[Role, ...]
    max_days: int | None
    length_required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionCap(Cited):
    """The most days that several grounds may give together."""

    refs: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension(Cited):
    """How the time is extended. `notice_days` None: until the deadline; `times` None: any number of times."""

    unit: Unit
    notice_days: int | None
    notice_unit: Unit
    times: int | None
    tell_oversight_over: int | None
    grounds: tuple[ExtensionGround, ...]
    caps: tuple[ExtensionCap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension(Cited):
    """What stops the clock from one event to another, or starts it afresh at the second.

    `first_day_runs`, `last_day_runs`: whether the day of the event itself still counts.
    """

    ref: str
    title: Text
    starts_with: Kind
    ends_with: tuple[Kind, ...]
    effect: Literal["suspends", "restarts"]
    first_day_runs: bool
    last_day_runs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Cited):
    """What a transfer to another institution does. `days` None: no limit stated; `times` None: any number.

    `extends`: an extension of the time to answer gives as many more days to transfer.
    """

    clock: Literal["continues", "restarts", "not-allowed"]
    restarts_from: Literal["transfer", "receipt"]
    days: int | None
    unit: Unit
    times: int | None
    extends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Cited):
    """Another date of the pack: so many days (or years) after an event, after the due date or after another period.

    `rolls`: it moves off the statute's days like the answer; `extends`: an extension of the answer lengthens it too.
    """

    id: str
    title: Text
    after: str  # "due", an event kind, or "period:<id>"
    days: int  # or years, where that is the unit
    unit: PeriodUnit
    rolls: bool = True
    extends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Cited):
    """A rule that only people read: who may ask, third-party notice, deemed refusal."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Fees(Cited):
    """Amounts in the currency's main unit; None when not known."""

    application: str | None
    own_information: str | None
    currency: str
    other: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Cited):
    """The body that hears complaints; `orders` None when not known."""

    body: Text
    power: Literal["orders", "recommends", "hybrid", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground(Cited):
    """An exemption or an exclusion. `refs` are the references below the section that a decision may cite."""

    title: Text
    kind: Literal["mandatory", "discretionary", "mixed", "exclusion", "unknown"]
    is_official_french: bool
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pack:
    """The law of one regime for requests received from `first_day` to `last_day`, both included."""

    id: str
    regime: str
    jurisdiction: str
    about: Literal["access", "own-information", "both"]
    statute: Text
    citation: Text
    is_official_french: bool
    state: State
    first_day: date | None
    last_day: date | None
    in_force: Cited
    verified: Verified
    sources: Mapping[str, Source]
    requester: Said
    holidays: Holidays
    calendars: Calendars
    response: Response
    extension: Extension | None
    suspensions: tuple[Suspension, ...]
    transfer: Transfer
    periods: tuple[Period, ...]
    fees: Fees
    third_party: Said | None
    deemed_refusal: Said
    review: Review
    exemptions: tuple[Ground, ...]
    exclusions: tuple[Ground, ...]

    def applies_on(self, day: date) -> bool:
        """Whether a request received on `day` falls under this pack."""
        if self.state is State.ANNOUNCED:
            return False
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )

    def state_on(self, day: date) -> State:
        """Return how the pack stands on `day` for requests received then."""
        if self.state is State.ANNOUNCED:
            return State.ANNOUNCED
        if self.first_day and day < self.first_day:
            return State.COMING
        return State.ENDED if self.last_day and self.last_day < day else State.IN_FORCE

    def ground(self, ref: str) -> Ground | None:
        """Return the exemption or exclusion whose section or reference is `ref`, or None."""
        for ground in (*self.exemptions, *self.exclusions):
            if ref == ground.section or ref in ground.refs:
                return ground
        return None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """Where an office stands. A town lies within its province or country, whose days it shares."""

    id: str
    name: Text
    within: str | None
    holidays: Holidays
