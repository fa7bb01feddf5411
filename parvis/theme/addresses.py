"""Addresses in both languages. They stand in the code, not in a catalogue: a corrected translation moves no page."""

from typing import TYPE_CHECKING

from django.utils.functional import lazystr

from parvis.theme.page import current_language

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class _Address:
    def __init__(self, en: str, fr: str) -> None:
        self.en, self.fr = en, fr

    def __str__(self) -> str:
        return self.fr if current_language() == "fr" else self.en


def address(en: str, fr: str) -> "_StrPromise":
    """Return the route of a page for `path()`, in the language of whoever asks. Parameters are the same in both."""
    return lazystr(_Address(en, fr))
