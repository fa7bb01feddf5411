"""The closed vocabulary of powers that a head may delegate, and the section that gives each where it is known.

Sources: Access to Information Act (R.S.C. 1985, c. A-1), section 95 (formerly 73), and Privacy Act (R.S.C. 1985,
c. P-21), section 73, which let the head delegate; the sections named are those that give the head each power.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

ACCESS, PRIVACY = "ca-atia", "ca-privacy-act"


class Power(StrEnum):
    """What a delegate may decide in place of the head."""

    ASSIST = "assist"
    DECLINE = "decline"
    GIVE_NOTICE = "give-notice"
    RELEASE = "release"
    TRANSFER = "transfer"
    EXTEND = "extend"
    WAIVE_FEES = "waive-fees"
    DECIDE_LANGUAGE = "decide-language"
    DECIDE_FORMAT = "decide-format"
    REFUSE = "refuse"
    REFUSE_MANDATORY = "refuse-mandatory"
    PUBLIC_INTEREST = "public-interest"
    SEVER = "sever"
    NOTIFY_THIRD_PARTY = "notify-third-party"
    DECIDE_AFTER_THIRD_PARTY = "decide-after-third-party"
    ANSWER_COMMISSIONER = "answer-commissioner"
    SIGN_RESPONSE = "sign-response"
    DISCLOSE_PERSONAL = "disclose-personal"
    CONSISTENT_USE = "consistent-use"
    CORRECT = "correct"
    REPORT = "report"


POWER_TITLES = {
    Power.ASSIST: _("Assist the requester"),
    Power.DECLINE: _("Ask the Commissioner’s approval to decline to act on a request"),
    Power.GIVE_NOTICE: _("Tell the requester whether access will be given"),
    Power.RELEASE: _("Give access to records"),
    Power.TRANSFER: _("Transfer a request to another institution"),
    Power.EXTEND: _("Extend the time limit"),
    Power.WAIVE_FEES: _("Waive or refund fees"),
    Power.DECIDE_LANGUAGE: _("Decide on translation"),
    Power.DECIDE_FORMAT: _("Decide on an alternative format"),
    Power.REFUSE: _("Refuse access where the statute leaves the choice"),
    Power.REFUSE_MANDATORY: _("Refuse access where the statute requires it"),
    Power.PUBLIC_INTEREST: _("Disclose in the public interest"),
    Power.SEVER: _("Disclose what is left after severance"),
    Power.NOTIFY_THIRD_PARTY: _("Give notice to a third party"),
    Power.DECIDE_AFTER_THIRD_PARTY: _("Decide after a third party’s representations"),
    Power.ANSWER_COMMISSIONER: _("Make representations to the Commissioner"),
    Power.SIGN_RESPONSE: _("Sign the response to the requester"),
    Power.DISCLOSE_PERSONAL: _("Disclose personal information without consent"),
    Power.CONSISTENT_USE: _("Account for uses and disclosures of personal information"),
    Power.CORRECT: _("Correct personal information or attach a notation"),
    Power.REPORT: _("Make the annual report to Parliament"),
}
SECTIONS: Mapping[str, Mapping[Power, str]] = {
    ACCESS: {
        Power.ASSIST: "4(2.1)",
        Power.DECLINE: "6.1(1)",
        Power.GIVE_NOTICE: "7(a)",
        Power.RELEASE: "7(b)",
        Power.TRANSFER: "8(1)",
        Power.EXTEND: "9",
        Power.WAIVE_FEES: "11(2)",
        Power.DECIDE_LANGUAGE: "12(2)(b)",
        Power.DECIDE_FORMAT: "12(3)(b)",
        Power.REFUSE: "14–18, 21–23",
        Power.REFUSE_MANDATORY: "13, 19, 20, 24",
        Power.PUBLIC_INTEREST: "20(6)",
        Power.SEVER: "25",
        Power.NOTIFY_THIRD_PARTY: "27(1)",
        Power.DECIDE_AFTER_THIRD_PARTY: "28(1)(b)",
        Power.ANSWER_COMMISSIONER: "35(2)(b)",
        Power.REPORT: "94",
    },
    PRIVACY: {
        Power.GIVE_NOTICE: "14(a)",
        Power.RELEASE: "14(b)",
        Power.EXTEND: "15",
        Power.DECIDE_LANGUAGE: "17(2)(b)",
        Power.DECIDE_FORMAT: "17(3)(b)",
        Power.REFUSE: "18(2), 20, 21, 22(1), 23–25, 27, 28",
        Power.REFUSE_MANDATORY: "19(1), 22(2), 26",
        Power.PUBLIC_INTEREST: "8(2)(m)",
        Power.ANSWER_COMMISSIONER: "33(2)",
        Power.DISCLOSE_PERSONAL: "8(2)(j)",
        Power.CONSISTENT_USE: "9(1), 9(4)",
        Power.CORRECT: "12(2)",
        Power.REPORT: "72",
    },
}


def section_of(regime: str, power: Power) -> str:
    """Return the section that gives the power, empty where it is not known."""
    return SECTIONS.get(regime, {}).get(power, "")


def powers_under(regime: str) -> tuple[Power, ...]:
    """Return the powers that an instrument under this statute may give: all of them where no sections are known."""
    known = SECTIONS.get(regime)
    return tuple(power for power in Power if known is None or power in known or power is Power.SIGN_RESPONSE)
