"""What giving a role means, whoever asks for it: may it be given, and how it is written down."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import require
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.errors import ParvisError
from parvis.core.roles import Role
from parvis.institutions.events import InstitutionsEvent
from parvis.institutions.models import Institution, Membership
from parvis.institutions.policy import memberships as policy
from parvis.institutions.queries.memberships import has_head_or_invited_one


class RoleHeldError(ParvisError):
    """The person holds the role already in part of that time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Which role, for which institution (None: the whole installation), from when until when (its last day)."""

    role: Role
    institution: Institution | None
    from_on: date
    until_on: date | None = None

    @property
    def institution_id(self) -> int | None:
        """The id of the institution, or None."""
        return self.institution.pk if self.institution else None


def require_may_give(actor: Actor, term: Term) -> None:
    """Stop with NotAllowedError unless the actor may give this role there."""
    has_head = has_head_or_invited_one(term.institution_id)
    require(
        policy.can_give(actor, term.role, term.institution_id, has_head=has_head),
        _("You may not give this role here. Act for the institution first, or ask its head."),
    )


def keep_membership(
    *,
    actor: Actor,
    person_id: int,
    term: Term,
    position: Text | None = None,
    given_by: int | None = None,
) -> Membership:
    """Write down a role, with its event, inside the transaction of an action. Raises RoleHeldError."""
    title = position or Text()
    row = Membership(
        person_id=person_id,
        institution=term.institution,
        role=str(term.role),
        from_on=term.from_on,
        until_on=term.until_on,
        position_en=title.en,
        position_fr=title.fr,
        given_by_id=given_by or actor.person_id,
    )
    try:
        with transaction.atomic():
            row.full_clean(validate_constraints=False)
            row.save()
    except IntegrityError as error:
        raise RoleHeldError(constraint_message(row, error)) from error
    except ValidationError as error:
        raise ParvisError(" ".join(error.messages)) from error
    append_event(
        InstitutionsEvent.ROLE_GIVEN,
        actor=actor,
        subject=row,
        person=row.person_id,
        role=row.role,
        institution=term.institution.slug if term.institution else "",
        from_on=row.from_on,
        until_on=row.until_on,
    )
    return row


def constraint_message(row: models.Model, error: IntegrityError) -> object:
    """Return what the constraint that refused a row says in words."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    for constraint in row._meta.constraints:  # noqa: SLF001  # documented
        if constraint.name == name:
            return constraint.violation_error_message
    return str(error)
