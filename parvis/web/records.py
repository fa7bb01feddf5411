"""A record's page: what it shows besides what the register says, put together once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.core.bilingual import Language, Shown, other_language
from parvis.disclosure.queries import SummaryDetail, SummaryItem, WithdrawnRecord, summary_detail
from parvis.institutions.queries import AccessContact, institution_detail
from parvis.theme.jurisdiction import current_theme
from parvis.theme.page import absolute, current_language
from parvis.web.citations import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """What the page of a record shows. `texts` has the page's language first, and only languages that have text."""

    record: SummaryDetail
    texts: tuple[Shown, ...]
    comments: tuple[Shown, ...]
    contact: AccessContact | None
    copy_address: str  # a mailto: address with the letter written, or empty
    citation: Citation

    @property
    def is_in_both(self) -> bool:
        """Whether the text exists in both languages."""
        return len(self.texts) > 1

    @property
    def has_pages(self) -> bool:
        """Whether there is something of which to ask a copy."""
        return self.record.item.pages != 0


def record_page(public_id: str) -> RecordPage | WithdrawnRecord | None:
    """Return a record with its access office, its citation and a letter that asks for a copy."""
    record = summary_detail(public_id)
    if not isinstance(record, SummaryDetail):
        return record
    institution = record.item.institution
    detail = institution_detail(institution.slug) if institution else None
    contact = detail.access_contact if detail else None
    return RecordPage(
        record=record,
        texts=_own_language_first(record.text),
        comments=_own_language_first(record.comments),
        contact=contact,
        copy_address=_letter(record.item, contact),
        citation=citation(record.item),
    )


def title(item: SummaryItem) -> str:
    """Return what the page is called: the beginning of the text, and the number, which makes it one of a kind."""
    heading = item.heading.shown(current_language()).text
    return f"{heading} ({item.request_number})" if item.request_number else heading


def publisher(item: SummaryItem) -> str:
    """Return the name of whoever released it."""
    if item.institution:
        return item.institution.title.shown(current_language()).text
    return item.institution_as_written


def citation(item: SummaryItem) -> Citation:
    """Return a reference to the record, dated today."""
    language = current_language()
    heading = item.heading.shown(language).text
    words = {"heading": heading, "number": item.request_number}
    if item.request_number:
        cited = _("%(heading)s [Summary of completed access request %(number)s]") % words
    else:
        cited = _("%(heading)s [Summary of a completed access request]") % words
    return Citation(
        key=item.public_id,
        author=publisher(item),
        title=cited,
        site=current_theme().name.in_(language),
        url=absolute(reverse("summary_detail", args=[item.public_id])),
        language=language,
        year=item.year,
        month=item.month,
        read_on=timezone.localdate(),
    )


def described(record: SummaryDetail) -> Mapping[str, Any]:
    """Describe the record as schema.org does."""
    item, language = record.item, current_language()
    published = f"{item.year}-{item.month:02}" if item.year and item.month else str(item.year or "")
    known = {
        "identifier": item.request_number,
        "datePublished": published,
        "publisher": {"@type": "GovernmentOrganization", "name": publisher(item)}
        if publisher(item)
        else None,
        "numberOfPages": item.pages,
        "abstract": record.text.shown(language).text,
        "inLanguage": list(record.text.languages),
        "isBasedOn": record.source,
    }
    return {
        "@type": "Report",
        "@id": absolute(reverse("summary_detail", args=[item.public_id])),
        "name": item.heading.shown(language).text,
        **{name: value for name, value in known.items() if value},
    }


def _own_language_first(text: Any) -> tuple[Shown, ...]:
    language: Language = current_language()
    return tuple(
        Shown(text.in_(one), one, is_fallback=one != language)
        for one in (language, other_language(language))
        if text.in_(one)
    )


def _letter(item: SummaryItem, contact: AccessContact | None) -> str:
    if not contact or not contact.email or item.is_invented:
        return ""
    words = {"number": item.request_number, "heading": item.heading.shown(current_language()).text}
    subject = _("Copy of records already released: %(number)s") % words
    body = (
        _(
            "Hello,\n\nPlease send me a copy of the records released in answer to this access request:\n\n"
            "%(number)s\n%(heading)s\n\nThank you."
        )
        % words
    )
    query = urlencode({"subject": subject, "body": body.replace("\n", "\r\n")}, quote_via=quote)
    return f"mailto:{quote(contact.email, safe='@')}?{query}"
