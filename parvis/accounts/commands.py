"""`parvis person add | deactivate | recover | democode`, and `parvis load people` for the demonstration."""

import argparse

from django.utils.translation import gettext as _

from parvis.accounts import actions, queries
from parvis.accounts.demo import demo_code, load_demo_people
from parvis.accounts.models import Person
from parvis.core.actor import Actor
from parvis.core.commands import Command, Needs
from parvis.core.errors import ParvisError

ACTOR = "parvis person"


def _address_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("address", metavar="ADDRESS", help="the e-mail address by which the person signs in")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    _address_argument(parser)
    parser.add_argument("--name", default="", help="how others see the person")
    parser.add_argument("--language", choices=["en", "fr"], default="en", help="the preferred language")
    parser.add_argument(
        "--staff", action="store_true", help="make the person staff of this installation, who runs it"
    )


def add_person(arguments: argparse.Namespace) -> int:
    """Make an account, the first administrator's above all; they sign in by a code to the address."""
    _person, is_new = actions.add_person(
        actor=Actor.system(ACTOR),
        address=arguments.address,
        name=arguments.name,
        language=arguments.language,
        is_staff=arguments.staff,
    )
    print(_("The account is made.") if is_new else _("There is such an account already."))
    return 0


def deactivate_person(arguments: argparse.Namespace) -> int:
    """Let nobody sign in as this person any more, and end their sessions."""
    actions.deactivate_person(actor=Actor.system(ACTOR), person=_known(arguments.address))
    print(_("The account is deactivated, and its sessions are ended."))
    return 0


def recover_person(arguments: argparse.Namespace) -> int:
    """Remove the second factors of a person at once: for an installation whose only administrator lost theirs."""
    actions.recover_person(actor=Actor.system(ACTOR), person=_known(arguments.address))
    print(_("The second factors are removed and the sessions ended. The person is told by e-mail."))
    return 0


def _known(address: str) -> Person:
    person = queries.person_by_address(address)
    if person is None:
        raise ParvisError(_("No account has this address."))
    return person


def show_demo_code(_arguments: argparse.Namespace) -> int:
    """Print what the authenticator app of the demonstration's people shows now."""
    print(demo_code())
    return 0


def load_people(_arguments: argparse.Namespace) -> int:
    """Make the people of the demonstration; refuse anywhere else."""
    for address in load_demo_people():
        print(address)
    return 0


COMMANDS = (
    Command(
        name="person add",
        help="Make an account for somebody who signs in by a code; the first administrator, for one.",
        run=add_person,
        add_arguments=_add_arguments,
    ),
    Command(
        name="person deactivate",
        help="Let nobody sign in as this person any more, and end their sessions.",
        run=deactivate_person,
        add_arguments=_address_argument,
    ),
    Command(
        name="person recover",
        help="Remove the lost second factors of a person at once, when nobody else can confirm it.",
        run=recover_person,
        add_arguments=_address_argument,
    ),
    Command(
        name="person democode",
        help="Show the code of the authenticator app that the demonstration's people share.",
        run=show_demo_code,
        needs=Needs.SETTINGS,
    ),
    Command(
        name="load people",
        help="Make the people of the demonstration, with secrets that everyone knows; refused anywhere else.",
        run=load_people,
    ),
)
