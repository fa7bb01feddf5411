"""What the tags of every page write."""

import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from parvis.core.bilingual import Language, Provenance, Text


def written(source: str, language: Language = "en", **context: object) -> str:
    with translation.override(language):
        return Template("{% load parvis %}" + source).render(Context(context)).strip()


def test_a_text_in_the_pages_language_is_written_plainly() -> None:
    assert written("{% bilingual text %}", text=Text("Water", "Eau")) == "Water"
    assert written("{% bilingual text %}", "fr", text=Text("Water", "Eau")) == "Eau"


def test_a_text_in_the_other_language_has_its_lang_and_a_label() -> None:
    assert written("{% bilingual text %}", text=Text(fr="Eau")) == (
        '<span lang="fr">Eau</span> <span class="tag">In French only</span>'
    )
    assert "En anglais seulement" in written("{% bilingual text %}", "fr", text=Text(en="Water"))
    assert written("{% bilingual text label=False %}", text=Text(fr="Eau")) == '<span lang="fr">Eau</span>'


@pytest.mark.parametrize(
    ("provenance", "label"),
    [(Provenance.MACHINE, "Machine translation"), (Provenance.HUMAN, "Translation"), (Provenance.SOURCE, "")],
)
def test_a_translation_says_whose_it_is(provenance: Provenance, label: str) -> None:
    text = written("{% bilingual text origin %}", text=Text("Water", "Eau"), origin={"en": provenance})
    assert text == (f'Water <span class="tag">{label}</span>' if label else "Water")


def test_what_a_text_holds_is_escaped() -> None:
    assert written("{% bilingual text %}", text=Text("<b>a & b")) == "&lt;b&gt;a &amp; b"
    assert written("{{ text|plain }}", text=Text("<b>")) == "&lt;b&gt;"


def test_in_french_no_line_begins_with_a_punctuation_mark() -> None:
    text = Text("", "Coût : combien ? « Rien »")
    assert written("{{ text|plain }}", "fr", text=text) == ("Coût\u00a0: combien\u00a0? «\u00a0Rien\u00a0»")


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 1, []),
        (1, 3, ["1", "2", "3"]),
        (5, 9, ["1", "…", "4", "5", "6", "…", "9"]),
        (2, 9, ["1", "2", "3", "…", "9"]),
    ],
)
def test_the_way_through_pages_shows_the_ends_and_what_is_near(
    rf: RequestFactory, number: int, last: int, shown: list[str]
) -> None:
    context = Context({"request": rf.get(f"/en/search?q=a+b&page={number}")})
    html = Template('{% load parvis %}{% pagination number last "Pages" %}').render(
        Context({**context.flatten(), "number": number, "last": last})
    )
    steps = re.findall(r'pagination-(?:step|gap)">\s*(?:<span[^>]*>(…)|<a[^>]*>.*?</span>([\d,]+)<)', html)
    assert [one or other for one, other in steps] == shown
    if last > 1:
        assert 'aria-current="page"' in html
        assert "q=a+b" in html
        assert "page=1" not in html.replace("page=1&", "")


def test_a_text_is_cut_between_words_and_keeps_the_spaces_that_hold_french_punctuation() -> None:
    text = "Les ponts de Montréal\u00a0: Champlain et <Mercier>"
    assert written("{{ text|first_words:4 }}", text=text) == "Les ponts de Montréal…"
    assert written("{{ text|first_words:5 }}", text=text) == "Les ponts de Montréal\u00a0: Champlain…"
    assert written("{{ text|first_words:9 }}", text=text) == text.replace("<", "&lt;").replace(">", "&gt;")
