"""The rows of requests: what was asked, who asks, what proves it, and what was paid too much."""

from dataclasses import replace
from typing import Any

from parvis.access import policy
from parvis.access.actions.working import link_requests, place_hold
from parvis.access.answers import Requested
from parvis.access.intake.files import attach_file
from parvis.access.models import AccessRequest, Payment
from parvis.access.states import Purpose, Relation, RequestState
from parvis.core.actor import Actor
from parvis.institutions.models import Onboarding
from tests.access.factories import ASKER, a_draft, a_submission
from tests.access.files import an_upload
from tests.policy.subjects import SECRET, Subject, holds, opens, takes
from tests.policy.world import DELEGATE, HEAD, OFFICER, PRIVACY, World

CASE = frozenset({HEAD, OFFICER, DELEGATE, PRIVACY})
PUBLIC, SYSTEM = Actor.public(), Actor.system("matrix")
WORKS = frozenset({OFFICER, PRIVACY})
HOLDS = frozenset({HEAD, OFFICER})


def _let_live(world: World) -> None:
    Onboarding.objects.update_or_create(
        institution=world.here,
        defaults={"state": "live", "regimes": ["ca-atia", "ca-privacy-act"], "fee_choice": "statute"},
    )


def _request(world: World) -> AccessRequest:
    _let_live(world)
    submission, _key = a_submission(world.here, requested=Requested(text=SECRET), waive=True)
    return submission.parts.get()


def _requester(world: World) -> AccessRequest:
    _let_live(world)
    submission, _key = a_submission(world.here, asker=replace(ASKER, name=SECRET), waive=True)
    return submission.parts.get()


def _file(world: World, purpose: Purpose) -> AccessRequest:
    _let_live(world)
    draft, key = a_draft(world.here, waive=True)
    kept = attach_file(
        actor=PUBLIC,
        draft=draft,
        purpose=purpose,
        upload=an_upload(SECRET.encode(), f"{SECRET}.txt"),
        key=key,
    )
    submission, _key = a_submission(world.here, waive=True)
    type(kept).objects.filter(pk=kept.pk).update(submission=submission, state="clean")
    row: Any = submission.parts.get()
    row.file_id = kept.public_id
    return row  # type: ignore[no-any-return]  # the request, with the file of which the address tells


def _held(world: World) -> AccessRequest:
    row: Any = _request(world)
    row.hold_id = place_hold(actor=SYSTEM, access_request=row, why=SECRET).public_id
    return row  # type: ignore[no-any-return]  # the request, with the hold of which the address tells


def _linked(world: World) -> AccessRequest:
    row: Any = _request(world)
    other = _request(world)
    link_requests(actor=SYSTEM, access_request=row, other=other, relation=Relation.SIMILAR)
    row.other_id = other.public_id
    return row  # type: ignore[no-any-return]  # the request, with the one of which the address tells


def _refund(world: World) -> AccessRequest:
    row = _request(world)
    Payment.objects.create(
        submission=row.submission, variant="card", total=5, currency="CAD", description=SECRET, refund_due=5
    )
    return row


def _unpaid(world: World) -> AccessRequest:
    row = _request(world)
    row.state, row.fee = RequestState.AWAITING_FEE, 5
    row.save(update_fields=["state", "fee"])
    return row


ACCESS_SUBJECTS = [
    Subject(
        name="an access request",
        make=_request,
        may=CASE,
        row_rule=policy.can_see,
        set_rule=policy.visible_to,
        outputs={
            "page": holds("/en/cases/{row.public_id}"),
            "page in French": holds("/fr/dossiers/{row.public_id}"),
            "desk": holds("/en/staff/requests", "{row.number}"),
        },
    ),
    Subject(
        name="who asks",
        make=_requester,
        may=frozenset({OFFICER, PRIVACY}),
        row_rule=policy.can_see_requester,
        set_rule=policy.requesters_visible_to,
        outputs={
            "page": holds("/en/cases/{row.public_id}/requester"),
            "page in French": holds("/fr/dossiers/{row.public_id}/demandeur"),
        },
    ),
    Subject(
        name="a request that waits for its fee",
        make=_unpaid,
        may=frozenset({OFFICER, PRIVACY}),
        row_rule=policy.can_work,
        set_rule=policy.requesters_visible_to,  # the same people
        outputs={
            "fee": holds("/en/cases/{row.public_id}/fee", "{row.number}"),
            "fee in French": holds("/fr/dossiers/{row.public_id}/droits", "{row.number}"),
        },
    ),
    Subject(
        name="the text of a request, to be clarified",
        make=_request,
        may=CASE,
        row_rule=policy.can_see,
        set_rule=policy.visible_to,
        outputs={
            "clarify": holds("/en/cases/{row.public_id}/clarify"),
            "clarify in French": holds("/fr/dossiers/{row.public_id}/preciser"),
        },
        may_by_output={"clarify": WORKS, "clarify in French": WORKS},
    ),
    Subject(
        name="the links of a request",
        make=_linked,
        may=CASE,
        row_rule=policy.can_see,
        set_rule=policy.visible_to,
        outputs={
            "link": opens("/en/cases/{row.public_id}/link"),
            "unlink": takes("/en/cases/{row.public_id}/links/{row.other_id}/similar/remove"),
        },
        may_by_output={"link": WORKS, "unlink": WORKS},
    ),
    Subject(
        name="a legal hold",
        make=_held,
        may=CASE,
        row_rule=policy.can_see,
        set_rule=policy.visible_to,
        outputs={
            "page": holds("/en/cases/{row.public_id}"),
            "hold": opens("/en/cases/{row.public_id}/hold"),
            "lift": holds("/fr/dossiers/{row.public_id}/conservations/{row.hold_id}/lever"),
        },
        may_by_output={"hold": HOLDS, "lift": HOLDS},
    ),
    Subject(
        name="a file that explains a request",
        make=lambda world: _file(world, Purpose.SUPPORT),
        may=CASE,
        row_rule=policy.can_see,
        set_rule=policy.visible_to,
        outputs={"file": holds("/en/cases/{row.public_id}/files/{row.file_id}")},
    ),
    Subject(
        name="a file that proves who asks",
        make=lambda world: _file(world, Purpose.IDENTITY),
        may=CASE,
        row_rule=policy.can_see,
        set_rule=policy.visible_to,
        outputs={
            "file": holds("/en/cases/{row.public_id}/files/{row.file_id}"),
            "page": holds("/en/cases/{row.public_id}"),
        },
        may_by_output={"file": frozenset({PRIVACY}), "page": frozenset({PRIVACY})},
    ),
    Subject(
        name="a payment to give back",
        make=_refund,
        may=CASE,
        row_rule=policy.can_see,
        set_rule=policy.visible_to,
        outputs={"desk": holds("/en/staff/requests")},
    ),
]
