from parvis.disclosure.reasons import Doubt, Refusal
from parvis.disclosure.states import TRANSITIONS, LoadState


def test_every_state_of_a_load_can_be_reached_from_running() -> None:
    reached = {LoadState.RUNNING.value} | {transition.target for transition in TRANSITIONS}
    assert reached == set(LoadState.values)
    assert all(transition.sources <= set(LoadState.values) for transition in TRANSITIONS)


def test_no_reason_means_both_a_refusal_and_a_doubt() -> None:
    assert not set(Refusal.values) & set(Doubt.values)
