from parvis.disclosure.reasons import Doubt, Refusal


def test_no_reason_means_both_a_refusal_and_a_doubt() -> None:
    assert not set(Refusal.values) & set(Doubt.values)
