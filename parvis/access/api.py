"""Before asking, by API: which law would apply, at what cost and by when; which usual files there are."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from parvis.access import queries
from parvis.access.answers import Answers
from parvis.api.errors import problem
from parvis.api.schemas import BilingualText
from parvis.law.wording import citation

router = Router(auth=None, tags=["access"])
Kind = Literal["records", "own", "other", "correction", "copy"]


class TermsQuestion(Schema):
    """Of whom, and what kind. | De qui, et de quel genre."""

    institution: str = Field(
        ..., max_length=60, description="Slug of the institution | Identifiant de l’institution"
    )
    kind: Kind = Field("records", description="Kind of request | Genre de demande")


class FeeOfPart(Schema):
    """What asking costs. | Ce que coûte la demande."""

    amount: str
    currency: str
    section: BilingualText | None
    means: list[str] = Field(
        description="card, cheque, counter; empty where it is free or nothing is said | "
        "card, cheque, counter\N{NO-BREAK SPACE}; vide si c’est gratuit ou si rien n’est précisé"
    )
    note: BilingualText | None = Field(
        description="To whose order, where to | À l’ordre de qui, à quelle adresse"
    )


class TermsAnswer(Schema):
    """What would hold were it sent today. | Ce qui vaudrait si la demande était envoyée aujourd’hui."""

    institution: str
    kind: Kind
    is_open: bool = Field(description="Whether it can be asked here | Si l’on peut demander ici")
    refusal: BilingualText | None
    law: str | None = Field(description="Law pack | Dossier de loi")
    statute: BilingualText | None
    who_may_ask: BilingualText | None
    fee: FeeOfPart
    due_on: date | None = Field(description="Due by the statute | Échéance selon la loi")
    expected_on: date | None = Field(
        description="By policy or service standard | Selon la politique ou la norme"
    )
    reasons: list[BilingualText]


class Particular(Schema):
    """One thing that is needed to find a file. | Une chose nécessaire pour trouver un dossier."""

    name: str
    label: BilingualText
    kind: Literal["text", "day"]
    is_required: bool


class UsualFileLine(Schema):
    """A file of one’s own that an institution offers. | Un dossier personnel qu’une institution offre."""

    public_id: str
    institution: str
    code: str
    title: BilingualText
    help: BilingualText
    particulars: list[Particular]


@router.get(
    "/access/terms",
    response=TermsAnswer,
    operation_id="access_terms",
    summary="Say under which law, at what cost and by when | Dire selon quelle loi, à quel coût et quand",
    description="For a request that were sent today, with the reasons of its due date. | "
    "Pour une demande envoyée aujourd’hui, avec les raisons de son échéance.",
)
def access_terms(request: HttpRequest, asked: Query[TermsQuestion]) -> Any:  # noqa: ARG001  # the framework gives it
    """Answer with the terms of one institution."""
    answers = Answers(kind=asked.kind, institutions=(asked.institution,))
    found = queries.terms_of(answers, timezone.localdate())
    if not found:
        return _unknown()
    (part,) = found
    law, terms = part.law, part.terms.fees
    return TermsAnswer(
        institution=part.slug,
        kind=asked.kind,
        is_open=part.is_open,
        refusal=BilingualText.of(part.refusal) if part.refusal else None,
        law=law.id if law else None,
        statute=BilingualText.of(law.statute) if law else None,
        who_may_ask=BilingualText.of(law.requester.text) if law else None,
        fee=FeeOfPart(
            amount=f"{part.fee.amount:.2f}",
            currency=part.fee.currency,
            section=BilingualText.of(citation(law, law.fees)) if law and part.fee else None,
            means=[str(one) for one in terms.means] if part.fee else [],
            note=BilingualText.of(terms.note) if part.fee and terms.note else None,
        ),
        due_on=part.dates.statute_due,
        expected_on=part.dates.policy_due,
        reasons=[BilingualText.of(step.text) for step in part.due.steps] if part.due else [],
    )


def _unknown() -> HttpResponse:
    return problem(404, _("There is no such institution."))


@router.get(
    "/access/usual-files",
    response=list[UsualFileLine],
    operation_id="access_usual_files",
    summary="List the usual files | Énumérer les dossiers usuels",
    description="What institutions offer to ask of one’s own information in four steps. | "
    "Ce que les institutions offrent de demander, de ses propres renseignements, en quatre étapes.",
)
def access_usual_files(request: HttpRequest) -> list[UsualFileLine]:  # noqa: ARG001  # the framework gives it
    """List what is offered."""
    return [
        UsualFileLine(
            public_id=row.public_id,
            institution=row.institution.slug,
            code=row.code,
            title=BilingualText.of(row.title),
            help=BilingualText.of(row.help),
            particulars=[
                Particular(
                    name=one["name"],
                    label=BilingualText(en=one["label_en"], fr=one["label_fr"]),
                    kind=one.get("kind") or "text",
                    is_required=bool(one.get("is_required")),
                )
                for one in row.particulars
            ],
        )
        for row in queries.usual_files()
    ]
