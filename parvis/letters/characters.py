"""Which characters a letter can show, and what stands for one that it cannot.

A letter holds what people typed. Nothing of it is ever read as markup (it travels as JSON, see `rendering.py`), and
nothing of it may stop the letter: PDF/UA refuses a character that no font of the letter has (ISO 14289-1, 7.21.4.1), so
such a one is written out as its code point, "[U+4E2D]", and nobody is deceived by a reversed line.
"""

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

from parvis.theme.vendoring import TYPEFACES

LONGEST_WORD = 40  # characters; a line of a letter holds about 85
BREAK = "\u200b"  # zero-width space: a line may end here, and nothing is seen
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_LONG_WORD = re.compile(rf"[^\s{BREAK}]{{{LONGEST_WORD},}}")
_UNSHOWN = frozenset({"Cc", "Cs", "Co", "Cn"})  # controls, halves of pairs, private use, unassigned
_TURNING = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)  # could reverse what is read


def literal(text: str) -> str:
    """Return `text` as a letter can show it: plain line ends, long words that may break, code points for the rest."""
    known = typeface_characters()
    plain = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    shown = "".join(one if _is_shown(one, known) else code_point(one) for one in plain)
    return _LONG_WORD.sub(lambda word: _breakable(word.group()), shown)


def latin_only(text: str) -> str:
    """Return `text` with every character beyond Latin written as its code point: what can always be shown."""
    return "".join(one if one == "\n" or " " <= one <= "\u017f" else code_point(one) for one in text)


def code_point(character: str) -> str:
    """Return how a character that cannot be shown is written: "[U+4E2D]"."""
    return f"[U+{ord(character):04X}]"


def _is_shown(one: str, known: frozenset[int]) -> bool:
    if one == "\n":
        return True
    return ord(one) in known and one not in _TURNING and unicodedata.category(one) not in _UNSHOWN


def _breakable(word: str) -> str:
    """Return a long word with places where its line may end, never inside what is drawn as one sign."""
    pieces, since = [], 0
    for number, one in enumerate(word):
        if since >= LONGEST_WORD and _is_letter(one) and _is_letter(word[number - 1]):
            pieces.append(BREAK)
            since = 0
        pieces.append(one)
        since += 1
    return "".join(pieces)


def _is_letter(one: str) -> bool:
    return unicodedata.category(one)[0] in "LNP"


@cache
def typeface_characters(folder: Path = TYPEFACES) -> frozenset[int]:
    """Return the code points for which a typeface of `folder` has a glyph.

    Raises FileNotFoundError when there is none: `make setup` collects them.
    """
    fonts = sorted(folder.glob("*.ttf"))
    if not fonts:
        raise FileNotFoundError(f"no typeface stands in {folder}; `make setup` collects them")
    # Bold and italic letters hold the same scripts; a family's smallest cover is what every weight of it can show.
    families: dict[str, set[int]] = {}
    for font in fonts:
        covered = _covered(font.read_bytes())
        family = font.name.partition("_")[0]
        families[family] = families[family] & covered if family in families else covered
    return frozenset().union(*families.values())


def _covered(font: bytes) -> set[int]:
    """Read the character map of a TrueType font (OpenType specification, table "cmap", formats 4 and 12)."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + count * 16, 16)
    }
    start = tables[b"cmap"]
    covered: set[int] = set()
    for number in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">I", font, start + 8 + number * 8)[0]
        form = struct.unpack_from(">H", font, at)[0]
        if form == 4:  # noqa: PLR2004  # the format's own number
            covered |= _segments(font, at)
        elif form == 12:  # noqa: PLR2004  # the format's own number
            for group in range(struct.unpack_from(">I", font, at + 12)[0]):
                first, last, _glyph = struct.unpack_from(">III", font, at + 16 + group * 12)
                covered.update(range(first, last + 1))
    return covered


def _segments(font: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    lasts = struct.unpack_from(f">{count}H", font, at + 14)
    firsts = struct.unpack_from(f">{count}H", font, at + 16 + count * 2)
    return {one for first, last in zip(firsts, lasts, strict=True) for one in range(first, last + 1)} - {
        0xFFFF
    }
