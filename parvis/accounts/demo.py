"""The people of the demonstration. Everyone knows their secret, so it opens nothing anywhere else.

Three things hold that: the accounts are made only where messages are caught and the site is this machine's own
(`place.is_demonstration`); their app is marked, and a marked app is refused anywhere else, even in a database that
moved (`factors.take_app_code`); and their addresses, of example.org, receive no mail.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from parvis.accounts import actions, factors
from parvis.accounts.place import is_demonstration
from parvis.core.actor import Actor
from parvis.core.errors import ParvisError

SECRET = "PARVISDEMOPARVISDEMOPARVISDEMO22"  # noqa: S105  # known to everyone, and worth nothing but in a demonstration


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of the demonstration. Who gives them their roles knows them by `key`."""

    key: str
    name: str
    language: Literal["en", "fr"]
    is_staff: bool = False
    has_app: bool = True

    @property
    def address(self) -> str:
        """The address by which they sign in."""
        return f"{self.key}@example.org"


PEOPLE = (
    DemoPerson("requester", "Robin Tremblay", "en", has_app=False),
    DemoPerson("officer", "Camille Roy", "en"),
    DemoPerson("head", "Sacha Nguyen", "fr"),
    DemoPerson("central", "Dominique Singh", "fr"),
    DemoPerson("admin", "Alex Martin", "en", is_staff=True),
)


def load_demo_people() -> list[str]:
    """Make the people of the demonstration, once; return their addresses. Raises ParvisError anywhere else."""
    if not is_demonstration():
        raise ParvisError(
            _(
                "The people of the demonstration have secrets that everyone knows. They are made only where messages "
                "are caught (PARVIS_MAIL=catcher) and PARVIS_BASE_URL is this machine."
            )
        )
    for one in PEOPLE:
        person, is_new = actions.add_person(
            actor=Actor.system("parvis load people"),
            address=one.address,
            name=one.name,
            language=one.language,
            is_staff=one.is_staff,
        )
        if is_new and one.has_app:
            actions.add_demo_app(actor=Actor.system("parvis load people"), person=person, secret=SECRET)
    return [one.address for one in PEOPLE]


def demo_code() -> str:
    """Return what the app that these people share shows now. Raises ParvisError anywhere else."""
    if not is_demonstration():
        raise ParvisError(_("This is no demonstration: its people do not exist here."))
    return factors.app_code(SECRET)
