"""Showing the second factor, by app, passkey or recovery code; and what to do when all are lost."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts import actions, allowances, passkeys, queries
from parvis.accounts.forms import AppCodeForm, PasskeyForm, RecoveryCodeForm
from parvis.accounts.middleware import AccountRequest
from parvis.accounts.models import Person
from parvis.accounts.views.entering import open_for, pending
from parvis.accounts.views.frames import next_of, show
from parvis.core.actor import Actor
from parvis.core.pages import public_page
from parvis.limits.clients import client_digest


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: AccountRequest) -> HttpResponse:
    """Ask who has proved their address for what only they have."""
    waiting = pending(request)
    if waiting is None:
        return redirect("sign_in")
    told, person = waiting
    forms, wait = factor_forms(request), 0
    if request.method == "POST":
        wait = wait_of(request, person)
        if not wait and was_shown(Actor.public(), person, forms):
            return open_for(
                request,
                person,
                method=told.method,
                is_strong=True,
                identified_by=told.identified_by,
                goes_on_to=told.goes_on_to,
            )
    context = {**forms, "factors": queries.second_factors(person), "next": told.goes_on_to}
    return show(request, "accounts/second_factor.html", _("Second step"), context, wait=wait)


def factor_forms(request: AccountRequest) -> dict[str, AppCodeForm | RecoveryCodeForm | PasskeyForm]:
    """Return the forms of a page that asks for a second factor; the one that was sent is bound."""
    sent = request.POST
    return {
        "app_form": AppCodeForm(sent if "code" in sent else None),
        "recovery_form": RecoveryCodeForm(sent if "recovery_code" in sent else None),
        "passkey_form": PasskeyForm(sent if "answer" in sent else None),
    }


def was_shown(
    actor: Actor, person: Person, forms: dict[str, AppCodeForm | RecoveryCodeForm | PasskeyForm]
) -> bool:
    """Return whether what was sent is a second factor of this person; else the form says that it is not."""
    app, recovery, passkey = forms["app_form"], forms["recovery_form"], forms["passkey_form"]
    if app.is_valid():
        if actions.show_app_code(actor=actor, person=person, typed=app.cleaned_data["code"]):
            return True
        app.add_error(
            "code", _("This code is wrong or was used already. Enter the one that the app shows now.")
        )
    elif recovery.is_valid():
        typed = recovery.cleaned_data["recovery_code"]
        if actions.show_recovery_code(actor=actor, person=person, typed=typed):
            return True
        recovery.add_error(
            "recovery_code", _("This is not one of your recovery codes, or it was used already.")
        )
    elif passkey.is_valid():
        if actions.show_passkey(actor=actor, person=person, answer=passkey.cleaned_data["answer"]):
            return True
        passkey.add_error("answer", _("The passkey was not recognized. Try again, or use another way."))
    return False


def wait_of(request: AccountRequest, person: Person) -> int:
    """Count one try of a second factor; return how many seconds to wait."""
    return allowances.seconds_to_wait(
        (allowances.TRIES_BY_CLIENT, client_digest(request)),
        (allowances.TRIES_FOR_PERSON, person.public_id),
    )


@public_page
@require_POST
def passkey_options(request: AccountRequest) -> HttpResponse:
    """Tell the browser's script which passkey to ask for: of who is signed in or signing in, else any for this site."""
    waiting = pending(request)
    person = waiting[1] if waiting else None
    if request.actor.person_id is not None:
        person = queries.own_account(request.actor)
    return JsonResponse(passkeys.ask_to_show(person))


@public_page
@require_POST
def sign_in_passkey(request: AccountRequest) -> HttpResponse:
    """Sign in by a passkey alone: it is two factors at once, the thing and the person who unlocks it."""
    form = PasskeyForm(request.POST)
    answer = form.cleaned_data["answer"] if form.is_valid() else ""
    person = queries.person_by_public_id(passkeys.owner_of(answer))
    wait = allowances.seconds_to_wait((allowances.TRIES_BY_CLIENT, client_digest(request)))
    may_try = person is not None and not wait
    if person and may_try and actions.show_passkey(actor=request.actor, person=person, answer=answer):
        return open_for(request, person, method="passkey", is_strong=True, goes_on_to=next_of(request))
    title = _("The passkey was not recognized")
    return show(request, "accounts/passkey_refused.html", title, {"next": next_of(request)}, wait=wait)


@public_page
@require_safe
def recovery(request: AccountRequest) -> HttpResponse:
    """Explain what happens when every second factor is lost, and where it stands for who is signing in."""
    waiting = pending(request)
    if waiting is None:
        return redirect("sign_in")
    context = {"recovery": queries.open_recovery(waiting[1])}
    return show(request, "accounts/recovery.html", _("You have lost your second factor"), context)


@public_page
@require_POST
def recovery_ask(request: AccountRequest) -> HttpResponse:
    """Ask for the recovery of the account."""
    waiting = pending(request)
    if waiting is not None:
        actions.ask_recovery(actor=request.actor, person=waiting[1])
    return redirect("recovery")


@public_page
@require_POST
def recovery_stop(request: AccountRequest) -> HttpResponse:
    """Stop the recovery of one's own account: also who has proved only the address may, it is the safe direction."""
    waiting = pending(request)
    actor = Actor.person(waiting[1].pk) if waiting else request.actor
    found = queries.own_open_recovery(actor)
    if found is not None:
        actions.stop_recovery(actor=actor, recovery=found)
    return redirect("recovery" if waiting else "account")


@public_page
@require_POST
def recovery_complete(request: AccountRequest) -> HttpResponse:
    """Remove the lost second factors, once the recovery is confirmed and a day is over, and sign in."""
    waiting = pending(request)
    found = queries.open_recovery(waiting[1]) if waiting else None
    if waiting is None or found is None or not found.is_ready:
        return redirect("recovery")
    actions.complete_recovery(actor=request.actor, person=waiting[1])
    return open_for(request, waiting[1], method=waiting[0].method, is_strong=False)
