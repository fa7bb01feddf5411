"""What the pages of this room share: how they are framed, where one goes on to, and what must come first."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.accounts.middleware import AccountRequest
from parvis.theme.page import Crumb, Page, render_page

P = ParamSpec("P")
View = Callable[Concatenate[AccountRequest, P], HttpResponseBase]
LONGEST_WAY = 2000
MINUTE = 60
TOO_MANY = 429


def show(
    request: HttpRequest,
    template: str,
    title: str,
    context: Mapping[str, Any] | None = None,
    *,
    crumbs: tuple[Crumb, ...] = (),
    wait: int = 0,
) -> HttpResponse:
    """Answer with a page of this room, which nobody indexes or keeps. `wait`: seconds until one may try again."""
    framed = Page(title=title, crumbs=(Crumb(_("Home"), reverse("home")), *crumbs), is_indexed=False)
    whole = {
        "said": [str(one) for one in get_messages(request)],
        "too_many": waiting(wait),
        **(context or {}),
    }
    response = render_page(request, template, framed, whole, status=TOO_MANY if wait else 200)
    if wait:
        response["Retry-After"] = str(wait)
    add_never_cache_headers(response)
    return response


def waiting(seconds: int) -> str:
    """Say how long to wait; nothing for no seconds."""
    if not seconds:
        return ""
    if seconds <= MINUTE:
        told = ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}
    else:
        minutes = -(-seconds // MINUTE)
        told = ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    return _("There were too many attempts. Wait %(time)s, then try again.") % {"time": told}


def account_crumb() -> Crumb:
    """Return the way to the account."""
    return Crumb(_("Your account"), reverse("account"))


def next_of(request: HttpRequest) -> str:
    """Return where the person was going, nothing when it is not a page of this site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return safe_next(asked)


def safe_next(asked: str) -> str:
    """Return `asked` when it is a path of this site, else nothing."""
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours and len(asked) <= LONGEST_WAY else ""


def with_next(name: str, goes_on_to: str) -> str:
    """Return the address of a page that goes on to another one."""
    address = reverse(name)
    return f"{address}?{urlencode({'next': goes_on_to})}" if goes_on_to else address


def confirmed(view: View[P]) -> View[P]:
    """Let in only who has proved a short time ago to be there: for what would hurt in other hands."""

    @wraps(view)
    def guarded(request: AccountRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        session = request.standing.session
        if session is None or not session.is_freshly_confirmed:
            goes_on_to = request.path if request.method == "GET" else reverse("account")
            return redirect(with_next("confirm", goes_on_to))
        return view(request, *args, **kwargs)

    return cast("View[P]", guarded)  # wraps() keeps it callable in the same way
