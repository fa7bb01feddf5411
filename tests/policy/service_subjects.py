"""The rows of running the site as a service: the audit trail, mail, sessions and recoveries of accounts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.test import Client, override_settings
from django.utils import timezone

from parvis.accounts import policy as accounts
from parvis.accounts.models import Person, Recovery, SignedInSession
from parvis.audit import policy as trail
from parvis.audit.actions import append_event
from parvis.audit.events import AuditEvent
from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.mail import policy as mail
from parvis.mail.models import OutgoingMail
from parvis.mail.sealing import Letter, seal
from parvis.mail.states import MailState
from parvis.services import policy as services
from parvis.services.models import ServiceYear, StandardYear
from parvis.services.reporting import year_due
from parvis.web.trail import slugs_read
from tests.policy.subjects import SECRET, SYSTEM, Shows, Subject, holds, opens, shown_in, takes
from tests.policy.world import ADMINISTRATOR, AUDITOR, CENTRAL, HEAD, OFFICER, OWNER, PRIVACY, World
from tests.services.factories import a_service_year, a_standard_year

EXPORT = "/en/staff/audit/export"
WHOLE_TRAIL = frozenset({AUDITOR, ADMINISTRATOR})


def among(rows: Callable[[Actor], Any]) -> Callable[[Actor], Q]:
    """Return a rule for a set, given as rows, as the condition that the matrix asks with."""
    return lambda actor: Q(pk__in=rows(actor).values("pk"))


def exports(form: str) -> Shows:
    """Return whether the file of the trail, in this form, holds the row."""

    def shows(browser: Client, _row: Any) -> bool:
        return shown_in(browser.post(EXPORT, {"form": form}), SECRET)

    return Shows(EXPORT, shows)


def catcher(way_out: str) -> Shows:
    """Return whether the page of caught messages shows the row, on a site that others reach."""

    def shows(browser: Client, row: Any) -> bool:
        with override_settings(MAIL=way_out, BASE_URL="https://answers.example.org"):
            return holds("/en/mail-catcher").to(browser, row)

    return Shows("/en/mail-catcher", shows)


def _event(**data: str) -> Event:
    with transaction.atomic():
        append_event(AuditEvent.READ, actor=SYSTEM, subject=SECRET, why="processing", **data)
    return Event.objects.latest("pk")


def _failed_mail(_world: World) -> OutgoingMail:
    now = timezone.now()
    letter = Letter(f"{SECRET}@example.org", SECRET, SECRET, SECRET)
    given = {"language": "en", "next_attempt_at": now, "expires_at": now + timedelta(days=1)}
    return OutgoingMail.objects.create(
        template="accounts/sign_in_code", state=MailState.FAILED, sealed=seal(letter), **given
    )


def _officer(world: World) -> Person:
    person = world.people[OFFICER].person
    assert person
    return person


def _session(world: World) -> SignedInSession:
    return SignedInSession.objects.create(
        person=_officer(world), session_key=SECRET, browser=SECRET, system="Parvis"
    )


def _recovery(world: World) -> Recovery:
    person = _officer(world)
    Person.objects.filter(pk=person.pk).update(name=SECRET)
    return Recovery.objects.create(person=person)


def _service_year(world: World) -> ServiceYear:
    return a_service_year(institution=world.here, year=year_due(timezone.localdate()))


def _standard_year(world: World) -> StandardYear:
    return a_standard_year(_service_year(world))


TRAIL_OUTPUTS: dict[str, Shows] = {
    "page": holds("/en/staff/audit"),
    "page in French": holds("/fr/personnel/piste-d-audit"),
    "page, narrowed": holds(f"/en/staff/audit?subject_type={SECRET}", f"<dd>{SECRET}"),
    "table": exports("csv"),
    "lines": exports("jsonl"),
}
SERVICE_SUBJECTS = [
    Subject(
        name="an audit line about an institution",
        make=lambda world: _event(institution=world.here.slug),
        may=WHOLE_TRAIL | {HEAD, PRIVACY},
        row_rule=lambda actor, row: trail.can_read_event(actor, row, slugs_read(actor)),
        set_rule=among(lambda actor: trail.visible_to(actor, slugs_read(actor))),
        outputs=TRAIL_OUTPUTS,
    ),
    Subject(
        name="an audit line about no institution",
        make=lambda _world: _event(),
        may=WHOLE_TRAIL,
        row_rule=lambda actor, row: trail.can_read_event(actor, row, slugs_read(actor)),
        set_rule=among(lambda actor: trail.visible_to(actor, slugs_read(actor))),
        outputs=TRAIL_OUTPUTS,
    ),
    Subject(
        name="a message that did not go",
        make=_failed_mail,
        may=frozenset({CENTRAL, ADMINISTRATOR}),
        row_rule=mail.can_see_message,
        set_rule=among(mail.visible_to),
        outputs={
            "page": holds("/en/staff/mail", "{row.public_id}"),
            "page in French": holds("/fr/personnel/courriels?state=failed", "{row.public_id}"),
            "what it says": holds("/en/staff/mail"),
            "retry": takes("/en/staff/mail/{row.public_id}/retry"),
            "catcher": catcher("catcher"),
            "catcher where messages leave": catcher("smtp"),
        },
        may_by_output={
            "what it says": frozenset(),
            "catcher": frozenset({ADMINISTRATOR}),
            "catcher where messages leave": frozenset(),
        },
    ),
    Subject(
        name="a session of an account",
        make=_session,
        may=frozenset({OFFICER}),
        row_rule=accounts.can_end_session,
        set_rule=among(accounts.sessions_visible_to),
        outputs={
            "page": holds("/en/account/sessions"),
            "page in French": holds("/fr/compte/sessions"),
            "end": takes("/en/account/sessions/{row.public_id}/end"),
        },
    ),
    Subject(
        name="a recovery of an account",
        make=_recovery,
        may=frozenset({OFFICER, ADMINISTRATOR}),
        row_rule=accounts.can_see_recovery,
        set_rule=among(accounts.recoveries_visible_to),
        outputs={
            "list": holds("/en/staff/recoveries", "{row.public_id}"),
            "own account": holds("/en/account", "Somebody asked to recover this account"),
            "stop": takes("/en/staff/recoveries/{row.public_id}", stop=""),
            "confirm": takes("/en/staff/recoveries/{row.public_id}", confirm=""),
        },
        may_by_output={
            "list": frozenset({ADMINISTRATOR}),
            "own account": frozenset({OFFICER}),
            "stop": frozenset({ADMINISTRATOR}),
            "confirm": frozenset({ADMINISTRATOR}),
        },
    ),
    Subject(
        name="a yearly record of a service, to be brought up to date",
        make=_service_year,
        may=frozenset({OWNER, CENTRAL}),
        row_rule=services.can_edit,
        set_rule=among(lambda actor: services.editable_by(actor, ServiceYear.objects.all())),
        outputs={
            "form": opens("/en/staff/services/{row.public_id}/edit"),
            "form in French": opens("/fr/personnel/services/{row.public_id}/modifier"),
            "measures": opens("/en/staff/services/{row.public_id}/measures"),
            "list": holds("/en/staff/services?institution=here", "{row.public_id}"),
            "way from the service": holds("/en/services/{row.service.public_id}", "{row.public_id}"),
            "begin": takes("/en/staff/services/{row.service.public_id}/begin"),
        },
    ),
    Subject(
        name="a yearly record of a standard, to be brought up to date",
        make=_standard_year,
        may=frozenset({OWNER, CENTRAL}),
        row_rule=services.can_edit,
        set_rule=among(lambda actor: services.editable_by(actor, StandardYear.objects.all())),
        outputs={
            "form": opens("/en/staff/standards/{row.public_id}/edit"),
            "form in French": opens("/fr/personnel/normes/{row.public_id}/modifier"),
            "list": holds("/en/staff/services?institution=here", "{row.public_id}"),
        },
    ),
]
