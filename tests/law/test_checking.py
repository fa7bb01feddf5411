"""`parvis law check` finds what is wrong with packs, alone and together."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from parvis.law import Confidence, Pack, Refused, State, deadline, library, pack_for, packs, received
from parvis.law.checking import check_folder, cited_values, holiday_faults, texts, typography_faults

Write = Callable[..., Path]
Changed = Callable[..., Pack]


def in_force(first: str | None, last: str | None) -> dict[str, Any]:
    return {"from": first, "until": last, "section": "1", "confidence": "sure"}


def test_the_packs_that_come_with_parvis_have_no_fault() -> None:
    found, faults = check_folder(library.PACKS)
    assert faults == []
    assert [pack.id for pack in found] == sorted(pack.id for pack in packs())


def test_two_packs_of_a_regime_neither_overlap_nor_leave_a_gap(folder: Write) -> None:
    old = {"pack": "old", "regime": "x", "in_force": in_force("2020-01-01", "2025-06-10")}
    new = {"pack": "new", "regime": "x", "in_force": in_force("2025-06-11", None)}
    assert check_folder(folder(old, new))[1] == []
    late = {**new, "in_force": in_force("2025-06-12", None)}
    assert check_folder(folder(old, late))[1] == ["new: there is a gap after old"]
    early = {**new, "in_force": in_force("2025-06-10", None)}
    assert check_folder(folder(old, early))[1] == ["new: it begins before old ends"]


def test_a_case_is_pinned_to_the_pack_of_its_receipt(folder: Write) -> None:
    old = {"pack": "old", "regime": "x", "in_force": in_force("2020-01-01", "2025-06-10")}
    new = {"pack": "new", "regime": "x", "in_force": in_force("2025-06-11", None)}
    coming = {"pack": "coming", "regime": "x", "in_force": in_force(None, None), "state": "announced"}
    both = library.packs(folder(old, new, coming))
    assert pack_for("x", date(2025, 6, 10), both).id == "old"
    assert pack_for("x", date(2025, 6, 11), both).id == "new"
    with pytest.raises(Refused, match="No pack of x is in force"):
        pack_for("x", date(2019, 12, 31), both)
    with pytest.raises(Refused, match="no regime named y"):
        pack_for("y", date(2025, 6, 11), both)
    states = {pack.id: pack.state_on(date(2025, 6, 11)) for pack in both}
    assert states == {"old": State.ENDED, "new": State.IN_FORCE, "coming": State.ANNOUNCED}


def test_a_pack_without_a_first_day_is_announced_and_says_so(folder: Write, changed: Changed) -> None:
    odd = {"pack": "odd", "in_force": in_force(None, None)}
    assert (
        "odd.yaml: in_force: a pack is announced when, and only when, the day"
        in check_folder(folder(odd))[1][0]
    )
    announced = changed(in_force=in_force(None, None), state="announced")
    assert not announced.applies_on(date(2026, 6, 1))
    due = deadline(announced, [received(date(2026, 6, 1))])
    assert due.steps[0].in_("en").startswith("This law is announced")
    assert due.statute_due == date(2026, 7, 2)


def test_faults_of_the_schema_name_the_file_the_place_and_the_reason(
    folder: Write, atia_data: dict[str, Any]
) -> None:
    wrong = {"response": {**atia_data["response"], "days": "thirty"}, "pack": "wrong"}
    nameless = {"regime": "Not A Name", "pack": "nameless"}
    faults = check_folder(folder(wrong, nameless))[1]
    assert any(
        fault.startswith("wrong.yaml: response/days: 'thirty' is not of type 'integer'") for fault in faults
    )
    assert any(fault.startswith("nameless.yaml: regime: ") for fault in faults)


def test_every_ground_is_cited_once_in_a_source_that_exists(folder: Write, atia_data: dict[str, Any]) -> None:
    twice = {"pack": "twice", "exemptions": atia_data["exemptions"] + atia_data["exemptions"][:1]}
    assert "twice.yaml: grounds: 13 stands twice" in check_folder(folder(twice))[1]
    lost = {"pack": "lost", "requester": {**atia_data["requester"], "section": "nowhere:4"}}
    assert "lost.yaml: requester: nowhere is no source of this pack" in check_folder(folder(lost))[1]


def test_a_period_follows_one_that_stands_before_it(folder: Write, atia_data: dict[str, Any]) -> None:
    backwards = {"pack": "backwards", "periods": list(reversed(atia_data["periods"]))}
    faults = check_folder(folder(backwards))[1]
    assert "backwards.yaml: periods: court follows report-received, which does not stand before it" in faults


def test_a_holiday_that_the_library_does_not_know_cannot_be_removed(changed: Changed) -> None:
    odd = changed(holidays={"removed": ["Thanksgiving Eve"]})
    assert next(holiday_faults(odd.holidays)).startswith(
        "Thanksgiving Eve is removed, but the library has no such"
    )


def test_french_is_held_to_its_typography() -> None:
    assert (
        list(typography_faults("L’accès\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}oui\N{NO-BREAK SPACE}»")) == []
    )
    for wrong in ("L'accès", "Oui : non", "Oui ; non", "« oui »", "Quoi ?"):
        assert list(typography_faults(wrong))


def test_every_value_of_every_pack_carries_section_confidence_and_who_verified_it() -> None:
    for pack in packs():
        for path, cited in cited_values(pack):
            assert cited.section, f"{pack.id}: {path}"
            assert (cited.verified is None) <= (cited.confidence is Confidence.UNSURE), f"{pack.id}: {path}"
        for path, text in texts(pack):
            assert bool(text.en) == bool(text.fr), f"{pack.id}: {path}"


def test_a_ground_is_found_by_its_section_and_by_a_reference_below_it() -> None:
    atia = pack_for("ca-atia", date(2026, 1, 1))
    found = atia.ground("19(1)")
    assert found
    assert found.title.fr == "Renseignements personnels"
    assert atia.ground("68.1")
    assert atia.ground("99") is None


def test_fourteen_governments_and_their_sister_acts_have_a_pack_and_a_country_beyond_proves_the_form() -> (
    None
):
    provinces = ["ab", "bc", "mb", "nb", "nl", "ns", "nt", "nu", "on", "pe", "qc", "sk", "yt"]
    jurisdictions = {pack.jurisdiction for pack in packs()}
    assert {"ca", *(f"ca-{province}" for province in provinces)} <= jurisdictions
    assert jurisdictions - {"ca", *(f"ca-{province}" for province in provinces)} == {"gb"}
    assert {"ca-privacy-act", "ca-on-mfippa", "ca-sk-lafoip", "ca-ns-mga"} <= {
        pack.regime for pack in packs()
    }


@pytest.mark.parametrize(
    ("regime", "before", "after"),
    [
        ("ca-ab", date(2025, 6, 10), date(2025, 6, 11)),
        ("ca-mb", date(2021, 12, 31), date(2022, 1, 1)),
        ("ca-ns", date(2027, 3, 31), date(2027, 4, 1)),
    ],
)
def test_the_laws_that_change_change_overnight(regime: str, before: date, after: date) -> None:
    assert pack_for(regime, before).id != pack_for(regime, after).id


def test_ontario_as_amended_is_announced_and_chosen_for_no_case() -> None:
    assert {pack.id for pack in packs() if pack.state is State.ANNOUNCED} == {
        "ca-on-fippa-bill97",
        "ca-on-mfippa-bill97",
    }
    assert pack_for("ca-on-fippa", date(2026, 11, 24)).id == "ca-on-fippa-1988"
