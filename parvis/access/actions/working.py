"""What happens to a case besides its clock: its text is clarified, it is linked, held, and moved to a successor."""

from dataclasses import asdict

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.access import policy
from parvis.access.answers import Requested
from parvis.access.events import AccessEvent, unnamed
from parvis.access.models import AccessRequest, LegalHold, RequestLink, RequestText
from parvis.access.sketches import keep_sketch, sketch_newest
from parvis.access.states import ENDED, Relation
from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor


@action
def clarify_text(
    *, actor: Actor, access_request: AccessRequest, requested: Requested, why: str, key: str = ""
) -> RequestText:
    """Add a clarified version of what is asked for; the original stays as it was written.

    An officer says why: how it was agreed with the requester.
    """
    require(policy.can_clarify(actor, access_request, key))
    blockers = [] if requested.text.strip() else [_("Write what is asked for.")]
    if access_request.state in ENDED:
        blockers.append(_("This request has ended; its text does not change any more."))
    is_by_officer = not policy.can_follow(actor, access_request.submission, key)
    if is_by_officer and not why.strip():
        blockers.append(_("Say why the text changes."))
    require_none(blockers)
    AccessRequest.objects.select_for_update().get(pk=access_request.pk)
    last = access_request.texts.aggregate(last=Max("version"))["last"] or 0
    row = RequestText(access_request=access_request, version=last + 1, why=why.strip()[:300])
    row.keep_sealed("sealed", asdict(requested))
    row.save()
    keep_sketch(access_request, requested)
    by = "institution" if is_by_officer else "requester"
    who = actor if is_by_officer else unnamed(actor)
    append_event(AccessEvent.CLARIFIED, actor=who, subject=access_request, version=row.version, by=by)
    return row


@action
def link_requests(
    *, actor: Actor, access_request: AccessRequest, other: AccessRequest, relation: Relation
) -> RequestLink:
    """Say that two requests go together. Both are known to the actor, and the first is theirs to work.

    Linked so already, in either direction where it has none, they stay so.
    """
    require(policy.can_work(actor, access_request) and policy.can_see(actor, other))
    if access_request.pk == other.pk:
        require_none([_("A request is linked to another one.")])
    reverse = RequestLink.objects.filter(source=other, target=access_request, relation=relation).first()
    if reverse and relation == Relation.SIMILAR:
        return reverse
    require_none([_("The other request follows from this one already.")] if reverse else [])
    row, is_new = RequestLink.objects.get_or_create(source=access_request, target=other, relation=relation)
    if is_new:
        append_event(
            AccessEvent.LINKED, actor=actor, subject=access_request, to=other.public_id, as_=str(relation)
        )
    return row


@action
def unlink_requests(
    *, actor: Actor, access_request: AccessRequest, other: AccessRequest, relation: Relation
) -> bool:
    """Take a link of this kind away, whichever of the two it was made from; return whether there was one."""
    require(policy.can_work(actor, access_request) and policy.can_see(actor, other))
    pair = Q(source=access_request, target=other) | Q(source=other, target=access_request)
    removed, _by_model = RequestLink.objects.filter(pair, relation=relation).delete()
    if removed:
        append_event(
            AccessEvent.UNLINKED, actor=actor, subject=access_request, to=other.public_id, as_=str(relation)
        )
    return bool(removed)


@action
def place_hold(*, actor: Actor, access_request: AccessRequest, why: str) -> LegalHold:
    """Keep a request beyond its schedule, for a reason, until the hold is lifted."""
    require(policy.can_hold(actor, access_request))
    blockers = [] if why.strip() else [_("Say why this request is to be kept.")]
    if access_request.purged_at is not None:
        blockers.append(_("The schedule has erased this request already; there is nothing left to keep."))
    require_none(blockers)
    row = LegalHold.objects.create(access_request=access_request, why=why.strip()[:300])
    append_event(AccessEvent.HOLD_PLACED, actor=actor, subject=access_request, hold=row.public_id)
    return row


@action
def lift_hold(*, actor: Actor, hold: LegalHold) -> bool:
    """Lift a legal hold; return whether it stood."""
    require(policy.can_hold(actor, hold.access_request))
    lifted = LegalHold.objects.filter(pk=hold.pk, lifted_at__isnull=True).update(lifted_at=timezone.now())
    if lifted:
        append_event(AccessEvent.HOLD_LIFTED, actor=actor, subject=hold.access_request, hold=hold.public_id)
    return bool(lifted)


@action
def move_open(*, actor: Actor, from_id: int, to_id: int) -> int:
    """Hand the open requests of an institution to its successor, each with its number and its clock; return how many.

    Where one submission asked both, the successor has two parts of it from then on.
    """
    require(policy.can_move(actor))
    rows = list(AccessRequest.objects.open().of_institution(from_id).order_by("pk"))
    for row in rows:
        AccessRequest.objects.filter(pk=row.pk).update(institution_id=to_id)
        row.institution_id = to_id
        sketch_newest(row)  # its key is the institution’s
        append_event(AccessEvent.MOVED, actor=actor, subject=row, number=row.number)
    return len(rows)
