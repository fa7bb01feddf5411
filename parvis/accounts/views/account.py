"""What people see and change of their own account: profile, address, sessions, an end."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import translate_url
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts import actions, allowances, queries
from parvis.accounts.forms import AddressForm, CodeForm, ProfileForm
from parvis.accounts.middleware import AccountRequest
from parvis.accounts.states import CodePurpose
from parvis.accounts.views.frames import account_crumb, confirmed, show
from parvis.accounts.views.sign_in import wrong_code
from parvis.limits.clients import client_digest
from parvis.theme.page import current_language

NEW_ADDRESS = "new_address_code"  # the session's key for the code that was sent to the new address


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: AccountRequest) -> HttpResponse:
    """Show the account, and change name and language."""
    person = queries.own_account(request.actor)
    form = ProfileForm(request.POST or None, initial={"name": person.name, "language": person.language})
    if form.is_valid():
        actions.change_profile(actor=request.actor, person=person, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Your changes are saved."))
        return redirect(translate_url(request.path, form.cleaned_data["language"]))
    context = {
        "form": form,
        "person": person,
        "factors": queries.second_factors(person),
        "sessions": queries.own_sessions(request.actor).count(),
        "recovery": queries.own_open_recovery(request.actor),
    }
    return show(request, "accounts/account.html", _("Your account"), context)


@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: AccountRequest) -> HttpResponse:
    """Ask for a new address, and send a code to it."""
    person = queries.own_account(request.actor)
    form, wait = AddressForm(request.POST or None), 0
    if form.is_valid():
        new = form.cleaned_data["address"]
        wait = allowances.seconds_to_wait(
            (allowances.CODES_BY_CLIENT, client_digest(request)), (allowances.CODES_TO_ADDRESS, new)
        )
        if not wait:
            code = actions.send_code(
                actor=request.actor,
                person=person,
                purpose=CodePurpose.NEW_ADDRESS,
                address=new,
                language=current_language(),
            )
            request.session[NEW_ADDRESS] = code.public_id
            return redirect("account_address_code")
    context = {"form": form, "person": person}
    crumbs = (account_crumb(),)
    return show(
        request, "accounts/address.html", _("Change your e-mail address"), context, crumbs=crumbs, wait=wait
    )


@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def address_code(request: AccountRequest) -> HttpResponse:
    """Take the code that was sent to the new address, and change to it."""
    code = queries.own_code(request.actor, request.session.get(NEW_ADDRESS), CodePurpose.NEW_ADDRESS)
    if code is None:
        return redirect("account_address")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        taken = actions.redeem_code(actor=request.actor, code=code, typed=form.cleaned_data["code"])
        if taken.is_right:
            person = queries.own_account(request.actor)
            is_changed = actions.change_address(actor=request.actor, person=person, address=taken.address)
            if is_changed:
                messages.success(request, _("Your e-mail address is changed."))
            else:
                messages.error(request, _("Another account signs in by this address. Nothing was changed."))
            return redirect("account")
        form.add_error("code", wrong_code(taken.attempts_left))
    context = {"form": form, "address": code.address}
    crumbs = (account_crumb(),)
    return show(request, "accounts/address_code.html", _("Confirm your new address"), context, crumbs=crumbs)


@confirmed
@require_safe
def sessions(request: AccountRequest) -> HttpResponse:
    """List the browsers in which the person is signed in."""
    here = request.standing.session
    context = {"sessions": queries.own_sessions(request.actor), "here": here.public_id if here else ""}
    return show(
        request, "accounts/sessions.html", _("Where you are signed in"), context, crumbs=(account_crumb(),)
    )


@confirmed
@require_POST
def session_end(request: AccountRequest, public_id: str) -> HttpResponse:
    """End one session from afar."""
    session = queries.own_sessions(request.actor).filter(public_id=public_id).first()
    if session is None:
        raise Http404
    actions.end_session(actor=request.actor, session=session)
    messages.success(request, _("The session is ended."))
    return redirect("account_sessions")


@confirmed
@require_POST
def session_end_others(request: AccountRequest) -> HttpResponse:
    """End every session but this one."""
    count = actions.end_other_sessions(actor=request.actor, session_key=request.session.session_key)
    told = ngettext("%(number)d session is ended.", "%(number)d sessions are ended.", count)
    messages.success(request, told % {"number": count})
    return redirect("account_sessions")


@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: AccountRequest) -> HttpResponse:
    """Say what deleting the account means and what stands against it; then do it."""
    person = queries.own_account(request.actor)
    blockers = queries.deletion_blockers(person)
    if request.method == "POST" and not blockers:
        actions.delete_account(actor=request.actor, person=person)
        logout(request)
        messages.success(request, _("Your account is deleted."))
        return redirect("sign_in")
    context = {"blockers": blockers}
    return show(request, "accounts/delete.html", _("Delete your account"), context, crumbs=(account_crumb(),))
