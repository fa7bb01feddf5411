"""What the matrix is about. A room adds its rows here: who may know of one, its rules, and where it is shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Q
from django.test import Client

from parvis.core.actor import Actor
from parvis.core.roles import Role
from parvis.institutions.actions.onboarding import invite_institution
from parvis.institutions.actions.onboarding_files import keep_file
from parvis.institutions.models import (
    DelegationInstrument,
    Invitation,
    Membership,
    Onboarding,
    OnboardingFile,
)
from parvis.institutions.policy import delegation, invitations, memberships, onboarding
from parvis.institutions.spreadsheets import FileRow
from tests.institutions.factories import a_day, a_membership, a_person, an_instrument
from tests.policy.world import ADMINISTRATOR, AREA, AUDITOR, CENTRAL, DELEGATE, HEAD, OFFICER, PRIVACY, World

SYSTEM = Actor.system("matrix")
SECRET = "secret-of-here"  # stands in every row, so that an output that shows it is found out


@dataclass(frozen=True, slots=True)
class Shows:
    """A place, and whether it shows a row `to` a browser. `address` has the row's fields in braces."""

    address: str
    to: Callable[[Client, Any], bool]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One kind of row: `may` names all who may know of it; `outputs` say whether each place shows it to a browser."""

    name: str
    make: Callable[[World], Any]
    may: frozenset[str]
    row_rule: Callable[[Actor, Any], bool]
    set_rule: Callable[[Actor], Q]
    outputs: dict[str, Shows] = field(default_factory=dict)
    may_by_output: dict[str, frozenset[str]] = field(default_factory=dict)  # where fewer may than know of it

    def allowed(self, output: str) -> frozenset[str]:
        """Return who may find the row in this output."""
        return self.may_by_output.get(output, self.may)


def holds(address: str, words: str = SECRET) -> Shows:
    """Return an output that shows the row when the page at `address` has `words` (of the row) in it."""

    def shows(browser: Client, row: Any) -> bool:
        return shown_in(browser.get(address.format(row=row)), words.format(row=row))

    return Shows(address, shows)


def shown_in(response: Any, words: str) -> bool:
    """Return whether an answer has these words in it; only one that found something may."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    is_found = words.encode() in body
    assert is_found <= (response.status_code == 200), (words, response.status_code)  # found
    return is_found


def opens(address: str) -> Shows:
    """Return an output that shows the row when its page opens; else it is a 404, or asks for signing in."""

    def shows(browser: Client, row: Any) -> bool:
        status = browser.get(address.format(row=row)).status_code
        assert status in {200, 302, 404}, (address, status)
        return status == 200  # found

    return Shows(address, shows)


def takes(address: str, **said: str) -> Shows:
    """Return whether an order about the row is taken: it leads on; else it is a 404, or asks for signing in.

    The row is put back first, so that everybody asks about the same.
    """

    def shows(browser: Client, row: Any) -> bool:
        row.save()
        response = browser.post(address.format(row=row), said)
        assert response.status_code in {302, 404}, (address, response.status_code)
        return response.status_code == 302 and "/sign-in" not in response["Location"]  # found

    return Shows(address, shows)


def _membership(world: World) -> Membership:
    return a_membership(Role.REVIEWER, world.here, person=a_person(f"{SECRET}@example.org"))


def _head(world: World) -> Membership:
    return a_membership(Role.HEAD, world.here, person=a_person(f"{SECRET}@example.org"))


def _auditor(_world: World) -> Membership:
    return a_membership(Role.AUDITOR, person=a_person(f"{SECRET}@example.org"))


def _invitation(world: World, role: Role = Role.REVIEWER) -> Invitation:
    return Invitation.objects.create(
        address=f"{SECRET}@example.org",
        language="en",
        institution=world.here,
        role=str(role),
        from_on=a_day(),
        token_hash=SECRET,
        expires_at="2100-01-01T00:00Z",
    )


def _instrument(world: World) -> DelegationInstrument:
    row = an_instrument(world.here, title_en=SECRET, title_fr=SECRET, document_name=f"{SECRET}.pdf")
    row.document.save("order.pdf", ContentFile(f"%PDF {SECRET}".encode()))
    return row


def _onboarding(world: World) -> Onboarding:
    row = invite_institution(actor=SYSTEM, institution=world.here)
    Onboarding.objects.filter(pk=row.pk).update(state="paused", state_why=SECRET)
    return row


def _file(_world: World) -> OnboardingFile:
    return keep_file(actor=SYSTEM, name=SECRET, rows=[FileRow(2, {"slug": "here"})])


COLLEAGUES = frozenset({HEAD, OFFICER, DELEGATE, PRIVACY})
OVERSEERS = frozenset({CENTRAL, AUDITOR})
SUBJECTS = [
    Subject(
        name="a role at an institution",
        make=_membership,
        may=COLLEAGUES | OVERSEERS,
        row_rule=memberships.can_see,
        set_rule=memberships.visible_to,
        outputs={
            "page": holds("/en/institutions/here/people"),
            "page in French": holds("/fr/institutions/here/personnes"),
            "API": holds("/api/v1/institutions/here/members"),
            "end": opens("/en/roles/{row.public_id}/end"),
        },
        may_by_output={"end": frozenset({HEAD, CENTRAL})},
    ),
    Subject(
        name="a head of an institution",
        make=_head,
        may=COLLEAGUES | OVERSEERS | {ADMINISTRATOR},
        row_rule=memberships.can_see,
        set_rule=memberships.visible_to,
        outputs={
            "page": holds("/en/institutions/here/people"),
            "API": holds("/api/v1/institutions/here/members"),
        },
    ),
    Subject(
        name="a role of the installation",
        make=_auditor,
        may=OVERSEERS | {ADMINISTRATOR},
        row_rule=memberships.can_see,
        set_rule=memberships.visible_to,
        outputs={"page": holds("/en/staff/people")},
    ),
    Subject(
        name="an invitation",
        make=_invitation,
        may=frozenset({HEAD, CENTRAL}),
        row_rule=invitations.can_see,
        set_rule=invitations.visible_to,
        outputs={
            "page": holds("/en/institutions/here/people"),
            "again": takes("/en/invitations/{row.public_id}/resend"),
            "revoke": takes("/en/invitations/{row.public_id}/revoke"),
        },
    ),
    Subject(
        name="an invitation to a program area",
        make=lambda world: _invitation(world, Role.PROGRAM_AREA),
        may=frozenset({HEAD, OFFICER, CENTRAL}),
        row_rule=invitations.can_see,
        set_rule=invitations.visible_to,
        outputs={"page": holds("/en/institutions/here/people")},
    ),
    Subject(
        name="a delegation instrument",
        make=_instrument,
        may=COLLEAGUES | OVERSEERS,
        row_rule=delegation.can_see,
        set_rule=delegation.visible_to,
        outputs={
            "list": holds("/en/institutions/here/delegation"),
            "page": holds("/fr/delegation/{row.public_id}"),
            "file": holds("/en/delegation/{row.public_id}/document"),
        },
    ),
    Subject(
        name="an onboarding",
        make=_onboarding,
        may=frozenset({HEAD, OFFICER, PRIVACY}) | OVERSEERS,
        row_rule=onboarding.can_see,
        set_rule=onboarding.visible_to,
        outputs={
            "page": holds("/en/institutions/here/onboarding"),
            "API": holds("/api/v1/institutions/here/onboarding", '"state": "paused"'),
            "board": holds("/en/staff/institutions", "Paused"),
            "export": holds("/en/staff/institutions.csv", "paused"),
            "API of the board": holds("/api/v1/onboarding?limit=100", '"state": "paused"'),
        },
        may_by_output={"board": OVERSEERS, "export": OVERSEERS, "API of the board": OVERSEERS},
    ),
    Subject(
        name="an onboarding file",
        make=_file,
        may=frozenset({CENTRAL}),
        row_rule=onboarding.can_see_file,
        set_rule=onboarding.visible_files_to,
        outputs={"page": holds("/en/staff/institutions/files/{row.public_id}")},
    ),
]
NOT_IN_THE_MATRIX = {AREA}  # a program area sees its taskings only, which come with the access room
