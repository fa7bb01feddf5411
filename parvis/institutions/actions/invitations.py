"""Inviting somebody to a role by e-mail; sending again, revoking, accepting."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.bilingual import Language
from parvis.core.errors import ParvisError
from parvis.core.roles import Role
from parvis.core.states import StaleStateError, advance
from parvis.core.tokens import new_token, token_hash
from parvis.institutions import notices
from parvis.institutions.events import InstitutionsEvent
from parvis.institutions.giving import Term, constraint_message, keep_membership, require_may_give
from parvis.institutions.models import Invitation, Membership
from parvis.institutions.policy import invitations as policy
from parvis.institutions.queries import memberships as queries
from parvis.institutions.states import ACCEPT, REVOKE, InvitationState

VALID_FOR = timedelta(days=14)
NO_LONGER_VALID = _("This invitation is no longer valid. Ask whoever invited you to send it again.")


@action
def invite(*, actor: Actor, address: str, language: Language, term: Term) -> Invitation:
    """Offer a role to whoever reads mail at an address. Raises ParvisError where one waits or the role is held."""
    require_may_give(actor, term)
    address = address.strip().lower()
    require_none(_blockers(address, term))
    token = new_token()
    row = Invitation(
        address=address,
        language=language,
        institution=term.institution,
        role=str(term.role),
        from_on=term.from_on,
        until_on=term.until_on,
        token_hash=token_hash(token),
        expires_at=timezone.now() + VALID_FOR,
        invited_by_id=actor.person_id,
    )
    try:
        row.full_clean(validate_constraints=False)
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        raise ParvisError(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise ParvisError(constraint_message(row, error)) from error
    notices.invitation(actor=actor, row=row, token=token)
    _note(InstitutionsEvent.INVITED, actor, row)
    return row


def _blockers(address: str, term: Term) -> list[object]:
    about = {"person__email": address, "role": str(term.role), "institution": term.institution}
    if Membership.objects.filter(**about).not_over().exists():
        return [_("Whoever signs in with this address holds the role already.")]
    return []


@action
def resend_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Send an invitation again: with a new token, valid anew; the earlier mail no longer works."""
    require(policy.can_change(actor, invitation), _("Only who may give this role may send it again."))
    token, now = new_token(), timezone.now()
    moved = Invitation.objects.filter(pk=invitation.pk, state=InvitationState.SENT).update(
        token_hash=token_hash(token),
        expires_at=now + VALID_FOR,
        sent_at=now,
        times_sent=invitation.times_sent + 1,
    )
    if not moved:
        raise StaleStateError(REVOKE)
    invitation.refresh_from_db()
    notices.invitation(actor=actor, row=invitation, token=token)
    _note(InstitutionsEvent.INVITED_AGAIN, actor, invitation)


@action
def revoke_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Take an invitation back: its mail no longer works."""
    require(policy.can_change(actor, invitation), _("Only who may give this role may take it back."))
    advance(invitation, REVOKE, answered_at=timezone.now())
    _note(InstitutionsEvent.INVITATION_REVOKED, actor, invitation)


@action
def accept_invitation(*, actor: Actor, token: str) -> Membership:
    """Take on the role that was offered, once. Whoever accepts has signed in with the address that was invited.

    Raises ParvisError for a token that is unknown, used, revoked or too old, and for another address, alike.
    """
    address = queries.address_of(actor)
    row = (
        Invitation.objects.open()
        .filter(token_hash=token_hash(token))
        .select_related("institution__jurisdiction")
        .first()
    )
    if actor.person_id is None or row is None or row.address != address:
        raise ParvisError(NO_LONGER_VALID)
    today = timezone.localdate()
    if row.until_on and row.until_on < today:
        raise ParvisError(NO_LONGER_VALID)
    term = Term(
        role=Role(row.role),
        institution=row.institution,
        from_on=max(row.from_on, today),
        until_on=row.until_on,
    )
    membership = keep_membership(
        actor=actor, person_id=actor.person_id, term=term, given_by=row.invited_by_id
    )
    advance(row, ACCEPT, membership=membership, answered_at=timezone.now())
    _note(InstitutionsEvent.INVITATION_ACCEPTED, actor, row)
    return membership


def _note(event: InstitutionsEvent, actor: Actor, row: Invitation) -> None:
    """Append the event, without the address: whoever may see the invitation finds it there."""
    slug = row.institution.slug if row.institution else ""
    append_event(event, actor=actor, subject=row, role=row.role, institution=slug)
