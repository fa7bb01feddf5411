"""What may be answered in each section, what is proposed, what is refused and why: the same for pages and files."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.core.bilingual import LANGUAGES, Language, Text
from parvis.institutions.checklist import Section
from parvis.institutions.models import Institution, Onboarding
from parvis.institutions.states import Channel, FeeChoice, FeeMeans, JurisdictionKind
from parvis.law import Pack, packs
from parvis.theme.jurisdiction import contrast_fault

CONTACT_FIELDS = (
    "access_email",
    "access_phone",
    "access_url_en",
    "access_url_fr",
    "access_address_en",
    "access_address_fr",
)
"""Kept with the institution itself: the public page shows them."""
FIELDS: Mapping[Section, tuple[str, ...]] = {
    Section.CONTACT: CONTACT_FIELDS,
    Section.STATUTES: ("regimes",),
    Section.LANGUAGES: ("languages",),
    Section.FEES: ("fee_choice", "fee_amount", "fee_means", "fee_note_en", "fee_note_fr"),
    Section.CHANNELS: ("channels", "system_url"),
    Section.DELEGATION: ("is_head_deciding",),
    Section.WORDING: ("welcome_en", "welcome_fr", "colour_primary", "colour_accent"),
}
LISTS: Mapping[str, frozenset[str]] = {
    "languages": frozenset(LANGUAGES),
    "channels": frozenset(Channel.values),
    "fee_means": frozenset(FeeMeans.values),
}
# Statutes for local bodies, where a province has one of its own: its municipalities are under that one.
LOCAL_REGIMES = {"ca-on": "ca-on-mfippa", "ca-ns": "ca-ns-mga", "ca-sk": "ca-sk-lafoip"}


def current_packs(on: date) -> tuple[Pack, ...]:
    """Return the law packs in force on that day, one of each regime."""
    return tuple(pack for pack in packs() if pack.applies_on(on))


def regimes_for(institution: Institution, on: date) -> tuple[Pack, ...]:
    """Return the packs in force of the institution's jurisdiction, a municipality's those of its province."""
    place = institution.jurisdiction
    is_local = place.kind == JurisdictionKind.MUNICIPALITY
    code = (place.parent.code if place.parent else place.code) if is_local else place.code
    return tuple(pack for pack in current_packs(on) if pack.jurisdiction == code)


def proposed(institution: Institution, on: date) -> dict[str, Any]:
    """Return an answer to each question, from what is known already: a person looks, corrects and keeps it."""
    place = institution.jurisdiction
    code = place.parent.code if place.kind == JurisdictionKind.MUNICIPALITY and place.parent else place.code
    local = LOCAL_REGIMES.get(code)
    regimes = [pack.regime for pack in regimes_for(institution, on)]
    if local in regimes:
        is_local = place.kind == JurisdictionKind.MUNICIPALITY
        regimes = [regime for regime in regimes if (regime == local) == is_local]
    contact = {name: getattr(institution, name) for name in CONTACT_FIELDS}
    return contact | {
        "regimes": regimes,
        "languages": list(LANGUAGES),
        "fee_choice": str(FeeChoice.STATUTE),
        "fee_means": [str(FeeMeans.CARD)],
        "channels": [str(Channel.PORTAL)],
        "welcome_en": welcome(institution.title, "en"),
        "welcome_fr": welcome(institution.title, "fr"),
    }


def welcome(title: Text, language: Language) -> str:
    """Return the welcome that is proposed, in one language."""
    with translation.override(language):
        return _(
            "Ask %(title)s for the records that it holds. You will be told at each step what happens next and "
            "when you will hear from us."
        ) % {"title": title.shown(language).text}


def faults(section: Section, values: Mapping[str, Any], institution: Institution, on: date) -> dict[str, str]:
    """Return what is wrong with the answers of a section, by field, in the reader's language."""
    found: dict[str, str] = {}
    for name, known in LISTS.items():
        if name in values and set(values[name]) - known:
            found[name] = _("Choose from the list.")
    if section is Section.STATUTES:
        found |= _statute_faults(values.get("regimes", ()), institution, on)
    if section is Section.FEES:
        found |= _fee_faults(values, highest_fee(institution, on))
    if section is Section.CHANNELS:
        system, url = str(Channel.SYSTEM) in values.get("channels", ()), values.get("system_url", "")
        if system and not url:
            found["system_url"] = _("Give the address of its own system, or do not choose this way.")
    if section is Section.WORDING:
        found |= _wording_faults(values)
    return found


def _statute_faults(regimes: Iterable[str], institution: Institution, on: date) -> dict[str, str]:
    known = {pack.regime for pack in current_packs(on)}
    unknown = [regime for regime in regimes if regime not in known]
    if unknown:
        return {"regimes": _("No law pack in force is named %(names)s.") % {"names": ", ".join(unknown)}}
    own = {pack.regime for pack in regimes_for(institution, on)}
    foreign = [regime for regime in regimes if regime not in own]
    if foreign:
        said = {"names": ", ".join(foreign), "place": institution.jurisdiction.code}
        return {"regimes": _("%(names)s is not a statute of %(place)s.") % said}
    return {}


def highest_fee(institution: Institution, on: date) -> Decimal | None:
    """Return the highest application fee that a statute of the institution's jurisdiction sets, or None."""
    told = [pack.fees.application for pack in regimes_for(institution, on) if pack.fees.application]
    return max((Decimal(one) for one in told), default=None)


def _fee_faults(values: Mapping[str, Any], highest: Decimal | None) -> dict[str, str]:
    """Say what is wrong with a fee: an institution may ask for less than its statute, never for more."""
    found: dict[str, str] = {}
    amount = values.get("fee_amount")
    if values.get("fee_choice") == FeeChoice.REDUCED:
        if not highest:
            found["fee_choice"] = _("No statute of this place sets a fee, so nothing can be reduced.")
        elif amount is None:
            found["fee_amount"] = _("Give the amount that it asks for.")
        elif not 0 < amount < highest:
            found["fee_amount"] = _(
                "Give an amount above 0 and below %(highest)s, which the statute sets."
            ) % {"highest": highest}
    one, other = values.get("fee_note_en", ""), values.get("fee_note_fr", "")
    is_needed = bool(set(values.get("fee_means", ())) - {str(FeeMeans.CARD)})
    if not one and (is_needed or other):
        found["fee_note_en"] = _("Write in English how to pay: to whose order, where to.")
    if not other and (is_needed or one):
        found["fee_note_fr"] = _("Write in French how to pay: to whose order, where to.")
    return found


def _wording_faults(values: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    one, other = values.get("welcome_en", ""), values.get("welcome_fr", "")
    if one and not other:
        found["welcome_fr"] = _("Write the welcome in French as well.")
    if other and not one:
        found["welcome_en"] = _("Write the welcome in English as well.")
    for name in ("primary", "accent"):
        colour = values.get(f"colour_{name}", "")
        fault = contrast_fault(name, colour) if colour else None
        if fault:
            found[f"colour_{name}"] = _(
                "This colour has a contrast of %(ratio).1f to 1 against %(against)s, and %(least)s is needed. "
                "Choose a darker one."
            ) % {"ratio": fault.ratio, "against": fault.against, "least": fault.least}
    return found


def kept(row: Onboarding, section: Section) -> dict[str, Any]:
    """Return what was answered in a section."""
    holder: Any = row.institution if section is Section.CONTACT else row
    return {name: getattr(holder, name) for name in FIELDS[section]}


FIELD_TITLES = {
    "access_email": gettext_lazy("E-mail address of the access office"),
    "access_phone": gettext_lazy("Telephone"),
    "access_url_en": gettext_lazy("Page about requests, in English"),
    "access_url_fr": gettext_lazy("Page about requests, in French"),
    "access_address_en": gettext_lazy("Postal address, in English"),
    "access_address_fr": gettext_lazy("Postal address, in French"),
    "regimes": gettext_lazy("Statutes"),
    "languages": gettext_lazy("Working languages"),
    "fee_choice": gettext_lazy("Fees"),
    "fee_amount": gettext_lazy("Application fee that it asks for"),
    "fee_means": gettext_lazy("How the fee can be paid"),
    "fee_note_en": gettext_lazy("How to pay otherwise than by card, in English"),
    "fee_note_fr": gettext_lazy("How to pay otherwise than by card, in French"),
    "channels": gettext_lazy("How requests arrive"),
    "system_url": gettext_lazy("Address of its own system"),
    "is_head_deciding": gettext_lazy("The head decides; nothing is delegated"),
    "welcome_en": gettext_lazy("Welcome in English"),
    "welcome_fr": gettext_lazy("Welcome in French"),
    "colour_primary": gettext_lazy("Main colour"),
    "colour_accent": gettext_lazy("Second colour"),
}
