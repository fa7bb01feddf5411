from parvis.core.actor import Actor
from parvis.core.roles import Grant, Role

OFFICER_OF_ONE = Actor.person(7, grants=(Grant(Role.OFFICER, 1), Grant(Role.CENTRAL_OFFICE)))


def test_a_role_is_held_for_one_institution_and_not_for_its_neighbour() -> None:
    assert OFFICER_OF_ONE.holds(Role.OFFICER, institution_id=1)
    assert not OFFICER_OF_ONE.holds(Role.OFFICER, institution_id=2)
    assert not OFFICER_OF_ONE.holds(Role.OFFICER)


def test_a_role_for_the_whole_installation_is_none_for_an_institution() -> None:
    assert OFFICER_OF_ONE.holds(Role.CENTRAL_OFFICE)
    assert not OFFICER_OF_ONE.holds(Role.CENTRAL_OFFICE, institution_id=1)


def test_the_set_says_what_the_row_says() -> None:
    for role in Role:
        held = {number for number in (1, 2, 3) if OFFICER_OF_ONE.holds(role, institution_id=number)}
        assert OFFICER_OF_ONE.institutions(role) == held
