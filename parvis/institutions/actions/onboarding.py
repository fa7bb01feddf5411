"""One institution's way on board: invited, it answers, is tested and goes live; it may pause and come back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.errors import ParvisError
from parvis.core.states import advance
from parvis.core.tokens import new_token, token_hash
from parvis.institutions import answers, notices, self_checks
from parvis.institutions.checklist import Section
from parvis.institutions.events import InstitutionsEvent
from parvis.institutions.models import Institution, Onboarding, SelfCheck
from parvis.institutions.policy import onboarding as policy
from parvis.institutions.queries.onboarding import onboarding_detail
from parvis.institutions.states import (
    COME_BACK,
    GO_LIVE,
    PAUSE,
    PREPARE,
    TEST,
    OnboardingState,
)

NOT_YOURS = _("Act for this institution first, or ask the central office.")
CODE_LASTS = timedelta(days=7)


class WrongAnswersError(ParvisError):
    """Answers that cannot be kept; `faults` says why, by field, in the reader's language."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(self.faults.values()))


@action
def invite_institution(*, actor: Actor, institution: Institution) -> Onboarding:
    """Begin an institution's way on board; one that is on board already stays as it is, one that left comes back."""
    require(policy.can_run_board(actor), _("Only the central office brings institutions on board."))
    require_none([] if institution.is_standing else [_("This institution has ended. Invite its successor.")])
    row, is_new = Onboarding.objects.get_or_create(institution=institution)
    if is_new:
        append_event(InstitutionsEvent.JOINED, actor=actor, subject=institution, institution=institution.slug)
    elif row.state == OnboardingState.LEFT:
        advance(row, COME_BACK, state_why="", changed_at=timezone.now())
        append_event(
            InstitutionsEvent.CAME_BACK, actor=actor, subject=institution, institution=institution.slug
        )
    return row


@action
def answer_section(
    *, actor: Actor, onboarding: Onboarding, section: Section, values: Mapping[str, Any]
) -> bool:
    """Keep the answers of a section and return whether any changed. Raises WrongAnswersError, in words, by field."""
    require(policy.can_prepare(actor, onboarding.institution_id), NOT_YOURS)
    known = {name: values[name] for name in answers.FIELDS[section] if name in values}
    faults = answers.faults(section, known, onboarding.institution, timezone.localdate())
    if faults:
        raise WrongAnswersError(faults)
    holder: Any = onboarding.institution if section is Section.CONTACT else onboarding
    changed = [name for name, value in known.items() if getattr(holder, name) != value]
    for name in changed:
        setattr(holder, name, known[name])
    _require_valid(holder, changed)
    if changed:
        holder.save(update_fields=changed)
    _note_answers(actor, onboarding, section, changed)
    return bool(changed)


def _require_valid(holder: Any, changed: list[str]) -> None:
    try:
        holder.clean_fields(
            exclude={field.name for field in holder._meta.fields if field.name not in changed}  # noqa: SLF001  # documented
        )
    except ValidationError as error:
        raise WrongAnswersError(
            {name: " ".join(said) for name, said in error.message_dict.items()}
        ) from error


def _note_answers(actor: Actor, onboarding: Onboarding, section: Section, changed: list[str]) -> None:
    """Forget the section's draft; where anything changed, say when, so that the test is run again."""
    onboarding.drafts.pop(str(section), None)
    fields = ["drafts"]
    if changed:
        onboarding.changed_at = timezone.now()
        fields.append("changed_at")
        append_event(
            InstitutionsEvent.ANSWERED,
            actor=actor,
            subject=onboarding.institution,
            institution=onboarding.institution.slug,
            section=str(section),
            fields=changed,
        )
    onboarding.save(update_fields=fields)
    if onboarding.state in {OnboardingState.INVITED, OnboardingState.TESTING} and (
        changed or onboarding.state == OnboardingState.INVITED
    ):
        advance(onboarding, PREPARE)


@action
def keep_draft(*, actor: Actor, onboarding: Onboarding, section: Section, typed: Mapping[str, Any]) -> None:
    """Keep what was typed in a section, whole or not, to be finished later. Nothing is checked and nothing is shown."""
    require(policy.can_prepare(actor, onboarding.institution_id), NOT_YOURS)
    onboarding.drafts[str(section)] = {name: typed[name] for name in answers.FIELDS[section] if name in typed}
    onboarding.save(update_fields=["drafts"])


@action
def run_self_check(*, actor: Actor, onboarding: Onboarding) -> SelfCheck:
    """Run the test of an institution, keep its outcomes, and send the message that its access office is to open."""
    require(policy.can_prepare(actor, onboarding.institution_id), NOT_YOURS)
    require_none(
        words for item in onboarding_detail(onboarding).checklist.before_test for words in item.missing
    )
    outcomes = self_checks.run(onboarding)
    token, address = new_token(), onboarding.institution.access_email
    row = SelfCheck.objects.create(
        onboarding=onboarding,
        ran_by_id=actor.person_id,
        outcomes=outcomes,
        address=address,
        code_hash=token_hash(token),
        is_passed=all(one["passed"] for one in outcomes),
    )
    notices.test_message(actor=actor, onboarding=onboarding, address=address, token=token)
    if onboarding.state not in {OnboardingState.LIVE, OnboardingState.PAUSED, OnboardingState.LEFT}:
        advance(onboarding, TEST)
    append_event(
        InstitutionsEvent.TESTED,
        actor=actor,
        subject=onboarding.institution,
        institution=onboarding.institution.slug,
        passed=row.is_passed,
    )
    return row


@action
def confirm_reached(*, actor: Actor, token: str) -> bool:
    """Note that the message of a test was opened where it was to arrive. Return whether the code is a known one."""
    since = timezone.now() - CODE_LASTS
    row = (
        SelfCheck.objects.filter(code_hash=token_hash(token), ran_at__gt=since)
        .exclude(code_hash="")
        .select_related("onboarding__institution")
        .first()
    )
    if row is None:
        return False
    if row.reached_at is None:
        row.reached_at = timezone.now()
        row.save(update_fields=["reached_at"])
        institution = row.onboarding.institution
        append_event(
            InstitutionsEvent.REACHED, actor=actor, subject=institution, institution=institution.slug
        )
    return True


@action
def go_live(*, actor: Actor, onboarding: Onboarding) -> None:
    """Open the institution to the public. Raises NotReadyError with all that is missing."""
    require(policy.can_open(actor, onboarding.institution_id), NOT_YOURS)
    require_none(onboarding_detail(onboarding).blockers)
    advance(onboarding, GO_LIVE, live_at=onboarding.live_at or timezone.now(), state_why="")
    institution = onboarding.institution
    append_event(InstitutionsEvent.WENT_LIVE, actor=actor, subject=institution, institution=institution.slug)


@action
def pause(*, actor: Actor, onboarding: Onboarding, why: str) -> None:
    """Take a live institution out of service for a while; what it has open stays."""
    require(policy.can_open(actor, onboarding.institution_id), NOT_YOURS)
    require_none([] if why.strip() else [_("Say why the institution pauses.")])
    advance(onboarding, PAUSE, state_why=why.strip()[:300])
    institution = onboarding.institution
    append_event(InstitutionsEvent.PAUSED, actor=actor, subject=institution, institution=institution.slug)
