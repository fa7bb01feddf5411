"""The pages for those who run the installation: rooms register theirs; each actor sees those that open to them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.core.actor import Actor
from parvis.theme.page import Crumb

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPage:
    """One entry of the staff index. `may` is the page's own rule, from its room's policy.py; it asks no database."""

    name: str  # of its address, which takes no parameters
    title: "_StrPromise"
    description: "_StrPromise"  # one sentence: what one does there
    may: Callable[[Actor], bool]


_PAGES: dict[str, StaffPage] = {}


def register_staff_page(page: StaffPage) -> None:
    """Add a page to the staff index. A room calls it in `apps.py:ready()`."""
    _PAGES[page.name] = page


def staff_pages(actor: Actor) -> tuple[StaffPage, ...]:
    """Return the pages that this actor may open, in the order of registration; none for the public."""
    return tuple(page for page in _PAGES.values() if page.may(actor))


def staff_crumbs() -> tuple[Crumb, ...]:
    """Return the way to a staff page: the home page, then the index."""
    return Crumb(_("Home"), reverse("home")), Crumb(_("Staff pages"), reverse("staff"))
