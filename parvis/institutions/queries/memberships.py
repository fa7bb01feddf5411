"""Who holds which role, as pages, rules and other rooms read it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q
from django.utils import timezone

from parvis.accounts.acting import Acting
from parvis.accounts.queries import person_by_id
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.roles import Grant, Role
from parvis.core.tokens import token_hash
from parvis.institutions.models import Institution, Invitation, Membership
from parvis.institutions.policy import invitations as invitations_policy
from parvis.institutions.policy import memberships as memberships_policy
from parvis.institutions.queries.institutions import InstitutionReference, reference
from parvis.institutions.roles import ROLE_TITLES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from parvis.accounts.models import Person
    from parvis.institutions.models.memberships import InvitationQuerySet, MembershipQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipItem:
    """One role of one person, as a line of a page."""

    public_id: str
    person_id: int
    name: str
    address: str
    role: Role
    institution: InstitutionReference | None
    position: Text
    from_on: date
    until_on: date | None
    ended_why: str
    is_in_force: bool
    is_over: bool
    may_end: bool

    @property
    def role_title(self) -> "_StrPromise":
        """What the role is called."""
        return ROLE_TITLES[self.role]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationItem:
    """One invitation, as a line of a page."""

    public_id: str
    address: str
    role: Role
    institution: InstitutionReference | None
    from_on: date
    until_on: date | None
    sent_at: datetime
    expires_at: datetime
    is_expired: bool
    may_change: bool

    @property
    def role_title(self) -> "_StrPromise":
        """What the role is called."""
        return ROLE_TITLES[self.role]


def grants_in_force(person_id: int) -> tuple[Grant, ...]:
    """Return the roles in force today of a person, a delegate's with their powers. One query."""
    today = timezone.localdate()
    in_force = (
        Q(delegated_powers__instrument__until_on__isnull=True)
        | Q(delegated_powers__instrument__until_on__gte=today)
    ) & Q(
        delegated_powers__instrument__from_on__lte=today,
        delegated_powers__instrument__institution=F("institution"),
    )
    rows = (
        Membership.objects.filter(person_id=person_id)
        .in_force(today)
        .annotate(powers=ArrayAgg("delegated_powers__power", filter=in_force, distinct=True))
        .order_by("role_order", "institution_id", "pk")
        .values_list("role", "institution_id", "powers")
    )
    return tuple(
        Grant(Role(role), institution, frozenset(powers or ()) if role == Role.DELEGATE else frozenset())
        for role, institution, powers in rows
    )


def members(
    actor: Actor, institution: Institution | None, *, with_past: bool = False
) -> tuple[MembershipItem, ...]:
    """Return who holds a role for the institution (for the installation where it is None), as far as one may see."""
    rows = visible_memberships(actor).filter(institution=institution)
    rows = rows if with_past else rows.not_over()
    return tuple(_item(actor, row) for row in rows.in_usual_order())


def visible_memberships(actor: Actor) -> "MembershipQuerySet":
    """Return the memberships of which the actor may know, with what a line of a page shows."""
    return Membership.objects.filter(memberships_policy.visible_to(actor)).select_related(
        "person", "institution__jurisdiction"
    )


def own_memberships(actor: Actor) -> tuple[MembershipItem, ...]:
    """Return the roles of the actor that are not over, the roles of the installation first."""
    rows = visible_memberships(actor).filter(person_id=actor.person_id or 0).not_over()
    found = [_item(actor, row) for row in rows.in_usual_order()]
    return tuple(
        sorted(found, key=lambda item: (item.institution is not None, getattr(item.institution, "slug", "")))
    )


def membership(actor: Actor, public_id: str) -> Membership | None:
    """Return one membership, or None where there is none of which the actor may know."""
    return visible_memberships(actor).filter(public_id=public_id).first()


def visible_invitations(actor: Actor) -> "InvitationQuerySet":
    """Return the invitations of which the actor may know."""
    return Invitation.objects.filter(invitations_policy.visible_to(actor)).select_related(
        "institution__jurisdiction"
    )


def invitations(actor: Actor, institution: Institution | None) -> tuple[InvitationItem, ...]:
    """Return the invitations that wait for an answer, as far as one may see."""
    rows = visible_invitations(actor).filter(institution=institution).waiting()
    return tuple(_invitation(actor, row) for row in rows.order_by("-sent_at", "pk"))


def invitation(actor: Actor, public_id: str) -> Invitation | None:
    """Return one invitation, or None where there is none of which the actor may know."""
    return visible_invitations(actor).filter(public_id=public_id).first()


def address_of(actor: Actor) -> str:
    """Return the address by which the actor signed in; empty for anyone else."""
    person = person_by_id(actor.person_id) if actor.person_id else None
    return person.email if person else ""


def offer(actor: Actor, token: str) -> InvitationItem | None:
    """Return what a token invites the actor to; None where it is not for the address by which they signed in."""
    address = address_of(actor)
    if not address:
        return None
    rows = Invitation.objects.open().filter(token_hash=token_hash(token), address=address)
    row = rows.select_related("institution__jurisdiction").first()
    return _invitation(actor, row) if row else None


def has_head_or_invited_one(institution_id: int | None) -> bool:
    """Tell whether the institution has a head, or an invitation of one waits. True for the installation itself."""
    if institution_id is None:
        return True
    about = {"institution_id": institution_id, "role": Role.HEAD}
    return (
        Membership.objects.filter(**about).not_over().exists()
        or Invitation.objects.filter(**about).open().exists()
    )


def reachable_people(institution_id: int, *roles: Role) -> "tuple[Person, ...]":
    """Return the people who hold one of `roles` for the institution today, for messages to them."""
    rows = Membership.objects.in_force().filter(institution_id=institution_id, role__in=roles)
    return tuple(row.person for row in rows.select_related("person").in_usual_order())


def institutions_to_act_for(actor: Actor) -> tuple[InstitutionReference, ...]:
    """Return the institutions in whose name the actor may act, in alphabetical order of their slug."""
    ids = {grant.institution_id for grant in actor.grants if grant.institution_id is not None}
    rows = Institution.objects.filter(pk__in=ids).select_related("jurisdiction").order_by("slug")
    return tuple(reference(row) for row in rows)


def acting_institution(chosen: int | None, grants: tuple[Grant, ...]) -> Acting | None:
    """Return the institution for which a session acts: the chosen one, or the only one where a role is held."""
    held = {grant.institution_id for grant in grants if grant.institution_id is not None}
    wanted = chosen if chosen in held else next(iter(held)) if len(held) == 1 else None
    row = Institution.objects.filter(pk=wanted).first() if wanted else None
    return Acting(row.pk, row.title) if row else None


def _item(actor: Actor, row: Membership) -> MembershipItem:
    return MembershipItem(
        public_id=row.public_id,
        person_id=row.person_id,
        name=row.person.name,
        address=row.person.email,
        role=row.kind_of_role,
        institution=reference(row.institution) if row.institution else None,
        position=Text(row.position_en, row.position_fr),
        from_on=row.from_on,
        until_on=row.until_on,
        ended_why=row.ended_why,
        is_in_force=row.is_in_force(),
        is_over=row.until_on is not None and row.until_on < timezone.localdate(),
        may_end=memberships_policy.can_end(actor, row),
    )


def _invitation(actor: Actor, row: Invitation) -> InvitationItem:
    return InvitationItem(
        public_id=row.public_id,
        address=row.address,
        role=Role(row.role),
        institution=reference(row.institution) if row.institution else None,
        from_on=row.from_on,
        until_on=row.until_on,
        sent_at=row.sent_at,
        expires_at=row.expires_at,
        is_expired=row.is_expired,
        may_change=invitations_policy.can_change(actor, row),
    )
