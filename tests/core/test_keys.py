from django.test import override_settings

from parvis.core.keys import derived_key


def test_a_key_is_the_same_for_one_purpose_and_another_for_each_other_purpose_and_secret() -> None:
    assert derived_key("a") == derived_key("a")
    assert derived_key("a") != derived_key("b")
    before = derived_key("a")
    with override_settings(SECRET_KEY="another " * 10):
        assert derived_key("a") != before
    assert len(before) == 32
