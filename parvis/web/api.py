"""The laws by API: each pack whole, and deadlines with their reasoning. The engine itself knows no HTTP."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from parvis.core.bilingual import Text
from parvis.core.errors import ParvisError
from parvis.law import Refused, deadline, pack, pack_for, packs, parse_event, place_chain, received
from parvis.law.serialising import deadline_dict, pack_dict
from parvis.theme.page import current_language

router = Router(auth=None, tags=["law"])


class LawLine(Schema):
    """One version of one law. | Une version d’une loi."""

    pack: str
    regime: str
    jurisdiction: str
    statute: dict[str, str]
    state: str
    first_day: date | None
    last_day: date | None


class DeadlineQuestion(Schema):
    """What a deadline is asked for. | Ce pour quoi une échéance est demandée."""

    law: str = Field(
        ..., max_length=60, description="A pack or a regime: ca-atia | Un régime ou une version : ca-atia"
    )
    received: date = Field(
        ..., description="The day of receipt, YYYY-MM-DD | Le jour de réception, AAAA-MM-JJ"
    )
    event: list[str] = Field(
        [],
        max_length=50,
        description="What happened since, kind:day[:section][:days] | "
        "Ce qui s’est passé depuis, genre:jour[:article][:jours]",
    )
    place: str = Field(
        "", max_length=60, description="Where the office stands: on-ottawa | Lieu du bureau : on-ottawa"
    )


@router.get(
    "/law",
    response=list[LawLine],
    operation_id="law_list",
    summary="List the laws | Énumérer les lois",
    description="Each version of each law, with the days between which it applies. | "
    "Chaque version de chaque loi, avec les jours entre lesquels elle s’applique.",
)
def law_list(request: HttpRequest) -> list[LawLine]:  # noqa: ARG001  # the framework gives it
    """List every pack."""
    today = timezone.localdate()
    return [
        LawLine(
            pack=one.id,
            regime=one.regime,
            jurisdiction=one.jurisdiction,
            statute={"en": one.statute.en, "fr": one.statute.fr},
            state=str(one.state_on(today)),
            first_day=one.first_day,
            last_day=one.last_day,
        )
        for one in packs()
    ]


@router.get(
    "/law/deadline",
    response=dict[str, Any],
    operation_id="law_deadline",
    summary="Calculate a deadline | Calculer une échéance",
    description="The day an answer is due, by statute and by policy, with every step and its section. | Le jour où la "
    "réponse est attendue, selon la loi et selon la politique, avec chaque étape et son article.",
)
def law_deadline(request: HttpRequest, asked: Query[DeadlineQuestion]) -> dict[str, Any]:  # noqa: ARG001  # as above
    """Replay a case and return its deadline."""
    try:
        named = [one for one in packs() if one.id == asked.law]
        law = named[0] if named else pack_for(asked.law, asked.received)
        events = sorted((parse_event(text) for text in asked.event), key=lambda event: event.on)
        return deadline_dict(
            deadline(law, [received(asked.received), *events], place_chain(asked.place or None))
        )
    except Refused as refused:
        raise ParvisError(_said(refused.text)) from refused


@router.get(
    "/law/{pack_id}",
    response=dict[str, Any],
    operation_id="law_detail",
    summary="Read one law | Lire une loi",
    description="Every rule of a law with its section, how sure it is, and who checked it. | "
    "Chaque règle d’une loi avec son article, son degré de certitude et la personne qui l’a vérifiée.",
)
def law_detail(request: HttpRequest, pack_id: str) -> dict[str, Any]:  # noqa: ARG001  # as above
    """Return one pack whole."""
    try:
        return pack_dict(pack(pack_id))
    except Refused as refused:
        raise Http404 from refused


def _said(text: Text) -> str:
    return text.in_(current_language())
