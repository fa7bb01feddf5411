"""From a kind of letter, a language and its content to a PDF that everyone can read (PDF/UA-1, ISO 14289-1).

The template is code of ours; what people typed travels beside it as JSON and is shown as text, so nothing in it can be
markup. The same content gives the same bytes. Nothing is fetched and no font of the machine is used.
"""

import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import structlog
import typst
from django.apps import apps

from parvis.core.bilingual import Language, Text
from parvis.letters.characters import latin_only, literal
from parvis.letters.kinds import Content, Letter, LetterError
from parvis.theme.formats import day, moment, number
from parvis.theme.jurisdiction import OURS, current_theme
from parvis.theme.vendoring import TYPEFACES

PACKAGE = Path(__file__).resolve().parents[1]  # a template imports from "/letters/templates/letters/base.typ"
OUR_LOGO = PACKAGE / "theme" / "static" / "theme" / "logo.svg"
log = structlog.get_logger()


def render(letter: Letter, language: Language, content: Content, *, verify_at: str = "") -> bytes:
    """Return the letter as a PDF, tagged, in `language`.

    `verify_at` is the address of the page that verifies sealed documents, named at the foot of each page. Raises
    LetterError when the content is not of the letter's kind or holds what a letter cannot.
    """
    if not isinstance(content, letter.content):
        raise LetterError(f"{letter.name} holds {letter.content.__name__}, not {type(content).__name__}")
    source = _template(letter, language)
    try:
        return _compile(source, _inputs(letter, language, content, literal, verify_at), content.on)
    except typst.TypstError as error:
        # The fonts say what they have; shaping may still leave a sign out. The letter goes out all the same.
        log.warning("letters.plainer", letter=letter.name, reason=error.message.partition("`")[0])
        plainer = _inputs(letter, language, content, lambda text: latin_only(literal(text)), verify_at)
        return _compile(source, plainer, content.on)


def _template(letter: Letter, language: Language) -> Path:
    room, _slash, _rest = letter.template.partition("/")
    path = Path(apps.get_app_config(room).path) / "templates" / f"{letter.template}.{language}.typ"
    if not path.is_file():
        raise LetterError(f"{letter.name} has no template {path.name}")
    return path


def _inputs(
    letter: Letter, language: Language, content: Content, shown: Callable[[str], str], verify_at: str
) -> dict[str, str]:
    theme, data = current_theme(), _words(content, language, shown)
    whole = {
        "language": language,
        "title": letter.title.in_(language).format_map(data),
        "site": theme.name.in_(language),
        "tagline": theme.tagline.in_(language),
        "colours": OURS | dict(theme.colours),
        "day": [content.on.year, content.on.month, content.on.day],
        "verify_at": verify_at,
        "data": data,
    }
    return {"letter": json.dumps(whole), "logo": theme.logo or OUR_LOGO.read_text(encoding="utf-8")}


def _words(value: Any, language: Language, shown: Callable[[str], str]) -> Any:
    """Return a value as the template shows it: text made harmless, days and numbers as the language writes them."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, tuple):
        return [_words(one, language, shown) for one in value]
    if isinstance(value, Text | str):
        return shown(value if isinstance(value, str) else value.shown(language).text)
    if isinstance(value, int | date):
        return _figure(value, language)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [one.name for one in dataclasses.fields(value)]
        return {name: _words(getattr(value, name), language, shown) for name in names}
    raise LetterError(f"a letter holds text, numbers, days and lists of these; not {type(value).__name__}")


def _figure(value: int | date, language: Language) -> str:
    if isinstance(value, datetime):
        return moment(value, language)
    return day(value, language) if isinstance(value, date) else number(value, language)


@cache
def _typefaces() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(TYPEFACES)])


def _compile(source: Path, inputs: dict[str, str], on: date) -> bytes:
    compiler = typst.Compiler(source, root=PACKAGE, font_paths=_typefaces(), sys_inputs=inputs)
    stamp = datetime.combine(on, time(), UTC)
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=stamp)
    if not isinstance(made, bytes):
        raise LetterError("typst gave no document")
    return made
