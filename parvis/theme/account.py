"""The place for the account at the head of every page. Who signs in and how is for `accounts`, which fills it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from parvis.core.bilingual import Shown


@dataclass(frozen=True, slots=True)
class MenuWay:
    """A way to a page, in the reader's language."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMenu:
    """What the head shows: the way to sign in (`sign_in_url`), or who is signed in and where they can go."""

    sign_in_url: str = ""
    goes_on_to: str = ""  # the page to which one comes back after signing in
    is_current: bool = False
    name: str = ""
    acting: Shown | None = None  # the institution in whose name the person acts
    ways: tuple[MenuWay, ...] = ()
    sign_out_url: str = ""


MenuSource = Callable[[HttpRequest], AccountMenu | None]
_SOURCES: list[MenuSource] = []


def register_account_menu(source: MenuSource) -> None:
    """Register what fills the place. `accounts` calls it in `apps.py:ready()`."""
    _SOURCES[:] = [source]


def menu_of(request: HttpRequest) -> AccountMenu | None:
    """Return what the head shows for this request; nothing without a source."""
    return _SOURCES[0](request) if _SOURCES else None
