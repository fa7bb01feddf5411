from decimal import Decimal

import pytest

from parvis.services.indicators.verdict import verdict


@pytest.mark.parametrize(
    ("given", "target", "met", "total", "expected"),
    [
        ("N", "0.5", 9, 10, "N"),
        ("", "0.9", 9, 10, "Y"),
        ("", "0.9", 89, 100, "N"),
        ("", "1", 51811, 51813, "Y"),
        ("", "0", 9, 10, "NA"),
        ("", None, 9, 10, "NA"),
        ("", "0.9", None, 10, "NA"),
        ("", "0.9", 0, 0, "NA"),
        ("", "0.9", 0, 10, "N"),
    ],
)
def test_the_sources_verdict_stands_and_where_there_is_none_the_official_rule_gives_one(
    given: str, target: str | None, met: int | None, total: int, expected: str
) -> None:
    said = None if target is None else Decimal(target)
    assert verdict(given, target=said, volume_meeting_target=met, total_volume=total) == expected
