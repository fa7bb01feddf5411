"""Addresses. `languages` stand under /en/ and /fr/; `neutral` is where providers send browsers back to."""

from typing import TYPE_CHECKING

from django.urls import URLPattern, path

from parvis.accounts.views import (
    account,
    confirming,
    factors,
    providers,
    recoveries,
    second_factor,
    sign_in,
)
from parvis.theme.addresses import address

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ENTER = ("sign-in", "ouvrir-une-session")
ACCOUNT = ("account", "compte")
FACTORS = ("account/second-factors", "compte/seconds-facteurs")


def below(above: tuple[str, str], en: str, fr: str) -> "_StrPromise":
    """Return the route of a page that stands below another one."""
    return address(f"{above[0]}/{en}", f"{above[1]}/{fr}")


neutral: list[URLPattern] = [
    # The name is allauth's: its client looks the address up by it.
    path(
        "sign-in/provider/<slug:provider_id>/callback",
        providers.provider_callback,
        name="openid_connect_callback",
    ),
]

languages: list[URLPattern] = [
    path(address(*ENTER), sign_in.sign_in, name="sign_in"),
    path(below(ENTER, "code", "code"), sign_in.sign_in_code, name="sign_in_code"),
    path(below(ENTER, "code/resend", "code/renvoyer"), sign_in.resend_code, name="sign_in_resend"),
    path(
        below(ENTER, "provider/<slug:provider_id>", "fournisseur/<slug:provider_id>"),
        providers.provider_start,
        name="sign_in_provider",
    ),
    path(below(ENTER, "passkey", "cle-d-acces"), second_factor.sign_in_passkey, name="sign_in_passkey"),
    path(
        below(ENTER, "passkey/options", "cle-d-acces/options"),
        second_factor.passkey_options,
        name="passkey_options",
    ),
    path(below(ENTER, "second-factor", "second-facteur"), second_factor.second_factor, name="second_factor"),
    path(below(ENTER, "recovery", "recuperation"), second_factor.recovery, name="recovery"),
    path(
        below(ENTER, "recovery/ask", "recuperation/demander"), second_factor.recovery_ask, name="recovery_ask"
    ),
    path(
        below(ENTER, "recovery/stop", "recuperation/arreter"),
        second_factor.recovery_stop,
        name="recovery_stop",
    ),
    path(
        below(ENTER, "recovery/complete", "recuperation/terminer"),
        second_factor.recovery_complete,
        name="recovery_complete",
    ),
    path(address("sign-out", "fermer-la-session"), sign_in.sign_out, name="sign_out"),
    path(address(*ACCOUNT), account.account, name="account"),
    path(below(ACCOUNT, "confirm", "confirmer"), confirming.confirm, name="confirm"),
    path(below(ACCOUNT, "confirm/send", "confirmer/envoyer"), confirming.confirm_send, name="confirm_send"),
    path(below(ACCOUNT, "address", "adresse"), account.address, name="account_address"),
    path(below(ACCOUNT, "address/code", "adresse/code"), account.address_code, name="account_address_code"),
    path(below(ACCOUNT, "sessions", "sessions"), account.sessions, name="account_sessions"),
    path(
        below(ACCOUNT, "sessions/end-others", "sessions/fermer-les-autres"),
        account.session_end_others,
        name="account_sessions_end_others",
    ),
    path(
        below(ACCOUNT, "sessions/<slug:public_id>/end", "sessions/<slug:public_id>/fermer"),
        account.session_end,
        name="account_session_end",
    ),
    path(below(ACCOUNT, "delete", "supprimer"), account.delete, name="account_delete"),
    path(address(*FACTORS), factors.second_factors, name="second_factors"),
    path(below(FACTORS, "app", "application"), factors.add_app, name="add_app"),
    path(below(FACTORS, "passkey", "cle-d-acces"), factors.add_passkey, name="add_passkey"),
    path(
        below(FACTORS, "passkey/options", "cle-d-acces/options"),
        factors.new_passkey_options,
        name="new_passkey_options",
    ),
    path(below(FACTORS, "remove", "retirer"), factors.remove_factor, name="remove_factor"),
    path(below(FACTORS, "recovery-codes", "codes-de-secours"), factors.recovery_codes, name="recovery_codes"),
    path(address("staff/recoveries", "personnel/recuperations"), recoveries.recoveries, name="recoveries"),
    path(
        address("staff/recoveries/<slug:public_id>", "personnel/recuperations/<slug:public_id>"),
        recoveries.recovery_decide,
        name="recovery_decide",
    ),
]
