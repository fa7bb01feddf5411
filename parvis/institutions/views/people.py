"""Who works for an institution, or runs the installation: roles, invitations, and how they end."""

from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts.acting import SESSION_KEY
from parvis.accounts.queries import own_account, second_factors
from parvis.core.actor import Actor
from parvis.core.errors import ParvisError
from parvis.core.pages import ActingRequest
from parvis.core.roles import STAFF_ROLES, Role
from parvis.institutions.actions import invitations as acts
from parvis.institutions.actions.memberships import end_role
from parvis.institutions.forms.people import EndForm, InvitationForm
from parvis.institutions.giving import Term
from parvis.institutions.models import Institution
from parvis.institutions.policy.memberships import can_end, can_see_people, roles_to_give
from parvis.institutions.queries import memberships as queries
from parvis.institutions.roles import ROLE_TITLES
from parvis.institutions.views.frames import (
    acts_elsewhere,
    done,
    found_or_404,
    institution_crumb,
    institution_or_404,
    say,
    show,
)
from parvis.theme.page import Crumb, current_language
from parvis.theme.staff import staff_crumbs

if TYPE_CHECKING:
    from parvis.core.bilingual import Language


def _place(actor: Actor, slug: str) -> Institution | None:
    """Return the institution that the address names, None for the installation itself; else answer 404."""
    if slug:
        return institution_or_404(actor, slug, can_see_people)
    found_or_404(True if can_see_people(actor, None) else None)
    return None


def _address(name: str, institution: Institution | None) -> str:
    return reverse(name, args=[institution.slug]) if institution else reverse(f"installation_{name}")


def _crumbs(institution: Institution | None, *, is_below: bool) -> tuple[Crumb, ...]:
    above = (institution_crumb(institution),) if institution else staff_crumbs()[1:]
    return (*above, Crumb(_("People"), _address("people", institution))) if is_below else above


def _roles(actor: Actor, institution: Institution | None) -> tuple[Role, ...]:
    number = institution.pk if institution else None
    return roles_to_give(actor, number, has_head=queries.has_head_or_invited_one(number))


@require_safe
def people(request: ActingRequest, slug: str = "") -> HttpResponse:
    """Show who holds which role, and who was invited."""
    institution = _place(request.actor, slug)
    with_past = request.GET.get("past") == "1"
    context = {
        "institution": institution,
        "members": queries.members(request.actor, institution, with_past=with_past),
        "invitations": queries.invitations(request.actor, institution),
        "may_invite": bool(_roles(request.actor, institution)),
        "acts_elsewhere": bool(institution and acts_elsewhere(request, institution)),
        "with_past": with_past,
        "invite_url": _address("invite", institution),
    }
    title = _("People of the institution") if institution else _("People of the installation")
    return show(
        request, "institutions/people.html", title, context, crumbs=_crumbs(institution, is_below=False)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: ActingRequest, slug: str = "") -> HttpResponse:
    """Invite somebody to a role."""
    institution = _place(request.actor, slug)
    roles = found_or_404(_roles(request.actor, institution) or None)
    form = InvitationForm(roles, request.POST or None, initial={"language": current_language()})

    def deed() -> None:
        said = form.cleaned_data
        term = Term(
            role=Role(said["role"]),
            institution=institution,
            from_on=said["from_on"],
            until_on=said["until_on"],
        )
        acts.invite(
            actor=request.actor,
            address=said["address"],
            language=cast("Language", said["language"]),
            term=term,
        )

    if request.method == "POST" and done(form, deed):
        say(request, _("The invitation is on its way."))
        return redirect(_address("people", institution))
    context = {"form": form, "institution": institution, "back": _address("people", institution)}
    return show(
        request,
        "institutions/invite.html",
        _("Invite somebody"),
        context,
        crumbs=_crumbs(institution, is_below=True),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def membership_end(request: ActingRequest, public_id: str) -> HttpResponse:
    """Ask why a role ends, then end it."""
    row = found_or_404(queries.membership(request.actor, public_id))
    found_or_404(True if can_end(request.actor, row) else None)
    form = EndForm(request.POST or None)
    own = row.person_id == request.actor.person_id

    def deed() -> None:
        end_role(
            actor=request.actor, membership=row, why=form.cleaned_data["why"], on=form.cleaned_data["on"]
        )

    if request.method == "POST" and done(form, deed):
        say(request, _("The role has its end."))
        return redirect(reverse("act_for") if own else _address("people", row.institution))
    context = {
        "form": form,
        "membership": row,
        "role": ROLE_TITLES[row.kind_of_role],
        "back": reverse("act_for") if own else _address("people", row.institution),
    }
    return show(request, "institutions/membership_end.html", _("End a role"), context)


@require_POST
def invitation_resend(request: ActingRequest, public_id: str) -> HttpResponse:
    """Send an invitation again."""
    row = found_or_404(queries.invitation(request.actor, public_id))
    acts.resend_invitation(actor=request.actor, invitation=row)
    say(request, _("The invitation is on its way again; the earlier message no longer works."))
    return redirect(_address("people", row.institution))


@require_POST
def invitation_revoke(request: ActingRequest, public_id: str) -> HttpResponse:
    """Take an invitation back."""
    row = found_or_404(queries.invitation(request.actor, public_id))
    acts.revoke_invitation(actor=request.actor, invitation=row)
    say(request, _("The invitation no longer works."))
    return redirect(_address("people", row.institution))


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: ActingRequest, token: str) -> HttpResponse:
    """Show what one is invited to, and accept it. One has signed in with the address that was invited."""
    offer = queries.offer(request.actor, token)
    error = "" if offer else str(acts.NO_LONGER_VALID)
    if request.method == "POST" and offer:
        try:
            membership = acts.accept_invitation(actor=request.actor, token=token)
        except ParvisError as refused:
            error = str(refused)
        else:
            if membership.institution_id:
                request.session[SESSION_KEY] = membership.institution_id
            return _leads_on(request, membership.kind_of_role)
    context = {"offer": offer, "error": error, "title": ROLE_TITLES[offer.role] if offer else ""}
    return show(
        request, "institutions/invitation_accept.html", _("Invitation"), context, status=200 if offer else 404
    )


def _leads_on(request: ActingRequest, role: Role) -> HttpResponse:
    """Go on from a role that was just accepted: to the second factor, where the role waits for one."""
    if request.actor.is_strong or role not in STAFF_ROLES:
        say(request, _("You hold the role now."))
        return redirect("act_for")
    if second_factors(own_account(request.actor)).factors:
        say(request, _("You hold the role now. Show your second factor to exercise it."))
        return redirect(f"{reverse('confirm')}?{urlencode({'next': reverse('act_for')})}")
    say(request, _("You hold the role now. Set up a second factor to exercise it."))
    return redirect("second_factors")
