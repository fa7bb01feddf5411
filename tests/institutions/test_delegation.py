import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.errors import NotAllowedError, NotReadyError, ParvisError
from parvis.core.roles import Role
from parvis.institutions.actions.delegation import InstrumentTerms, end_instruments, enter_instrument
from parvis.institutions.models import DelegationInstrument, Institution, Membership
from parvis.institutions.powers import POWER_TITLES, SECTIONS, Power, powers_under, section_of
from parvis.institutions.queries.memberships import grants_in_force
from parvis.law import regimes
from tests.institutions.factories import a_day, a_membership, acting, an_actor, an_institution, an_instrument

pytestmark = pytest.mark.django_db


def terms(holder: Membership, *powers: Power, **given: object) -> InstrumentTerms:
    wanted: dict[str, object] = {
        "regime": "ca-atia",
        "title": Text("Delegation order", "Arrêté de délégation"),
        "signed_on": a_day(-1),
        "from_on": a_day(),
        "until_on": None,
        "powers": {holder.pk: powers},
    }
    return InstrumentTerms(**wanted | given)  # type: ignore[arg-type]  # a test says what it changes


def entered(actor: Actor, institution: Institution, said: InstrumentTerms) -> DelegationInstrument:
    return enter_instrument(actor=actor, institution=institution, terms=said)


def test_the_head_enters_what_was_signed_and_the_delegate_has_the_powers() -> None:
    here = an_institution()
    holder, head = a_membership(Role.DELEGATE, here), an_actor(Role.HEAD, here)
    row = enter_instrument(
        actor=head,
        institution=here,
        terms=terms(holder, Power.EXTEND, Power.REFUSE),
        document=ContentFile(b"%PDF-1.7 signed", name="order.pdf"),
    )
    assert grants_in_force(holder.person_id)[0].powers == {"extend", "refuse"}
    assert row.document_name == "order.pdf"
    with row.document.open() as document:
        assert document.read() == b"%PDF-1.7 signed"


def test_another_instrument_supersedes_the_earlier_one_of_the_same_statute_only() -> None:
    here = an_institution()
    holder, head = a_membership(Role.DELEGATE, here), an_actor(Role.HEAD, here)
    first = an_instrument(here)
    privacy = an_instrument(here, regime="ca-privacy-act")
    row = entered(head, here, terms(holder, Power.EXTEND))
    first.refresh_from_db()
    privacy.refresh_from_db()
    assert (first.until_on, first.superseded_by) == (a_day(-1), row)
    assert privacy.until_on is None


def test_two_instruments_of_one_statute_are_never_in_force_on_one_day() -> None:
    here = an_institution()
    an_instrument(here)
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        an_instrument(here, from_on=a_day(3), signed_on=a_day())
    with pytest.raises(ParvisError, match="same statute"):
        entered(
            an_actor(Role.HEAD, here),
            here,
            terms(a_membership(Role.DELEGATE, here), Power.EXTEND, from_on=a_day(-20), signed_on=a_day(-20)),
        )


def test_terms_that_do_not_hold_together_are_refused_in_words() -> None:
    here, there = an_institution(), an_institution()
    head, holder = an_actor(Role.HEAD, here), a_membership(Role.DELEGATE, here)
    for said, words in (
        (terms(holder), "at least one power"),
        (terms(holder, Power.EXTEND, regime="no-such-law"), "Choose the statute"),
        (terms(a_membership(Role.DELEGATE, there), Power.EXTEND), "delegates of this institution"),
        (terms(a_membership(Role.OFFICER, here), Power.EXTEND), "delegates of this institution"),
        (terms(holder, Power.CORRECT), "does not know"),
    ):
        with pytest.raises(NotReadyError, match=words):
            entered(head, here, said)
    with pytest.raises(ParvisError, match="signed before"):
        entered(head, here, terms(holder, Power.EXTEND, signed_on=a_day(2)))
    assert not DelegationInstrument.objects.exists()


def test_only_the_head_and_the_central_office_enter_an_instrument() -> None:
    here, there = an_institution(), an_institution()
    said = terms(a_membership(Role.DELEGATE, here), Power.EXTEND)
    both = a_membership(Role.HEAD, here).person
    a_membership(Role.HEAD, there, person=both)
    for actor in (
        an_actor(Role.OFFICER, here),
        an_actor(Role.HEAD, there),
        acting(both, there),
        an_actor(Role.ADMINISTRATOR),
    ):
        with pytest.raises(NotAllowedError):
            entered(actor, here, said)
    entered(an_actor(Role.CENTRAL_OFFICE), here, said)


def test_the_instruments_of_an_institution_that_leaves_end() -> None:
    here = an_institution()
    an_instrument(here)
    assert end_instruments(actor=an_actor(Role.CENTRAL_OFFICE), institution=here) == 1
    assert not DelegationInstrument.objects.in_force().exists()


def test_every_power_has_its_title_and_every_section_stands_under_a_known_statute() -> None:
    assert set(POWER_TITLES) == set(Power)
    assert set(SECTIONS) <= set(regimes())
    assert section_of("ca-atia", Power.EXTEND) == "9"
    assert section_of("ca-bc", Power.EXTEND) == ""
    assert set(powers_under("ca-bc")) == set(Power)
    assert Power.NOTIFY_THIRD_PARTY not in powers_under("ca-privacy-act")
