from parvis.services.editions.difference import difference
from parvis.services.editions.freezing import FrozenRow, hash_of


def a_row(key: str = "1", **cells: str) -> FrozenRow:
    return FrozenRow(
        is_standard=True, key=key, service_key="ferry", institution="ferries", year=2023, cells=cells
    )


def test_rows_that_went_and_came_are_told_apart_from_those_that_changed() -> None:
    found = difference(
        [a_row("went"), a_row("same", total_volume="1"), a_row("changed", total_volume="1", target_met="Y")],
        [a_row("came"), a_row("same", total_volume="1"), a_row("changed", total_volume="2", target_met="N")],
    )
    assert [row.key for row in found.went] == ["went"]
    assert [row.key for row in found.came] == ["came"]
    assert [(one.field, one.before, one.after) for one in found.numbers] == [("total_volume", "1", "2")]
    assert [(one.before, one.after) for one in found.verdicts] == [("Y", "N")]


def test_a_volume_a_thousand_times_another_has_changed_its_unit() -> None:
    found = difference(
        [
            a_row("1", total_volume="6720000000"),
            a_row("2", total_volume="100"),
            a_row("3", total_volume="ND"),
        ],
        [a_row("1", total_volume="6594000"), a_row("2", total_volume="900"), a_row("3", total_volume="1000")],
    )
    assert [row.key for row in found.units] == ["1"]
    assert found.rows_with_other_numbers == 3


def test_what_follows_from_other_numbers_is_no_change_of_its_own() -> None:
    found = difference([a_row(performance="0.5")], [a_row(performance="0.6")])
    assert not found.numbers
    assert not found.others


def test_the_hash_of_rows_does_not_hang_on_their_order_but_on_every_word() -> None:
    one, two = a_row("1", target="0.9"), a_row("2")
    assert hash_of([one.digest, two.digest]) == hash_of([two.digest, one.digest])
    assert a_row("1", target="0.90").digest != one.digest
