"""What the pages of staff show, as data. One signs in as on the pages; what one may not see is not there."""

from datetime import date, datetime

from django.http import Http404
from ninja import Field, Query, Router, Schema
from ninja.security import django_auth

from parvis.api.paging import Page, Paging, next_address
from parvis.api.schemas import BilingualText
from parvis.core.pages import ActingRequest
from parvis.core.roles import Role
from parvis.institutions.checklist import Item, Section
from parvis.institutions.policy.memberships import can_see_people
from parvis.institutions.policy.onboarding import can_see_board
from parvis.institutions.queries import memberships as people
from parvis.institutions.queries.board import BoardFilter, BoardLine, board_export
from parvis.institutions.queries.institutions import institution_row
from parvis.institutions.queries.memberships import MembershipItem
from parvis.institutions.queries.onboarding import OnboardingDetail, onboarding_detail, onboarding_row

router = Router(auth=django_auth, tags=["staff"])


class Member(Schema):
    """A role that somebody holds. | Une fonction que quelqu’un exerce."""

    id: str
    name: str
    email: str
    role: Role
    position: BilingualText
    from_on: date
    until_on: date | None
    in_force: bool

    @classmethod
    def of(cls, item: MembershipItem) -> "Member":
        """Return the API's form of a membership."""
        return cls(
            id=item.public_id,
            name=item.name,
            email=item.address,
            role=item.role,
            position=BilingualText.of(item.position),
            from_on=item.from_on,
            until_on=item.until_on,
            in_force=item.is_in_force,
        )


class Part(Schema):
    """One part of the preparation. | Une partie de la préparation."""

    section: Section
    done: bool
    needed: bool = Field(description="Whether it holds the institution back | Si elle retient l’institution")
    missing: list[str] = Field(
        description="What to do, in the caller’s language | Ce qu’il faut faire, dans la langue de l’appelant"
    )

    @classmethod
    def of(cls, item: Item) -> "Part":
        """Return the API's form of a line of the checklist."""
        return cls(
            section=item.section,
            done=item.is_done,
            needed=item.is_needed,
            missing=[str(words) for words in item.missing],
        )


class Onboarding(Schema):
    """How far an institution has come on board. | Où en est l’intégration d’une institution."""

    institution: str
    state: str
    live_at: datetime | None
    parts: list[Part]

    @classmethod
    def of_detail(cls, detail: OnboardingDetail) -> "Onboarding":
        """Return the API's form of one institution's way on board."""
        return cls(
            institution=detail.institution.slug,
            state=detail.state,
            live_at=detail.row.live_at,
            parts=[Part.of(item) for item in detail.checklist.items],
        )

    @classmethod
    def of_line(cls, line: BoardLine) -> "Onboarding":
        """Return the API's form of a line of the board."""
        return cls(
            institution=line.slug,
            state=line.state,
            live_at=line.live_at,
            parts=[Part.of(item) for item in line.checklist.items],
        )


class BoardQuery(Schema):
    """Which institutions are wanted. | Quelles institutions sont voulues."""

    state: str = Field("", max_length=20, description="State of the onboarding | État de l’intégration")
    lacks: Section | None = Field(None, description="A part that is missing | Une partie qui manque")
    jurisdiction: str = Field(
        "", max_length=40, description="Code of a jurisdiction | Code d’une administration"
    )


@router.get(
    "/institutions/{slug}/members",
    operation_id="list_members",
    summary="List who holds a role for an institution | Énumérer qui exerce une fonction pour une institution",
    response=list[Member],
)
def list_members(request: ActingRequest, slug: str) -> list[Member]:
    """For those who work there, and those who oversee. | Pour qui y travaille, et qui surveille."""
    row = institution_row(slug)
    if row is None or not can_see_people(request.actor, row.pk):
        raise Http404
    return [Member.of(item) for item in people.members(request.actor, row)]


@router.get(
    "/institutions/{slug}/onboarding",
    operation_id="get_onboarding",
    summary="Read how far an institution has come on board | Lire où en est l’intégration d’une institution",
    response=Onboarding,
)
def get_onboarding(request: ActingRequest, slug: str) -> Onboarding:
    """Say what is done and what is missing. | Dire ce qui est fait et ce qui manque."""
    row = onboarding_row(request.actor, slug)
    if row is None:
        raise Http404
    return Onboarding.of_detail(onboarding_detail(row))


@router.get(
    "/onboarding",
    operation_id="list_onboarding",
    summary="List all institutions with what they lack | Énumérer toutes les institutions et ce qui leur manque",
    response=Page[Onboarding],
)
def list_onboarding(
    request: ActingRequest, wanted: Query[BoardQuery], paging: Query[Paging]
) -> Page[Onboarding]:
    """Give the board of the central office. | Donner le tableau du bureau central."""
    if not can_see_board(request.actor):
        raise Http404
    lines = list(
        board_export(
            request.actor,
            BoardFilter(
                state=wanted.state, lacks=wanted.lacks or "", jurisdiction=wanted.jurisdiction, sort="title"
            ),
        )
    )
    part = lines[paging.offset : paging.offset + paging.limit]
    return Page[Onboarding](
        count=len(lines),
        next=next_address(request, paging, len(lines)),
        items=[Onboarding.of_line(line) for line in part],
    )
