"""Tags of the pages of asking: sections of laws, amounts, what a kind is, and the answers of a step in words."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency
from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.access.answers import Requested, day_of
from parvis.access.fees import takes_cards
from parvis.access.intake.choosing import LawOfParts
from parvis.access.intake.situation import Situation
from parvis.access.models import UsualFile
from parvis.access.queries import PartTerms
from parvis.access.states import Category, RecordFormat, RecordsLanguage, RequestKind
from parvis.accounts.queries import identifying_providers
from parvis.institutions.queries import FeeTerms
from parvis.law import Pack
from parvis.law.model import Cited
from parvis.law.wording import citation_in
from parvis.theme import formats
from parvis.theme.page import LANGUAGE_NAMES, current_language

register = template.Library()
Facts = Iterator[tuple[object, object]]
KINDS: dict[str, Promise] = {
    RequestKind.RECORDS: gettext_lazy(
        "E-mails, reports, contracts, data: anything that it holds and that is not about you."
    ),
    RequestKind.OWN: gettext_lazy("What it holds about you. You prove who you are."),
    RequestKind.OTHER: gettext_lazy(
        "What it holds about a person who agrees in writing. You attach their signed consent."
    ),
    RequestKind.CORRECTION: gettext_lazy(
        "What it holds about you is wrong or incomplete, and you would like to have it put right."
    ),
    RequestKind.COPY: gettext_lazy(
        "The same pages that somebody else was given. It is informal, free, and needs no name."
    ),
}


@register.simple_tag
def cited(law: Pack, value: Cited) -> str:
    """Write the statute and the section where a value of a law stands."""
    return citation_in(law, value, current_language())


@register.simple_tag
def money(amount: Decimal, currency: str) -> str:
    """Write an amount: $5.00 or 5,00 $."""
    locale = formats.LOCALES[current_language()]
    return str(format_currency(amount, currency, locale=locale)).replace("\u202f", "\u00a0")


@register.simple_tag
def identifying() -> str:
    """Name the providers that verify who somebody is; empty where there is none."""
    language = current_language()
    return ", ".join(one.shown(language).text for one in identifying_providers())


@register.filter
def by_card(fees: FeeTerms) -> bool:
    """Return whether a fee can be paid by card."""
    return takes_cards(fees)


@register.simple_tag
def kind_help(kind: str) -> str:
    """Say what a kind of request is."""
    return str(KINDS[kind])


@register.simple_tag
def part_law(part: PartTerms) -> LawOfParts:
    """Return one part as a group of its own."""
    return LawOfParts(law=part.law, parts=(part,))


@register.inclusion_tag("access/ask/_answered.html")
def answered(step: str, now: Situation) -> dict[str, Any]:
    """Show what was answered at a step."""
    return {"facts": [(label, value) for label, value in FACTS[step](now) if value]}


def _what(now: Situation) -> Facts:
    yield "", now.answers.requested.text


def _institutions(now: Situation) -> Facts:
    yield "", "\n".join(part.terms.reference.title.shown(now.language).text for part in now.parts)


def _kind(now: Situation) -> Facts:
    yield "", RequestKind(now.answers.kind).label


def _details(now: Situation) -> Facts:
    answers, wanted = now.answers, now.answers.requested
    begins, ends = day_of(wanted.period_from), day_of(wanted.period_to)
    yield _("From"), formats.day(begins, now.language) if begins else ""
    yield _("To"), formats.day(ends, now.language) if ends else ""
    yield _("Words that the records likely hold"), wanted.keywords
    yield _("Places"), wanted.places
    yield _("Form"), RecordFormat(answers.record_format).label
    yield _("Language of the records"), RecordsLanguage(answers.records_language).label
    yield _("What you need to read the answer"), answers.asker.accessibility


def _particulars(now: Situation) -> Facts:
    for one in now.usual.particulars if now.usual else ():
        yield one[f"label_{now.language}"], now.answers.requested.particulars.get(one["name"], "")
    yield _("Which part of it, or anything else that helps to find it"), now.answers.requested.text


def _who(now: Situation) -> Facts:
    asker = now.answers.asker
    yield _("Name"), _("Anonymous") if asker.is_anonymous else asker.name
    yield _("Right to ask"), _("Confirmed") if asker.has_right else ""
    yield _("What kind of requester are you?"), Category(asker.category).label if asker.category else ""
    proofs = {
        "account": _("By my account, in which I am signed in"),
        "documents": _("By a document that I attach"),
    }
    yield _("How do you prove who you are?"), proofs.get(asker.identity_by, "")
    birth = day_of(asker.birth_date)
    yield _("Date of birth"), formats.day(birth, now.language) if birth else ""
    yield _("Other names that you bore"), asker.other_names
    yield _("Name of the person for whom you act"), asker.represented
    yield _("By what right you act for them"), asker.relation


def _contact(now: Situation) -> Facts:
    asker = now.answers.asker
    yield _("E-mail address"), asker.email
    yield _("Telephone"), asker.phone
    yield _("Postal address"), asker.address
    yield _("You are written to in"), LANGUAGE_NAMES["fr" if now.answers.language == "fr" else "en"]


def _me(now: Situation) -> Facts:
    yield from _who(now)
    yield from _contact(now)


def _fee(now: Situation) -> Facts:
    yield "", _("A waiver is asked for") if now.answers.waive else _("Paid by card after sending")


FACTS: dict[str, Callable[[Situation], Facts]] = {
    "what": _what,
    "institutions": _institutions,
    "kind": _kind,
    "particulars": _particulars,
    "details": _details,
    "who": _who,
    "contact": _contact,
    "me": _me,
    "fee": _fee,
}


@register.filter
def wanted(requested: Requested, usual: UsualFile | None) -> list[tuple[str, str]]:
    """Say what narrows a request besides its text: label and value, those that were given alone."""
    language = current_language()
    ends = [day_of(requested.period_from), day_of(requested.period_to)]
    period = " – ".join(formats.day(end, language) if end else "…" for end in ends) if any(ends) else ""
    labels = {one["name"]: one[f"label_{language}"] for one in usual.particulars} if usual else {}
    told = [(_("Period"), period), (_("Words"), requested.keywords), (_("Places"), requested.places)]
    told += [(labels.get(name, name), value) for name, value in requested.particulars.items()]
    return [(label, value) for label, value in told if value]
