"""What each rule looks at. Pure: a record, what is known around it, and the facts that raise the rule, or None."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from parvis.core.sort_key import sort_key
from parvis.services.quality.rules import Rule
from parvis.services.values import Answer, Number, Reading, fiscal_year, plain

Facts: TypeAlias = dict[str, str]


class Record(Protocol):
    """What the checks read of a yearly record; the others by name."""

    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known around one record. Empty where nothing is: then the rule that asks for it is silent."""

    service_id: str = ""
    institution_id: int | None = None
    main_year: int | None = None  # of its file
    is_registered: bool | None = None  # None: no register is loaded
    registered_owner: int | None = None
    programs: Mapping[str, frozenset[int | None]] = field(default_factory=dict)  # code to institutions
    applications: Number = 0
    applications_by_year: Mapping[int, Number] = field(default_factory=dict)  # what stands in other years
    standards_volume: Number = 0
    earlier_volumes: Mapping[str, Number] = field(default_factory=dict)  # of a standard: by year or edition
    services_of_identifier: int = 1  # of a standard's identifier


Check: TypeAlias = Callable[[Record, Around, Rule], Facts | None]


def reused_identifier(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where the register gives the identifier to another institution."""
    owner = around.registered_owner
    if owner is None or around.institution_id is None or owner == around.institution_id:
        return None
    return {"service_id": around.service_id}


def unregistered_identifier(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where a register is loaded and does not have the identifier."""
    return {"service_id": around.service_id} if around.is_registered is False else None


def year_out_of_scope(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where most rows of the file are of another year."""
    if around.main_year is None or record.year == around.main_year:
        return None
    return {"year": fiscal_year(record.year), "file": fiscal_year(around.main_year)}


def program_of_another_institution(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where a code is only in charts of other institutions."""
    wrong = [
        code
        for code in _codes(record, "program_id")
        if code in around.programs and around.institution_id not in around.programs[code]
    ]
    return {"program_id": ", ".join(wrong)} if wrong else None


def program_unknown(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where a chart is loaded and no institution's has the code."""
    unknown = [
        code for code in _codes(record, "program_id") if around.programs and code not in around.programs
    ]
    return {"program_id": ", ".join(unknown)} if unknown else None


def standards_count_and_service_does_not(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where standards have a volume and the service has no application."""
    if around.applications or not around.standards_volume:
        return None
    return {"total_volume": plain(around.standards_volume)}


def feedback_contradiction(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where online feedback is said in one place and denied in the other."""
    answer, channels = (
        str(_value(record, "os_issue_resolution_feedback")),
        _codes(record, "client_feedback_channel"),
    )
    if not answer or answer == Answer.NO_DATA or not channels:
        return None
    if (answer == Answer.YES) == ("ONL" in channels):
        return None
    return {"os_issue_resolution_feedback": answer, "client_feedback_channel": ", ".join(channels)}


def business_number_not_answered(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where businesses are clients and the question is called not applicable, or the reverse."""
    answer, groups = str(_value(record, "cra_bn_identifier_usage")), _codes(record, "client_target_groups")
    if not answer or answer == Answer.NO_DATA or not groups:
        return None
    if ("ECONOM" in groups) == (answer in {Answer.YES, Answer.NO}):
        return None
    return {"cra_bn_identifier_usage": answer, "client_target_groups": ", ".join(groups)}


def no_applications(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where no channel reports a number above zero."""
    return None if around.applications else {"num_applications_total": "0"}


def extreme_variation(record: Record, around: Around, rule: Rule) -> Facts | None:
    """Fire where the applications are the factor of those of the last year that reported some, or its inverse."""
    earlier = [
        year for year, number in around.applications_by_year.items() if year < record.year and number > 0
    ]
    if not earlier or not around.applications:
        return None
    before = around.applications_by_year[max(earlier)]
    return _jump(around.applications, before, fiscal_year(max(earlier)), rule.factor)


def same_volume(record: Record, around: Around, rule: Rule) -> Facts | None:
    """Fire where at least so many reported years up to this one have the same number above zero."""
    same = [
        year
        for year, number in around.applications_by_year.items()
        if year <= record.year and number == around.applications
    ]
    if not around.applications or len({*same, record.year}) < rule.years:
        return None
    return {"num_applications_total": plain(around.applications), "since": fiscal_year(min(same))}


def same_text(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where a pair of texts says the same to the letter, case and accents aside."""
    same = []
    for english in rule.fields:
        if not english.endswith("_en"):
            continue
        left, right = (str(_value(record, name)) for name in (english, f"{english.removesuffix('_en')}_fr"))
        if left and sort_key(left) == sort_key(right):
            same.append(english.removesuffix("_en"))
    return {"fields": ", ".join(same)} if same else None


def more_met_than_handled(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where both volumes are numbers and the first is the greater."""
    met, handled = _reading(record, "volume_meeting_target"), _reading(record, "total_volume")
    if met.number is None or handled.number is None or met.number <= handled.number:
        return None
    return {"volume_meeting_target": str(met), "total_volume": str(handled)}


def no_volume(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where no number above zero is reported."""
    handled = _reading(record, "total_volume")
    return None if handled.is_positive else {"total_volume": str(handled)}


def no_target(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where the target is no number above zero; NA says that there is none on purpose."""
    target = _reading(record, "target")
    if target.is_positive or target == Reading.NOT_APPLICABLE:
        return None
    return {"target": str(target)}


def standard_jump(record: Record, around: Around, rule: Rule) -> Facts | None:
    """Fire where the volume is the factor of that of an earlier year or edition, or its inverse."""
    now = _reading(record, "total_volume")
    if now.number is None or not now.is_positive:
        return None
    for when, before in around.earlier_volumes.items():
        if facts := _jump(now.number, before, when, rule.factor):
            return facts
    return None


def shared_standard_identifier(record: Record, around: Around, rule: Rule) -> Facts | None:  # noqa: ARG001  # one shape
    """Fire where more than one service has a standard of this identifier in the year."""
    return {"services": str(around.services_of_identifier)} if around.services_of_identifier > 1 else None


def _jump(now: Number, before: Number, when: str, factor: int) -> Facts | None:
    """Return the facts of a jump. It counts from the factor less a tenth: volumes move a little in a year as well."""
    if not before or not now:
        return None
    ratio = max(now, before) / min(now, before)
    if ratio < factor * 9 / 10:
        return None
    return {"now": plain(now), "before": plain(before), "when": when}


def _value(record: Record, name: str) -> object:
    return getattr(record, name)


def _codes(record: Record, name: str) -> list[str]:
    return list(getattr(record, name))


def _reading(record: Record, name: str) -> Reading:
    reading = getattr(record, name)
    return reading if isinstance(reading, Reading) else Reading.BLANK


CHECKS: Mapping[str, Check] = {
    check.__name__: check
    for check in (
        reused_identifier,
        unregistered_identifier,
        year_out_of_scope,
        program_of_another_institution,
        program_unknown,
        standards_count_and_service_does_not,
        feedback_contradiction,
        business_number_not_answered,
        no_applications,
        extreme_variation,
        same_volume,
        same_text,
        more_met_than_handled,
        no_volume,
        no_target,
        standard_jump,
        shared_standard_identifier,
    )
}
