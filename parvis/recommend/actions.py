"""The writes of this room: counts of what is sought and not found, and counts of copies asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Sum
from django.utils import timezone

from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.bilingual import Language, Text
from parvis.recommend import policy, queries
from parvis.recommend.events import RecommendEvent
from parvis.recommend.models import Demand, DemandMonth, Sought, Unanswered
from parvis.recommend.sought import DAYS_KEPT, KEPT_FROM, keyed_hash, may_be_counted


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedDemand:
    """One package of a demand file. `months` are (year, month, copies)."""

    identifier: str
    request_number: str
    publisher_code: str
    institution_id: int | None
    text: Text
    copies: int
    months: tuple[tuple[int, int, int], ...] = ()


@action
def note_unanswered(*, actor: Actor, text: str, language: Language) -> None:  # noqa: ARG001  # nobody is noted
    """Count that something was sought and not found: a keyed hash and the day; the words from the tenth time on.

    Who sought it is neither taken nor kept. Does nothing where the setting turns it off.
    """
    if not (settings.COUNT_SOUGHT and may_be_counted(text)):
        return
    digest, today = keyed_hash(text, settings.SECRET_KEY), timezone.localdate()
    Sought.objects.bulk_create([Sought(digest=digest, on=today, times=0)], ignore_conflicts=True)
    Sought.objects.filter(digest=digest, on=today).update(times=F("times") + 1)
    counted = Sought.objects.filter(digest=digest, on__gt=today - timedelta(days=DAYS_KEPT))
    times = counted.aggregate(times=Sum("times"))["times"] or 0
    if times < KEPT_FROM:
        return
    if not Unanswered.objects.filter(digest=digest).update(times=times, last_on=today):
        found = queries.likely_holders(text, language)
        likely = [holder.institution.id for holder in found.holders if holder.is_likely]
        Unanswered.objects.create(
            digest=digest,
            text=text,
            language=language,
            institution_id=likely[0] if likely else None,
            times=times,
            last_on=today,
        )


@action
def forget_old_searches(*, actor: Actor) -> int:  # noqa: ARG001  # every action has an actor
    """Delete counts older than thirty days, and words that nobody sought since. Return how many rows went."""
    first_kept = timezone.localdate() - timedelta(days=DAYS_KEPT - 1)
    counts, _ = Sought.objects.before(first_kept).delete()
    words, _ = Unanswered.objects.filter(last_on__lt=first_kept).delete()
    return counts + words


@action
def load_demand(*, actor: Actor, rows: Sequence[CountedDemand], file_names: Sequence[str]) -> int:
    """Put these counts in the place of all earlier ones. Return how many packages are counted."""
    require(policy.can_load_demand(actor))
    Demand.objects.all().delete()
    made = Demand.objects.bulk_create(
        [
            Demand(
                identifier=row.identifier,
                request_number=row.request_number,
                publisher_code=row.publisher_code,
                institution_id=row.institution_id,
                summary_en=row.text.en,
                summary_fr=row.text.fr,
                copies=row.copies,
            )
            for row in rows
        ]
    )
    DemandMonth.objects.bulk_create(
        [
            DemandMonth(demand=demand, year=year, month=month, copies=copies)
            for demand, row in zip(made, rows, strict=True)
            for year, month, copies in row.months
        ]
    )
    append_event(
        RecommendEvent.DEMAND_LOADED,
        actor=actor,
        subject="demand",
        packages=len(made),
        files=list(file_names),
    )
    return len(made)
