"""Why a draft cannot be sent yet: the same reasons that the page of review shows, each with the step that mends it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from parvis.access.answers import Answers
from parvis.access.models import Draft
from parvis.access.queries.terms import PartTerms
from parvis.access.queries.usual import usual_file
from parvis.access.states import AttachmentState, Purpose, RequestKind
from parvis.core.bilingual import Language

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST_TEXT = 8000
SLUGS_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason, and the name of the step at which it is mended."""

    step: str
    message: str

    def __str__(self) -> str:
        return self.message


def sending_blockers(
    draft: Draft, answers: Answers, parts: tuple[PartTerms, ...], language: Language
) -> tuple[Blocker, ...]:
    """Return all that has to be mended before a draft can be sent; nothing when it is ready."""
    files = draft.attachments.exclude(state=AttachmentState.REFUSED)
    purposes = set(files.values_list("purpose", flat=True))
    has_account = draft.person_id is not None
    return (
        *_what(answers),
        *_usual(answers, language),
        *_unfinished(answers),
        *_whom(answers, parts, language),
        *_who(answers, purposes, has_account=has_account),
        *_reach(answers),
    )


def _what(answers: Answers) -> Iterator[Blocker]:
    is_copy = answers.kind == RequestKind.COPY
    if not (answers.requested.text.strip() or answers.usual_file or (is_copy and answers.package)):
        yield Blocker("what", _("Write what you are looking for."))
    if len(answers.requested.text) > LONGEST_TEXT:
        yield Blocker("what", _("Your text is too long. Leave only what says what you are looking for."))


def _usual(answers: Answers, language: Language) -> Iterator[Blocker]:
    if not answers.usual_file:
        return
    file = usual_file(answers.usual_file)
    if file is None:
        yield Blocker("what", _("This file is not offered any more."))
        return
    for one in file.particulars:
        if one.get("is_required") and not answers.requested.particulars.get(one["name"]):
            yield Blocker("what", _("Fill in: %(name)s") % {"name": one[f"label_{language}"]})


def _unfinished(answers: Answers) -> Iterator[Blocker]:
    for step in answers.unfinished:
        yield Blocker(
            step, _("Something that you typed could not be taken yet. Open this step and correct it.")
        )


def _whom(answers: Answers, parts: tuple[PartTerms, ...], language: Language) -> Iterator[Blocker]:
    if not parts:
        yield Blocker("institutions", _("Choose at least one institution."))
    if len(answers.institutions) > SLUGS_AT_MOST:
        yield Blocker("institutions", _("Choose twenty institutions at most."))
    for part in parts:
        if part.refusal:
            yield Blocker(
                "institutions",
                f"{part.terms.reference.title.shown(language).text}: {part.refusal.in_(language)}",
            )


def _who(answers: Answers, purposes: "Collection[str]", *, has_account: bool) -> Iterator[Blocker]:
    asker = answers.asker
    if answers.kind != RequestKind.COPY and not asker.has_right:
        yield Blocker("who", _("Confirm that you have the right to ask."))
    if not asker.is_anonymous and not asker.name.strip():
        yield Blocker("who", _("Give your name."))
    if asker.is_anonymous and answers.kind != RequestKind.COPY:
        yield Blocker("who", _("This kind of request cannot be made without a name."))
    if answers.is_personal:
        if asker.identity_by == "account" and not has_account:
            yield Blocker("who", _("Sign in to prove by your account who you are, or attach a document."))
        yield from _identity(answers, purposes)


def _identity(answers: Answers, purposes: "Collection[str]") -> Iterator[Blocker]:
    asker = answers.asker
    if asker.identity_by not in {"account", "documents"}:
        yield Blocker("who", _("Say how you prove who you are."))
    if asker.identity_by == "documents" and Purpose.IDENTITY not in purposes:
        yield Blocker("who", _("Attach a document that proves who you are."))
    acts = asker.is_representative or answers.kind == RequestKind.OTHER
    if acts and not asker.represented.strip():
        yield Blocker("who", _("Give the name of the person for whom you act."))
    if acts and Purpose.CONSENT not in purposes:
        yield Blocker("who", _("Attach the signed consent of the person for whom you act."))


def _reach(answers: Answers) -> Iterator[Blocker]:
    asker = answers.asker
    if not asker.email.strip() and not asker.address.strip():
        yield Blocker(
            "contact", _("Give an e-mail address, or a postal address, where the answer can reach you.")
        )
    if answers.record_format == "paper" and not asker.address.strip():
        yield Blocker("contact", _("Give the postal address to which the pages are sent."))
