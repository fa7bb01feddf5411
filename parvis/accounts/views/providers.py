"""Signing in by a provider. Its pages stand elsewhere; both ways pass here."""

import structlog
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.accounts import actions, allowances, factors, oidc
from parvis.accounts.middleware import AccountRequest
from parvis.accounts.views.entering import enter
from parvis.accounts.views.frames import next_of, safe_next, show
from parvis.core.pages import public_page
from parvis.limits.clients import client_digest
from parvis.theme.page import current_language

LOG = structlog.get_logger("parvis.accounts")


@public_page
@require_POST
def provider_start(request: AccountRequest, provider_id: str) -> HttpResponse:
    """Send the browser on to the provider: by a page, because a form may only lead to this site (CSP)."""
    wait = allowances.seconds_to_wait((allowances.TRIES_BY_CLIENT, client_digest(request)))
    try:
        way = "" if wait else oidc.way_to(request, provider_id, goes_on_to=next_of(request))
    except LookupError as error:
        raise Http404 from error
    except oidc.ProviderError as error:
        LOG.warning("provider refused", provider=provider_id, reason=str(error))
        return _refused(request, _("The provider does not answer. Try again later, or sign in by e-mail."))
    name = next(one.name for one in oidc.providers() if one.id == provider_id).in_(current_language())
    context = {"way": way, "provider": name}
    return show(
        request,
        "accounts/provider_start.html",
        _("On to %(provider)s") % {"provider": name},
        context,
        wait=wait,
    )


@public_page
@require_safe
def provider_callback(request: AccountRequest, provider_id: str) -> HttpResponse:
    """Take what the provider says, once all of it is checked, and sign in who it vouches for."""
    try:
        told, goes_on_to = oidc.told_by(request, provider_id)
    except LookupError as error:
        raise Http404 from error
    except oidc.ProviderError:
        return _refused(
            request, _("The provider did not confirm who you are. Try again, or sign in by e-mail.")
        )
    person, is_new_link = actions.enter_by_provider(
        actor=request.actor, told=told, language=current_language()
    )
    if person is None:
        return _refused(
            request,
            _(
                "The provider has not verified your e-mail address, or the account is closed. "
                "Sign in by e-mail instead."
            ),
        )
    # A link that is new proves the address and no more: whoever has a second factor here shows it this time.
    is_strong = told.is_strong and not (is_new_link and factors.has_factor(person))
    return enter(
        request,
        person,
        method=provider_id,
        is_strong=is_strong,
        identified_by=provider_id if told.is_identified else "",
        goes_on_to=safe_next(goes_on_to),
    )


def _refused(request: AccountRequest, why: str) -> HttpResponse:
    return show(request, "accounts/provider_refused.html", _("You are not signed in"), {"why": why})
