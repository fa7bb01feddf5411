"""Text as files bring it, made fit to show: encodings, markup, white space. Nothing is reworded."""

import html
import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

import ftfy

_LEAD_AND_TAIL = r"[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}"
_SUSPECT = re.compile(_LEAD_AND_TAIL)
_TAGS = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|div|a|ul|ol|li|font|sup|sub|h[1-6]|table|tbody|thead|tr|td|th|o:p)\b[^<>]*>",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"</?(?:p|br|div|li|tr|h[1-6])\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]+|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u00ad\u200b\u2060\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")
_SURROGATES = re.compile("[\udc80-\udcff]")
_STRAY_BYTES = re.compile("[\udc80-\udcff]+")


class TextDoubt(StrEnum):
    """What had to be done to a text, or could not be. A room that reports it has a reason of the same value."""

    TEXT_REPAIRED = "text-repaired"
    TEXT_DAMAGED = "text-damaged"
    MARKUP_REMOVED = "markup-removed"


class CleanText(NamedTuple):
    """A text fit to show, and what had to be done to it."""

    text: str
    doubts: tuple[TextDoubt, ...] = ()


def clean_text(raw: str) -> CleanText:
    """Return `raw` with letters put right, markup and control characters taken out, and white space tidied."""
    if raw.isascii() and "<" not in raw and "&" not in raw and "\n" not in raw:
        return CleanText(" ".join(_CONTROLS.sub("", raw).split()))
    doubts: list[TextDoubt] = []
    text = _repair_letters(raw, doubts)
    if "<" in text and _TAGS.search(text):
        doubts.append(TextDoubt.MARKUP_REMOVED)
        text = _TAGS.sub("", _BREAKS.sub("\n", text))
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return CleanText(_tidy(text), tuple(doubts))


def one_line(raw: str) -> str:
    """Return a cell that is no prose (a number, a title) on one line."""
    return " ".join(clean_text(raw).text.split())


def _repair_letters(raw: str, doubts: list[TextDoubt]) -> str:
    text = raw
    if _SURROGATES.search(text):  # bytes that are not UTF-8: an older encoding's letters
        text = _STRAY_BYTES.sub(lambda stray: _from_windows(stray.group()), text)
        doubts.append(TextDoubt.TEXT_REPAIRED)
    if _SUSPECT.search(text):
        repaired = _undo_wrong_decoding(text)
        if repaired != text:
            text = repaired
            doubts.append(TextDoubt.TEXT_REPAIRED)
    if "\ufffd" in text:
        doubts.append(TextDoubt.TEXT_DAMAGED)
    return text


def _from_windows(stray: str) -> str:
    return stray.encode("utf-8", "surrogateescape").decode("sloppy-windows-1252")


def _undo_wrong_decoding(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252, only where it goes back and forth without loss.

    Two ways must agree: each damaged run, encoded again, is whole UTF-8; and ftfy, which weighs the whole text,
    comes to the same result. Else the text stays as it is.
    """
    repaired = _SUSPECT.sub(lambda run: _read_again(run.group()), text)
    return repaired if repaired != text and repaired == ftfy.fix_encoding(text) else text


def _read_again(run: str) -> str:
    for length in range(len(run), 1, -1):
        try:
            return run[:length].encode("sloppy-windows-1252").decode("utf-8") + run[length:]
        except UnicodeError:
            continue
    return run


def _tidy(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip()
