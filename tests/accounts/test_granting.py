import pytest

from parvis.accounts import granting
from parvis.core.roles import Grant, Role


def test_a_staff_role_waits_for_the_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    held = [Grant(Role.OFFICER, 1), Grant(Role.REQUESTER)]
    monkeypatch.setattr(granting, "_SOURCES", {})  # what rooms registered stays out of this
    granting.register_grants("test", lambda person_id: held if person_id == 7 else [])
    assert granting.grants_of(7, is_strong=False) == (Grant(Role.REQUESTER),)
    assert granting.grants_of(7, is_strong=True) == tuple(held)
    assert granting.grants_of(8, is_strong=True) == ()
