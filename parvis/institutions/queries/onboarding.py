"""How far institutions have come on board: one, for its pages; all, for the board, in a fixed number of queries."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone

from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.institutions.checklist import Checklist, Facts, checklist, with_holdings
from parvis.institutions.models import (
    DelegationInstrument,
    Institution,
    Membership,
    Onboarding,
    OnboardingFile,
    SelfCheck,
)
from parvis.institutions.policy import onboarding as policy
from parvis.institutions.queries.institutions import InstitutionReference, reference
from parvis.institutions.states import OnboardingState

NAMED_ONE_BY_ONE = 100
COLUMNS = (
    *("institution_id", "regimes", "languages", "fee_choice", "channels", "system_url"),
    *("welcome_en", "welcome_fr", "is_head_deciding", "state", "changed_at", "live_at", "pk"),
    *("institution__access_email", "institution__access_url_en", "institution__access_url_fr"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a live institution's public page bears of its own. Colours were checked for contrast when it chose them."""

    welcome: Text = field(default_factory=Text)
    colours: tuple[tuple[str, str], ...] = ()  # those that it chose: ("primary", "#1b4332")

    @property
    def stylesheet(self) -> str:
        """The colours as CSS custom properties of the page's content, empty when it chose none."""
        if not self.colours:
            return ""
        return "main { " + " ".join(f"--own-{name}: {value};" for name, value in self.colours) + " }\n"

    @property
    def digest(self) -> str:
        """A name for this state of the stylesheet, so that browsers may keep it for ever; empty without one."""
        return hashlib.sha256(self.stylesheet.encode()).hexdigest()[:12] if self.colours else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutcome:
    """One check of a test: which, of what (a statute, a language), and whether it passed."""

    check: str
    of: str
    is_passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TestRun:
    """The last test of an institution."""

    ran_at: datetime
    outcomes: tuple[CheckOutcome, ...]
    address: str
    reached_at: datetime | None
    is_passed: bool
    is_outdated: bool

    @property
    def is_complete(self) -> bool:
        """Whether every check passed, the mail was opened, and no answer changed since."""
        return self.is_passed and self.reached_at is not None and not self.is_outdated


@dataclass(frozen=True, kw_only=True)
class OnboardingDetail:
    """One institution's way on board, as its pages show it."""

    institution: InstitutionReference
    row: Onboarding
    checklist: Checklist
    test: TestRun | None

    @property
    def state(self) -> OnboardingState:
        """Where it stands."""
        return OnboardingState(self.row.state)

    @cached_property
    def blockers(self) -> tuple[object, ...]:
        """Why it cannot go live yet: the same reasons that the page shows."""
        return tuple(words for item in self.checklist.missing for words in item.missing)


def onboarding_row(actor: Actor, slug: str) -> Onboarding | None:
    """Return the onboarding of an institution, or None where there is none of which the actor may know."""
    rows = Onboarding.objects.filter(policy.visible_to(actor), institution__slug=slug)
    return rows.select_related("institution__jurisdiction__parent").first()


def onboarding_detail(row: Onboarding) -> OnboardingDetail:
    """Return all about one institution's way on board."""
    facts = facts_of(Onboarding.objects.filter(pk=row.pk).values(*COLUMNS))[row.institution_id]
    return OnboardingDetail(
        institution=reference(row.institution), row=row, checklist=checklist(facts), test=last_test(row)
    )


def facts_of(rows: Iterable[Mapping[str, Any]]) -> dict[int, Facts]:
    """Return what the checklist looks at, by institution: four queries and one for each register, however many."""
    kept = list(rows)
    ids = [row["institution_id"] for row in kept]
    roles, delegated, tests, held = _roles(ids), _delegated(ids), _tests(ids), with_holdings(ids)
    found: dict[int, Facts] = {}
    for row in kept:
        institution_id = row["institution_id"]
        test = tests.get(row["pk"])
        found[institution_id] = Facts(
            institution_id=institution_id,
            address=row["institution__access_email"],
            urls=(row["institution__access_url_en"], row["institution__access_url_fr"]),
            regimes=tuple(row["regimes"]),
            languages=tuple(row["languages"]),
            fee_choice=row["fee_choice"],
            channels=tuple(row["channels"]),
            system_url=row["system_url"],
            welcome=(row["welcome_en"], row["welcome_fr"]),
            is_head_deciding=row["is_head_deciding"],
            roles=roles[institution_id],
            delegated=delegated[institution_id],
            has_holdings=institution_id in held,
            was_tested=test is not None,
            is_reached=bool(test and test["reached_at"]),
            is_test_passed=bool(test and test["is_passed"]),
            is_test_outdated=bool(test and test["ran_at"] < row["changed_at"]),
        )
    return found


def last_test(row: Onboarding) -> TestRun | None:
    """Return the last test that was run, or None."""
    found = SelfCheck.objects.filter(onboarding=row).order_by("-ran_at", "-pk").first()
    if found is None:
        return None
    outcomes = tuple(
        CheckOutcome(check=one["check"], of=one["of"], is_passed=one["passed"]) for one in found.outcomes
    )
    return TestRun(
        ran_at=found.ran_at,
        outcomes=outcomes,
        address=found.address,
        reached_at=found.reached_at,
        is_passed=found.is_passed,
        is_outdated=found.ran_at < row.changed_at,
    )


def live_look(slug: str) -> Look:
    """Return what a live institution says and in which colours; nothing of it while it is not live."""
    row = Onboarding.objects.filter(institution__slug=slug, state=OnboardingState.LIVE).first()
    if row is None:
        return Look()
    colours = (("primary", row.colour_primary), ("accent", row.colour_accent))
    return Look(welcome=row.welcome, colours=tuple((name, value) for name, value in colours if value))


def _among(ids: list[int], column: str = "institution_id") -> Q:
    """Keep these institutions; all of them where they are many: a list of thousands takes longer than their rows."""
    return Q(**{f"{column}__in": ids}) if len(ids) <= NAMED_ONE_BY_ONE else Q()


def _roles(ids: list[int]) -> dict[int, frozenset[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    rows = Membership.objects.in_force().filter(_among(ids), institution_id__isnull=False)
    for institution_id, role in rows.values_list("institution_id", "role"):
        found[institution_id or 0].add(role)
    return defaultdict(frozenset, {key: frozenset(value) for key, value in found.items()})


def _delegated(ids: list[int]) -> dict[int, frozenset[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    rows = DelegationInstrument.objects.in_force(timezone.localdate()).filter(_among(ids))
    for institution_id, regime in rows.values_list("institution_id", "regime"):
        found[institution_id].add(regime)
    return defaultdict(frozenset, {key: frozenset(value) for key, value in found.items()})


def _tests(ids: list[int]) -> dict[int, dict[str, Any]]:
    rows = SelfCheck.objects.filter(_among(ids, "onboarding__institution_id"))
    newest = rows.order_by("onboarding_id", "-ran_at", "-pk").distinct("onboarding_id")
    found: dict[int, dict[str, Any]] = {}
    for row in newest.values("onboarding_id", "ran_at", "reached_at", "is_passed"):
        found[row["onboarding_id"]] = {**row}
    return found


def institution_of(actor: Actor, slug: str) -> Institution | None:
    """Return the institution of this slug where the actor may bring institutions on board."""
    if not policy.can_see_board(actor):
        return None
    return Institution.objects.with_jurisdiction().filter(slug=slug).first()


def onboarding_file(actor: Actor, public_id: str) -> OnboardingFile | None:
    """Return a file that was handed in, or None where there is none that the actor may see."""
    return OnboardingFile.objects.filter(policy.visible_files_to(actor), public_id=public_id).first()
