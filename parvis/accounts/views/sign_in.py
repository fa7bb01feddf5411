"""Signing in by a code to an address; signing out."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from parvis.accounts import actions, allowances, oidc, queries
from parvis.accounts.forms import AddressForm, CodeForm
from parvis.accounts.middleware import AccountRequest
from parvis.accounts.views.entering import enter
from parvis.accounts.views.frames import next_of, safe_next, show
from parvis.core.pages import public_page
from parvis.limits.clients import client_digest
from parvis.theme.page import current_language

ASKED = "sign_in_code"  # the session's key for the code that this browser asked for


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: AccountRequest) -> HttpResponse:
    """Ask for an address, and send a code to it. The answer is the same whether an account has it or not."""
    goes_on_to = next_of(request)
    if request.actor.person_id is not None and request.method != "POST":
        return redirect(goes_on_to or "account")
    form, wait = AddressForm(request.POST or None), 0
    if form.is_valid():
        address = form.cleaned_data["address"]
        wait = allowances.seconds_to_wait(
            (allowances.CODES_BY_CLIENT, client_digest(request)), (allowances.CODES_TO_ADDRESS, address)
        )
        if not wait:
            code = actions.send_sign_in_code(
                actor=request.actor, address=address, language=current_language()
            )
            request.session[ASKED] = {"code": code.public_id, "address": address, "next": goes_on_to}
            return redirect("sign_in_code")
    context = {"form": form, "next": goes_on_to, "providers": oidc.providers()}
    return show(request, "accounts/sign_in.html", _("Sign in"), context, wait=wait)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: AccountRequest) -> HttpResponse:
    """Take the code, in the browser that asked for it and in no other."""
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("sign_in")
    code, form, wait = queries.waiting_code(asked["code"]), CodeForm(request.POST or None), 0
    if code is not None and form.is_valid():
        wait = allowances.seconds_to_wait((allowances.TRIES_BY_CLIENT, client_digest(request)))
        if not wait:
            taken = actions.redeem_sign_in_code(
                actor=request.actor, code=code, typed=form.cleaned_data["code"]
            )
            if taken.person is not None:
                return enter(
                    request, taken.person, method="code", goes_on_to=safe_next(asked.get("next", ""))
                )
            form.add_error("code", wrong_code(taken.attempts_left))
            code = queries.waiting_code(asked["code"])
    context = {
        "form": form,
        "address": asked["address"],
        "is_over": code is None,
        "next": asked.get("next", ""),
    }
    return show(request, "accounts/sign_in_code.html", _("Enter the code"), context, wait=wait)


def wrong_code(attempts_left: int) -> str:
    """Say that the code was wrong, and how often one may still try."""
    if not attempts_left:
        return _("This code is no longer taken. Ask for a new one.")
    return ngettext(
        "This is not the code that was sent. You can try %(number)d more time.",
        "This is not the code that was sent. You can try %(number)d more times.",
        attempts_left,
    ) % {"number": attempts_left}


@public_page
@require_POST
def resend_code(request: AccountRequest) -> HttpResponse:
    """Send the same code once more."""
    asked = request.session.get(ASKED) or {}
    code = queries.waiting_code(asked.get("code", ""))
    if code is None:
        return redirect("sign_in")
    wait = allowances.seconds_to_wait(
        (allowances.CODES_BY_CLIENT, client_digest(request)), (allowances.CODES_TO_ADDRESS, code.address)
    )
    if wait:
        context = {
            "form": CodeForm(),
            "address": code.address,
            "is_over": False,
            "next": asked.get("next", ""),
        }
        return show(request, "accounts/sign_in_code.html", _("Enter the code"), context, wait=wait)
    actions.resend_code(actor=request.actor, code=code)
    messages.success(request, _("The code was sent once more. It may take a minute to arrive."))
    return redirect("sign_in_code")


@require_POST
def sign_out(request: AccountRequest) -> HttpResponse:
    """Close this session."""
    if request.standing.session is not None:
        actions.sign_out(actor=request.actor, session=request.standing.session)
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect(reverse("sign_in"))
