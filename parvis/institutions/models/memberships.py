"""Who holds which role, for which institution, from when until when; and who was invited to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.core.public_id import new_public_id
from parvis.core.roles import INSTALLATION_ROLES, STAFF_ROLES, Role
from parvis.institutions.roles import ROLE_TITLES, ROLES_IN_ORDER
from parvis.institutions.states import InvitationState

if TYPE_CHECKING:
    from datetime import date

ROLE_CHOICES = [(str(role), ROLE_TITLES[role]) for role in ROLES_IN_ORDER]
OF_INSTALLATION = sorted(str(role) for role in INSTALLATION_ROLES)
OF_INSTITUTION = sorted(str(role) for role in STAFF_ROLES - INSTALLATION_ROLES)
ROLE_ORDER = Case(
    *(When(role=str(role), then=Value(number)) for number, role in enumerate(ROLES_IN_ORDER)),
    default=Value(len(ROLES_IN_ORDER)),
    output_field=models.SmallIntegerField(),
)
FITS_ITS_ROLE = Q(role__in=OF_INSTALLATION, institution__isnull=True) | Q(
    role__in=OF_INSTITUTION, institution__isnull=False
)
ROLE_HAS_ITS_PLACE = _(
    "A role of the whole installation names no institution, and every other role names the one that it is for."
)


def _alone(column: object) -> Func:
    """Make a range of one number: PostgreSQL compares ranges in an exclusion without any extension."""
    return Func(column, column, Value("[]"), function="int8range")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Sets of memberships."""

    def in_force(self, on: date | None = None) -> MembershipQuerySet:
        """Keep those that are held on that day, today without one."""
        day = on or timezone.localdate()
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)

    def not_over(self) -> MembershipQuerySet:
        """Keep those that are held today or begin later."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=timezone.localdate()))

    def in_usual_order(self) -> MembershipQuerySet:
        """Order by role, then by the person's name as written, then by day."""
        return self.order_by("role_order", "person__email", "from_on", "pk")


class Membership(models.Model):
    """One role that a person holds, for one institution or for the whole installation, between two days.

    `until_on` is the last day on which it is held. A membership is never removed: it ends.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    institution = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("institution"),
    )
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)
    role_order = models.GeneratedField(
        expression=ROLE_ORDER, output_field=models.SmallIntegerField(), db_persist=True
    )
    position_en = models.CharField(_("position title in English"), max_length=200, blank=True)
    position_fr = models.CharField(_("position title in French"), max_length=200, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # none when the installation itself gave it
    given_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(_("why it ended"), max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["institution", "role"], name="institutions_members_by_role"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=FITS_ITS_ROLE,
                name="institutions_membership_role_has_its_place",
                violation_error_message=ROLE_HAS_ITS_PLACE,
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True)
                | Q(until_on__gte=F("from_on"))
                | Q(ended_at__isnull=False),
                name="institutions_membership_days_in_order",
                violation_error_message=_("A role ends on the day it began or later."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | Q(ended_at__isnull=False, until_on__isnull=False) & ~Q(ended_why=""),
                name="institutions_membership_end_says_why",
                violation_error_message=_("Say why the role ends."),
            ),
            ExclusionConstraint(
                name="institutions_membership_does_not_overlap",
                expressions=[
                    (_alone(F("person_id")), RangeOperators.OVERLAPS),
                    (_alone(Coalesce(F("institution_id"), Value(0))), RangeOperators.OVERLAPS),
                    (_alone(ROLE_ORDER), RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("from_on"),
                            F("until_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                violation_error_message=_("This person holds the role already in part of that time."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def is_in_force(self, on: date | None = None) -> bool:
        """Whether it is held on that day, today without one."""
        day = on or timezone.localdate()
        return self.from_on <= day and (self.until_on is None or self.until_on >= day)

    @property
    def kind_of_role(self) -> Role:
        """The role as the rules know it."""
        return Role(self.role)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Sets of invitations."""

    def open(self) -> InvitationQuerySet:
        """Keep those that wait for an answer and may still be accepted."""
        return self.filter(state=InvitationState.SENT, expires_at__gt=timezone.now())

    def waiting(self) -> InvitationQuerySet:
        """Keep those that nobody answered, expired ones too: they can be sent again."""
        return self.filter(state=InvitationState.SENT)


class Invitation(models.Model):
    """A role offered to whoever reads mail at an address. Only a hash of the token is kept; the mail has the token."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language of the message"), max_length=2, choices=[("en", "English"), ("fr", "Français")]
    )
    institution = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("institution"),
    )
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=InvitationState.choices, default=InvitationState.SENT, editable=False
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    sent_at = models.DateTimeField(default=timezone.now)
    times_sent = models.PositiveSmallIntegerField(default=1)
    invited_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    membership = models.OneToOneField(
        "institutions.Membership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitation",
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=FITS_ITS_ROLE,
                name="institutions_invitation_role_has_its_place",
                violation_error_message=ROLE_HAS_ITS_PLACE,
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="institutions_invitation_days_in_order",
                violation_error_message=_("A role ends on the day it began or later."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=InvitationState.values)
                & (
                    Q(state=InvitationState.ACCEPTED, membership__isnull=False)
                    | ~Q(state=InvitationState.ACCEPTED) & Q(membership__isnull=True)
                ),
                name="institutions_invitation_accepted_has_membership",
                violation_error_message=_("An accepted invitation has its membership, and no other has."),
            ),
            models.UniqueConstraint(
                "address",
                "role",
                Coalesce(F("institution_id"), Value(0)),
                condition=Q(state=InvitationState.SENT),
                name="institutions_invitation_waits_once",
                violation_error_message=_(
                    "This address has an invitation to this role already. Send that one again instead."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_expired(self) -> bool:
        """Whether it waited too long: it can be sent again, with a new token."""
        return self.state == InvitationState.SENT and self.expires_at <= timezone.now()
