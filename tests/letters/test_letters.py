"""Letters as PDF: what goes in comes out, in a structure that a screen reader can follow."""

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pikepdf
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parvis.core.bilingual import LANGUAGES, Language, Text
from parvis.letters.characters import BREAK, literal, typeface_characters
from parvis.letters.kinds import Content, Letter, LetterError, letters, register
from parvis.letters.rendering import render
from parvis.letters.sample import SAMPLE, SampleContent

WHAT = Text("letter", "lettre")
DAY = date(2026, 3, 1)
VERIFY = "https://parvis.example/en/verify"


def content(
    words: str = "The reports on the harbour bridge.", *, number: str = "A-2026-00012"
) -> SampleContent:
    return SampleContent(
        on=DAY,
        addressee=("Marie Tremblay", "12, rue Principale"),
        number=number,
        received_at=datetime(2026, 3, 1, 15, 4, tzinfo=UTC),
        due_on=date(2026, 3, 31),
        pages=1238,
        words=words,
        institutions=(Text("Transport Canada", "Transports Canada"),),
    )


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = []
        for number in range(len(document)):
            page = document[number]
            read = page.get_textpage()
            pages.append(read.get_text_range())
            read.close()
            page.close()
        return "\n".join(pages)
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Return a text without anything that only arranges it on a page."""
    return re.sub(rf"[\s{BREAK}\u00ad\ufffe]+", "", unicodedata.normalize("NFKC", text))


def is_read_back(words: str, read: str) -> bool:
    """Tell whether words stand in what was read. The reader gives a hyphen at the end of a line as U+FFFE."""
    wanted, had = (re.sub(rf"[\s{BREAK}]+", "", unicodedata.normalize("NFKC", one)) for one in (words, read))
    ends = {"-": "[-\ufffe]", "\u00ad": "[-\u00ad\ufffe]?"}
    return re.search("".join(ends.get(one, re.escape(one)) for one in wanted), had) is not None


def elements(node: pikepdf.Object) -> Iterator[str]:
    """Give the structure's elements in reading order."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from elements(one)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        if "/K" in node:
            yield from elements(node.K)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_is_tagged_in_its_language_and_shows_its_title(language: Language) -> None:
    with pikepdf.open(io.BytesIO(render(SAMPLE, language, content()))) as pdf:
        root = pdf.Root
        assert str(root.Lang).startswith(language)
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == SAMPLE.title.in_(language).format(number="A-2026-00012")
            assert metadata["pdfuaid:part"] == "1"
        found = list(elements(root.StructTreeRoot.K))
        headings = [one for one in found if re.fullmatch(r"/H\d", one)]
        assert headings == ["/H1", "/H2", "/H2", "/H2"]
        assert found.index("/Figure") < found.index("/H1") < found.index("/L") < found.index("/H2")
        assert found.count("/LI") == 4 + 3 + 1
        for page in pdf.pages:
            assert page.Tabs == "/S"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_can_be_read_in_order_with_days_and_numbers_of_the_language(
    language: Language,
) -> None:
    read = text_of(render(SAMPLE, language, content(), verify_at=VERIFY)).replace("\u00a0", " ")
    expected = {
        "en": ("March 1, 2026", "Marie Tremblay", "Sample letter A-2026-00012", "Received: March 1, 2026, 10:04",
               "Answer due: March 31, 2026", "1,238", "harbour bridge", "What happens next", "Transport Canada"),
        "fr": ("1er mars 2026", "Marie Tremblay", "Modèle de lettre A-2026-00012", "Reçue : 1er mars 2026, 10 h 04",
               "Réponse attendue : 31 mars 2026", "1 238", "harbour bridge", "La suite", "Transports Canada"),
    }[language]  # fmt: skip
    places = [read.index(one) for one in expected]
    assert places == sorted(places)
    assert VERIFY in read
    assert {"en": "Page 1 of 1", "fr": "Page 1 sur 1"}[language] in read


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render(SAMPLE, "en", content()) == render(SAMPLE, "en", content())


def test_a_long_letter_numbers_its_pages() -> None:
    read = text_of(render(SAMPLE, "en", content("A sentence that goes on.\n\n" * 120)))
    assert "Page 1 of 5" in read or "Page 1 of 4" in read
    assert "Page 2 of" in read


HOSTILE = (
    '#panic("x") #read("/config/settings.py") #import "x": *',
    "$ x^2 $ `raw` ```rust fn``` <label> @reference ]]] [[[ }{ */ /* // --- ... ~ \\u{41} \\",
    '"]; #eval("1+1") #{ 1 + 1 } = heading\n= Heading\n- list\n+ list\n/ term: x',
)


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_that_someone_typed_is_shown_and_never_run(words: str) -> None:
    pdf = render(SAMPLE, "en", content(words, number=words.replace("\n", " ")))
    assert (
        squeezed(text_of(pdf)).count(squeezed(words)) >= 2
    )  # in the facts and below; the title may be cut by lines
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [one for one in elements(document.Root.StructTreeRoot.K) if one.startswith("/H")] == [
            "/H1", "/H2", "/H2", "/H2"
        ]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=400))
@example("#" * 10_000)
@example("word " * 2_000)
@example("\u0301" * 300 + "e\u0301")
@example("👨‍👩‍👧👍🏽🇨🇦❤️1️⃣" * 50)
@example("ᐃᓄᒃᑎᑐᑦ العربية שלום 中文 ไทย देवनागरी")
@example("\u202eevil\u202c\x00\x07\ud800\ufeff\U0010ffff\ue000")
def test_any_text_makes_a_letter_in_both_languages(words: str) -> None:
    for language in LANGUAGES:
        assert render(SAMPLE, language, content(words, number=words[:80])).startswith(b"%PDF-")


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=0x21, max_codepoint=0x17F), min_size=1, max_size=2_000))
@example("B-")
@example("- a well-known\u00adname-")
def test_any_latin_text_is_read_back_as_it_was_typed(words: str) -> None:
    assert is_read_back(literal(words), text_of(render(SAMPLE, "en", content(words))))


def test_a_sign_that_no_typeface_has_is_written_as_its_code_point() -> None:
    assert literal("中 and \u202e") == "[U+4E2D] and [U+202E]"
    assert literal("ᐃᓄᒃ é שלום 😀") == "ᐃᓄᒃ é שלום 😀"


def test_the_scripts_that_people_write_here_are_covered() -> None:
    assert set(map(ord, "AÉœŒçñłşžĐαЯᐁᒃعאπ€—’«»…✓😀")) <= typeface_characters() | {ord("✓")}


def test_a_word_longer_than_a_line_may_break() -> None:
    shown = literal("x" * 10_000)
    assert shown.replace(BREAK, "") == "x" * 10_000
    assert max(map(len, shown.split(BREAK))) <= 41


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd(Content):
    value: object


def test_a_letter_refuses_what_it_cannot_show_and_content_of_another_kind() -> None:
    odd = Letter(
        name="letters:odd", what=WHAT, template="letters/sample", title=Text("Odd", "Étrange"), content=Odd
    )
    with pytest.raises(LetterError, match="set"):
        render(odd, "en", Odd(on=DAY, value={1}))
    with pytest.raises(LetterError, match="SampleContent"):
        render(SAMPLE, "en", Odd(on=DAY, value=""))
    with pytest.raises(LetterError, match="no template"):
        render(
            Letter(name="letters:none", what=WHAT, template="letters/none", title=odd.title, content=Odd),
            "en",
            Odd(on=DAY, value=""),
        )


def test_a_kind_of_letter_is_declared_once_with_a_title_that_it_can_fill() -> None:
    assert SAMPLE in letters()
    register(SAMPLE)  # the same again is no harm
    with pytest.raises(ValueError, match="twice"):
        register(
            Letter(
                name=SAMPLE.name,
                what=WHAT,
                template="letters/other",
                title=SAMPLE.title,
                content=SampleContent,
            )
        )
    with pytest.raises(KeyError):
        register(
            Letter(
                name="letters:x",
                what=WHAT,
                template="x/y",
                title=Text("{nobody}", "{nobody}"),
                content=SampleContent,
            )
        )
    with pytest.raises(ValueError, match="both languages"):
        register(
            Letter(name="letters:x", what=WHAT, template="x/y", title=Text("Only"), content=SampleContent)
        )
