"""Joining, leaving, merging and renaming: what is open stays, addresses go on answering, and people are told apart."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.errors import ParvisError
from parvis.core.roles import Role
from parvis.core.states import advance
from parvis.institutions.actions.delegation import end_instruments
from parvis.institutions.actions.memberships import end_role
from parvis.institutions.events import InstitutionsEvent
from parvis.institutions.findable import KIND
from parvis.institutions.giving import RoleHeldError, Term, keep_membership
from parvis.institutions.models import FormerName, Institution, Invitation, Membership, Onboarding
from parvis.institutions.open_work import kinds_of_open_work
from parvis.institutions.policy.onboarding import can_run_board
from parvis.institutions.states import LEAVE, REVOKE, OnboardingState, State
from parvis.search.actions import announce_all, announce_changes
from parvis.search.sources import registered

ONLY_CENTRAL = _("Only the central office does this.")


class People(StrEnum):
    """What becomes of the people of an institution that merges."""

    MOVE = "move"
    END = "end"


@dataclass(slots=True)
class Moved:
    """What a merge or a leaving did."""

    moved: int = 0
    ended: int = 0
    revoked: int = 0
    instruments: int = 0
    open_work: int = 0


@action
def rename_institution(
    *, actor: Actor, institution: Institution, legal: Text, applied: Text, year: int
) -> bool:
    """Give an institution its new titles; the former one is kept with its last year. Its address stays as it is.

    `year` is the one in which the new title begins. Returns whether anything changed.
    """
    require(can_run_board(actor), ONLY_CENTRAL)
    require_none(_title_faults(legal, applied, year))
    before, was = institution.title, institution.legal_title
    new = (legal.en, legal.fr, applied.en, applied.fr)
    if new == (was.en, was.fr, institution.applied_title_en, institution.applied_title_fr):
        return False
    institution.legal_title_en, institution.legal_title_fr = legal.en, legal.fr
    institution.applied_title_en, institution.applied_title_fr = applied.en, applied.fr
    institution.keep_sort_keys()
    try:
        institution.clean_fields()
    except ValidationError as error:
        raise ParvisError(" ".join(error.messages)) from error
    institution.save()
    for former in {before, was} - {institution.title, institution.legal_title}:
        _keep_former_name(institution, former, year)
    announce_changes(kind=KIND, public_ids=[institution.slug])
    for kind in registered():
        announce_all(kind=kind)
    append_event(
        InstitutionsEvent.RENAMED,
        actor=actor,
        subject=institution,
        institution=institution.slug,
        former=before,
    )
    return True


def _title_faults(legal: Text, applied: Text, year: int) -> list[object]:
    faults: list[object] = []
    if not (legal.en and legal.fr):
        faults.append(_("Give the legal title in both languages."))
    if len(applied.languages) == 1:
        faults.append(_("Give the applied title in both languages, or in neither."))
    if not 1867 <= year <= timezone.localdate().year + 1:  # noqa: PLR2004  # Canada's first year
        faults.append(_("Give the year in which the new title begins, with four digits."))
    return faults


def _keep_former_name(institution: Institution, title: Text, year: int) -> None:
    last = institution.former_names.exclude(until_year=None).order_by("-until_year").first()
    FormerName.objects.update_or_create(
        institution=institution,
        title_en=title.en,
        defaults={
            "title_fr": title.fr,
            "from_year": last.until_year if last else None,
            "until_year": year,
        },
    )


@action
def merge_institution(*, actor: Actor, institution: Institution, into: Institution, people: People) -> Moved:
    """Make an institution part of another: what is open moves to the successor, people move or their roles end.

    The page of the institution stays at its address and says of what it is part now. A head's role ends: the
    successor has its own. Powers end with the instruments that gave them.
    """
    require(can_run_board(actor), ONLY_CENTRAL)
    require_none(_merge_blockers(institution, into))
    done = Moved()
    for kind in kinds_of_open_work():
        done.open_work += kind.move(actor, institution.pk, into.pk)
    _part_with_people(actor, institution, into if people is People.MOVE else None, done)
    _leave(actor, institution, str(_("Merged into another institution.")), done)
    institution.state, institution.successor = State.MERGED, into
    institution.ended_in = timezone.localdate().year
    institution.save(update_fields=["state", "successor", "ended_in"])
    announce_changes(kind=KIND, public_ids=[institution.slug, into.slug])
    append_event(
        InstitutionsEvent.MERGED,
        actor=actor,
        subject=institution,
        institution=institution.slug,
        successor=into.slug,
        moved=done.moved,
        ended=done.ended,
    )
    return done


def _merge_blockers(institution: Institution, into: Institution) -> list[object]:
    if institution.pk == into.pk:
        return [_("An institution does not become part of itself. Choose another one.")]
    if not institution.is_standing:
        return [_("This institution has ended already.")]
    if not into.is_standing:
        return [_("The successor has ended as well. Choose one that stands.")]
    return []


@action
def leave(*, actor: Actor, institution: Institution, why: str) -> Moved:
    """Let an institution leave this installation: roles, invitations and instruments end, its public pages stay.

    Raises NotReadyError while anything is open: it is finished, or handed to a successor by a merge.
    """
    require(can_run_board(actor), ONLY_CENTRAL)
    require_none([] if why.strip() else [_("Say why the institution leaves.")])
    require_none(
        _("%(count)d %(what)s: finish them, or merge the institution into its successor.")
        % {"count": count, "what": kind.title}
        for kind in kinds_of_open_work()
        if (count := kind.count(institution.pk))
    )
    done = Moved()
    _part_with_people(actor, institution, None, done)
    _leave(actor, institution, why, done)
    return done


def _part_with_people(actor: Actor, institution: Institution, to: Institution | None, done: Moved) -> None:
    """End every role; with `to`, give the same role there for the rest of its time, but for a head's."""
    today = timezone.localdate()
    for row in list(Membership.objects.filter(institution=institution).not_over().order_by("pk")):
        from_on, until_on = max(row.from_on, today), row.until_on
        end_role(actor=actor, membership=row, why=_why(to))
        done.ended += 1
        if to is None or row.role == Role.HEAD:
            continue
        term = Term(role=row.kind_of_role, institution=to, from_on=from_on, until_on=until_on)
        position = Text(row.position_en, row.position_fr)
        try:
            keep_membership(actor=actor, person_id=row.person_id, term=term, position=position)
        except RoleHeldError:
            continue  # works for both already
        done.moved += 1


def _why(to: Institution | None) -> str:
    said = _("The institution became part of another.") if to else _("The institution left or ended.")
    return str(said)


def _leave(actor: Actor, institution: Institution, why: str, done: Moved) -> None:
    for invitation in Invitation.objects.filter(institution=institution).waiting():
        advance(invitation, REVOKE, answered_at=timezone.now())
        done.revoked += 1
    done.instruments = end_instruments(actor=actor, institution=institution)
    row = Onboarding.objects.filter(institution=institution).exclude(state=OnboardingState.LEFT).first()
    if row is not None:
        advance(row, LEAVE, state_why=why.strip()[:300], changed_at=timezone.now())
        append_event(InstitutionsEvent.LEFT, actor=actor, subject=institution, institution=institution.slug)
