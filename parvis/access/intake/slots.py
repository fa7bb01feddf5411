"""Where files are attached on the way: which step takes which, and what becomes of what a browser sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from parvis.access import queries
from parvis.access.intake.files import attach_file, remove_file
from parvis.access.intake.situation import Situation
from parvis.access.models import Draft
from parvis.access.queries.files import KeptFile
from parvis.access.states import Purpose
from parvis.core.errors import NotReadyError
from parvis.core.pages import ActingRequest

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TITLES: "dict[Purpose, _StrPromise]" = {
    Purpose.SUPPORT: _("Files that explain your request, if you have any"),
    Purpose.IDENTITY: _("A document that proves who you are"),
    Purpose.CONSENT: _("The signed consent of the person for whom you act"),
}
HINTS: "dict[Purpose, _StrPromise]" = {
    Purpose.SUPPORT: _("PDF, picture, Word, Excel, OpenDocument or plain text; %(size)d MB each at most."),
    Purpose.IDENTITY: _(
        "Only the privacy desk of the institution opens it. PDF or picture; %(size)d MB at most. "
        "Cover what is not needed."
    ),
    Purpose.CONSENT: _("Needed only if you act for somebody else. PDF or picture; %(size)d MB at most."),
}


@dataclass(frozen=True, slots=True)
class FileSlot:
    """One place at which files are attached, with those that are there."""

    purpose: Purpose
    files: tuple[KeptFile, ...]

    @property
    def title(self) -> str:
        """What belongs here."""
        return str(TITLES[self.purpose])

    @property
    def hint(self) -> str:
        """Which files are taken."""
        return HINTS[self.purpose] % {"size": settings.FILE_BYTES // settings.MEGABYTE}


def purposes_of(step: str, now: Situation) -> tuple[Purpose, ...]:
    """Return what a step takes files for."""
    if step == "details":
        return (Purpose.SUPPORT,)
    if step in {"who", "me"} and now.answers.is_personal:
        return (Purpose.IDENTITY, Purpose.CONSENT)
    return ()


def slots_of(step: str, now: Situation) -> tuple[FileSlot, ...]:
    """Return the places of a step with their files."""
    purposes = purposes_of(step, now)
    kept = queries.files_of(now.draft) if purposes else ()
    return tuple(
        FileSlot(purpose, tuple(one for one in kept if one.row.purpose == purpose)) for purpose in purposes
    )


def take_files(request: ActingRequest, step: str, now: Situation, key: str) -> tuple[str, ...]:
    """Attach what the browser sent, remove what it wants removed; return what was not taken, and why."""
    purposes = purposes_of(step, now)
    if wanted := request.POST.get("remove"):
        _remove(request, now.draft, wanted, key)
    return tuple(fault for purpose in purposes for fault in _attach(request, purpose, now.draft, key))


def _remove(request: ActingRequest, draft: Draft, public_id: str, key: str) -> None:
    row = draft.attachments.filter(public_id=public_id).first()
    if row is not None:
        remove_file(actor=request.actor, attachment=row, key=key)


def _attach(request: ActingRequest, purpose: Purpose, draft: Draft, key: str) -> Iterator[str]:
    for upload in request.FILES.getlist(f"file-{purpose}"):
        try:
            attach_file(actor=request.actor, draft=draft, purpose=purpose, upload=upload, key=key)
        except NotReadyError as error:
            yield f"{upload.name}: {error}"
