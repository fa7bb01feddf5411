"""Requests of one institution whose words are alike: form letters and doubles. No text is opened for it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Func, IntegerField, QuerySet, Value

from parvis.access import policy
from parvis.access.likeness import MOST_APART, alike
from parvis.access.models import AccessRequest, TextSketch
from parvis.core.actor import Actor

AT_MOST = 10
STEP = 5  # per cent, to which what is only an estimate is rounded
NEARLY_ALL = 95  # per cent


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeRequest:
    """A request whose words are alike. `percent`: of the sequences of three words, about how many both have."""

    row: AccessRequest
    percent: int

    @property
    def is_nearly_same(self) -> bool:
        """Whether hardly a word differs."""
        return self.percent >= NEARLY_ALL


class BitsApart(Func):
    """In how many places two strings of bits differ."""

    function = "bit_count"
    arg_joiner = " # "
    output_field = IntegerField()


def requests_alike(actor: Actor, row: AccessRequest) -> tuple[AlikeRequest, ...]:
    """Return the requests in like words, of the same institution and known to the actor, the nearest first."""
    bits = TextSketch.objects.filter(access_request=row).values_list("bits", flat=True).first()
    if bits is None:
        return ()
    rows: QuerySet[Any] = (
        AccessRequest.objects.filter(policy.visible_to(actor), sketch__isnull=False)
        .of_institution(row.institution_id)
        .exclude(pk=row.pk)
        .annotate(apart=BitsApart("sketch__bits", Value(bits)))
        .filter(apart__lte=MOST_APART)
        .order_by("apart", "-pk")
    )
    return tuple(
        AlikeRequest(row=one, percent=STEP * round(100 * alike(one.apart) / STEP)) for one in rows[:AT_MOST]
    )
