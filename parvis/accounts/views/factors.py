"""Adding and removing second factors."""

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts import actions, factors, passkeys, queries
from parvis.accounts.forms import AppForm, NewPasskeyForm
from parvis.accounts.middleware import AccountRequest
from parvis.accounts.models import Person
from parvis.accounts.views.entering import keep_for
from parvis.accounts.views.frames import account_crumb, confirmed, show
from parvis.core.errors import NotReadyError
from parvis.theme.jurisdiction import current_theme
from parvis.theme.page import Crumb, current_language

SALT = "parvis.accounts.app"
SECRET_SECONDS = 3600


def factors_crumb() -> Crumb:
    """Return the way to the list of second factors."""
    return Crumb(_("Second factors"), reverse("second_factors"))


@require_safe
def second_factors(request: AccountRequest) -> HttpResponse:
    """List the second factors, and the ways to add one."""
    person = queries.own_account(request.actor)
    context = {"factors": queries.second_factors(person), "is_strong": request.actor.is_strong}
    return show(
        request, "accounts/second_factors.html", _("Second factors"), context, crumbs=(account_crumb(),)
    )


@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def add_app(request: AccountRequest) -> HttpResponse:
    """Show a new secret to an authenticator app, and keep it once the app shows a right code.

    The secret travels in the page, signed for this person: looking at the page changes nothing.
    """
    person = queries.own_account(request.actor)
    if queries.second_factors(person).has_app:
        return redirect("second_factors")
    form = AppForm(request.POST or None)
    secret = _signed_secret(person, request.POST.get("secret", "")) or factors.new_app_secret()
    if form.is_valid():
        if actions.add_app(
            actor=request.actor, person=person, secret=secret, typed=form.cleaned_data["code"]
        ):
            return _added(request)
        form.add_error("code", _("This code is wrong. Enter the one that the app shows now."))
    issuer = current_theme().name.in_(current_language())
    width, squares = factors.qr_path(factors.app_address(secret, issuer=issuer, label=person.email))
    context = {
        "form": form,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "signed": signing.dumps([person.public_id, secret], salt=SALT),
        "width": width,
        "squares": squares,
    }
    crumbs = (account_crumb(), factors_crumb())
    return show(request, "accounts/add_app.html", _("Add an authenticator app"), context, crumbs=crumbs)


def _signed_secret(person: Person, signed: str) -> str:
    try:
        owner, secret = signing.loads(signed, salt=SALT, max_age=SECRET_SECONDS)
    except signing.BadSignature:
        return ""
    return str(secret) if owner == person.public_id else ""


def _added(request: AccountRequest) -> HttpResponse:
    """Go on after a factor was added: the session has just shown it; recovery codes come next."""
    if request.standing.session is not None:
        actions.confirm_session(actor=request.actor, session=request.standing.session, is_strong=True)
        keep_for(request, queries.own_account(request.actor))
    messages.success(request, _("The second factor is added. Keep your recovery codes now."))
    return redirect("recovery_codes")


@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: AccountRequest) -> HttpResponse:
    """Add a passkey that the browser makes, by the script of the page."""
    person = queries.own_account(request.actor)
    form = NewPasskeyForm(request.POST or None)
    if form.is_valid():
        credential = passkeys.registered(form.cleaned_data["answer"])
        if credential is not None:
            actions.add_passkey(
                actor=request.actor, person=person, name=form.cleaned_data["name"], credential=credential
            )
            return _added(request)
        form.add_error("name", _("The passkey could not be added. Try again."))
    crumbs = (account_crumb(), factors_crumb())
    return show(request, "accounts/add_passkey.html", _("Add a passkey"), {"form": form}, crumbs=crumbs)


@confirmed
@require_POST
def new_passkey_options(request: AccountRequest) -> HttpResponse:
    """Tell the browser's script what kind of passkey to make."""
    return JsonResponse(passkeys.ask_to_register(queries.own_account(request.actor)))


@confirmed
@require_POST
def remove_factor(request: AccountRequest) -> HttpResponse:
    """Remove a second factor."""
    number = request.POST.get("factor", "")
    try:
        actions.remove_factor(
            actor=request.actor,
            person=queries.own_account(request.actor),
            factor_id=int(number) if number.isdecimal() else 0,
        )
    except NotReadyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The second factor is removed."))
    return redirect("second_factors")


@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: AccountRequest) -> HttpResponse:
    """Show the recovery codes that are left; make new ones."""
    person = queries.own_account(request.actor)
    if not factors.has_factor(person):
        return redirect("second_factors")
    if request.method == "POST":
        actions.make_recovery_codes(actor=request.actor, person=person)
        messages.success(request, _("These are your new recovery codes. The old ones no longer work."))
        return redirect("recovery_codes")
    context = {"codes": factors.unused_recovery_codes(person), "made_on": timezone.localdate()}
    crumbs = (account_crumb(), factors_crumb())
    return show(request, "accounts/recovery_codes.html", _("Recovery codes"), context, crumbs=crumbs)
