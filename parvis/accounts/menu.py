"""What stands at the head of every page: the way to sign in, or the menu of the account. Rooms above add ways to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.core.actor import Actor
from parvis.theme.account import AccountMenu, MenuWay
from parvis.theme.page import current_language
from parvis.theme.staff import staff_pages

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountWay:
    """A way from the menu to a page: the name of its address, its title, and for whom it is (asks no database)."""

    name: str
    title: "_StrPromise"
    may: Callable[[Actor], bool]


_WAYS: dict[str, AccountWay] = {}


def register_account_way(way: AccountWay) -> None:
    """Add a way to the account menu, such as switching institution. A room calls it in `apps.py:ready()`."""
    _WAYS[way.name] = way


def account_menu(request: HttpRequest) -> AccountMenu | None:
    """Return what the head of a page shows of the account; none where no middleware has said who acts."""
    standing = getattr(request, "standing", None)
    if standing is None:
        return None
    match = request.resolver_match
    section = match.view_name if match else ""
    if standing.actor.person_id is None:
        is_entering = section.startswith("sign_in")
        goes_on_to = "" if section in {"", "home"} or is_entering or request.method != "GET" else request.path
        return AccountMenu(sign_in_url=reverse("sign_in"), goes_on_to=goes_on_to, is_current=is_entering)
    ways = [MenuWay(_("Your account"), reverse("account"))]
    ways += [MenuWay(str(way.title), reverse(way.name)) for way in _WAYS.values() if way.may(standing.actor)]
    if staff_pages(standing.actor):
        ways.append(MenuWay(_("Staff pages"), reverse("staff")))
    return AccountMenu(
        name=request.user.name or request.user.email,  # type: ignore[union-attr]  # a signed-in person
        acting=standing.acting.title.shown(current_language()) if standing.acting else None,
        ways=tuple(ways),
        sign_out_url=reverse("sign_out"),
    )
