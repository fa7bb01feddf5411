"""As many invented institutions as wanted, in every state, written in bulk."""

from django.utils import timezone

from parvis.accounts.models import Person
from parvis.core.sort_key import sort_key
from parvis.institutions.models import Institution, Membership, Onboarding, SelfCheck
from tests.institutions.factories import a_day, a_jurisdiction

SUBJECTS = (
    ("Rivers", "rivières"),
    ("Lakes", "lacs"),
    ("Hills", "collines"),
    ("Forests", "forêts"),
    ("Bays", "baies"),
)
STATES = ("live", "preparing", "invited", "testing", "paused", "")


def many_institutions(number: int) -> None:
    """Make them: five in six have begun to come on board; four in five of these have people."""
    place = a_jurisdiction()
    made = []
    for n in range(number):
        english, french = SUBJECTS[n % len(SUBJECTS)]
        titles = (f"{english} Agency {n}", f"Agence des {french} {n}")
        made.append(
            Institution(
                slug=f"invented-{n}",
                jurisdiction=place,
                kind="agency",
                legal_title_en=titles[0],
                legal_title_fr=titles[1],
                sort_key_en=sort_key(titles[0]),
                sort_key_fr=sort_key(titles[1]),
                access_email=f"atip-{n}@example.org" if n % 3 else "",
            )
        )
    rows = Institution.objects.bulk_create(made)
    begun = [(row, STATES[n % len(STATES)]) for n, row in enumerate(rows) if STATES[n % len(STATES)]]
    onboardings = Onboarding.objects.bulk_create(
        Onboarding(
            institution=row,
            state=state,
            regimes=["ca-atia"] if state != "invited" else [],
            languages=["en", "fr"],
            fee_choice="statute",
            channels=["portal"],
            welcome_en="Hello" if row.pk % 4 else "",
            welcome_fr="Bonjour" if row.pk % 4 else "",
            is_head_deciding=bool(row.pk % 2),
        )
        for row, state in begun
    )
    _people([row for row, _state in begun])
    SelfCheck.objects.bulk_create(
        SelfCheck(onboarding=row, is_passed=True, reached_at=timezone.now(), outcomes=[])
        for row in onboardings
        if row.state == "live"
    )


def _people(rows: list[Institution]) -> None:
    people = Person.objects.bulk_create(
        Person(email=f"invented-{row.pk}-{role}@example.org", language="en")
        for row in rows
        for role in ("head", "officer")
    )
    pairs = [(row, role) for row in rows for role in ("head", "officer")]
    Membership.objects.bulk_create(
        Membership(person=person, institution=row, role=role, from_on=a_day(-30))
        for person, (row, role) in zip(people, pairs, strict=True)
        if row.pk % 5
    )
