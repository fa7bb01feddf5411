"""Proving once more to be there, before anything that would hurt in other hands."""

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.accounts import actions, allowances, queries
from parvis.accounts.forms import CodeForm
from parvis.accounts.middleware import AccountRequest
from parvis.accounts.models import EmailCode
from parvis.accounts.states import CodePurpose
from parvis.accounts.views.entering import keep_for
from parvis.accounts.views.frames import account_crumb, next_of, show, with_next
from parvis.accounts.views.second_factor import factor_forms, wait_of, was_shown
from parvis.accounts.views.sign_in import wrong_code
from parvis.limits.clients import client_digest
from parvis.theme.page import current_language

CONFIRMING = "confirm_code"  # the session's key for the code that was sent


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: AccountRequest) -> HttpResponse:
    """Ask for proof that it is the person who is there: by second factor, or by a code to the address without one."""
    person, session = queries.own_account(request.actor), request.standing.session
    if session is None:
        logout(request)
        return redirect("sign_in")
    factors, goes_on_to, wait = queries.second_factors(person), next_of(request), 0
    code = queries.own_code(request.actor, request.session.get(CONFIRMING), CodePurpose.CONFIRM)
    forms = factor_forms(request)
    code_form = CodeForm(request.POST if "code" in request.POST and not factors.factors else None)
    if request.method == "POST":
        wait = wait_of(request, person)
        if factors.factors:
            is_shown = not wait and was_shown(request.actor, person, forms)
        else:
            is_shown = not wait and code is not None and _code_is_right(request, code, code_form)
        if is_shown:
            actions.confirm_session(actor=request.actor, session=session, is_strong=bool(factors.factors))
            keep_for(request, person)
            return redirect(goes_on_to or "account")
    context = {
        **forms,
        "code_form": code_form,
        "is_code_sent": code is not None,
        "address": person.email,
        "factors": factors,
        "next": goes_on_to,
    }
    crumbs = (account_crumb(),)
    return show(
        request, "accounts/confirm.html", _("Confirm that it is you"), context, crumbs=crumbs, wait=wait
    )


def _code_is_right(request: AccountRequest, code: EmailCode, form: CodeForm) -> bool:
    if not form.is_valid():
        return False
    taken = actions.redeem_code(actor=request.actor, code=code, typed=form.cleaned_data["code"])
    if not taken.is_right:
        form.add_error("code", wrong_code(taken.attempts_left))
    return taken.is_right


@require_POST
def confirm_send(request: AccountRequest) -> HttpResponse:
    """Send a code to the address of who is signed in and has no second factor."""
    person = queries.own_account(request.actor)
    wait = allowances.seconds_to_wait(
        (allowances.CODES_BY_CLIENT, client_digest(request)), (allowances.CODES_TO_ADDRESS, person.email)
    )
    if not wait:
        code = actions.send_code(
            actor=request.actor,
            person=person,
            purpose=CodePurpose.CONFIRM,
            address=person.email,
            language=current_language(),
        )
        request.session[CONFIRMING] = code.public_id
        return redirect(with_next("confirm", next_of(request)))
    context = {"factors": queries.second_factors(person), "address": person.email, "next": next_of(request)}
    context |= {**factor_forms(request), "code_form": CodeForm(), "is_code_sent": False}
    return show(request, "accounts/confirm.html", _("Confirm that it is you"), context, wait=wait)
