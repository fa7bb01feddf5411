from pathlib import Path

import pytest

from parvis.theme import messages
from parvis.theme.french import typography_faults

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("One " "thing")
def f(n):
    return ngettext("%(n)s page", "%(n)s pages", n), pgettext("of a book", "page")
"""
TEMPLATE = """{% load i18n %}
<p>{% translate "Two words" %}</p>
    {% blocktranslate trimmed with name=one %}
      Hello
      {{ name }}
    {% endblocktranslate %}
<input aria-label="{% translate "A label" %}">
"""
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"
"""


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = tmp_path / "room"
    (folder / "templates" / "room").mkdir(parents=True)
    (folder / "words.py").write_text(PYTHON)
    (folder / "templates" / "room" / "page.html").write_text(TEMPLATE)
    return folder


def write(room: Path, text: str) -> None:
    path = messages.catalogue_path(room)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CATALOGUE + text)


def test_messages_are_found_in_python_and_in_templates(room: Path) -> None:
    assert set(messages.used_messages(room)) == {
        ("", "One thing"),
        ("", "%(n)s page"),
        ("of a book", "page"),
        ("", "Two words"),
        ("", "Hello %(name)s"),
        ("", "A label"),
    }


def test_extracting_adds_what_is_new_keeps_what_is_translated_and_drops_what_is_gone(room: Path) -> None:
    write(room, 'msgid "Two words"\nmsgstr "Deux mots"\n\nmsgid "Gone"\nmsgstr "Parti"\n')
    assert messages.extract(room) == (5, 1)
    catalogue = messages.read_catalogue(messages.catalogue_path(room))
    assert catalogue["Two words"].string == "Deux mots"
    assert catalogue["One thing"].string == ""
    assert "Gone" not in catalogue
    assert messages.extract(room) == (0, 0)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("", "no translation of 'Two words'"),
        ('msgid "Two words"\nmsgstr ""\n', "is not translated"),
        ('#, fuzzy\nmsgid "Two words"\nmsgstr "Deux mots"\n', "is marked fuzzy"),
        ('msgid "Gone"\nmsgstr "Parti"\n', "used nowhere: 'Gone'"),
        ('msgid "Hello %(name)s"\nmsgstr "Bonjour %(nom)s"\n', "has other placeholders"),
        ('msgid "Two words"\nmsgstr "Deux mots :"\n', "a plain space before"),
    ],
)
def test_the_check_says_what_is_wrong_with_a_translation(room: Path, entry: str, said: str) -> None:
    write(room, entry)
    assert any(said in fault for fault in messages.faults(room))


@pytest.mark.parametrize(
    "text",
    [
        "Attention : lisez",
        "Attention: lisez",
        "Quoi?",
        "« mot »",
        "l'accès",
        "73,6 % des cas",
        "73,6% des cas",
        'un "mot"',
        "Attendez...",
    ],
)
def test_faults_of_french_typography_are_seen(text: str) -> None:
    assert typography_faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "Attention\u00a0: «\u00a0l’accès\u00a0» coûte 5\u00a0$; non\u00a0?".replace("; ", "\u00a0; "),
        "Écrivez <code>institution:santé</code> ou voyez https://example.ca/a?b=c.",
        "73,6\u00a0% et %(part)s\u00a0%",
        'Voyez <a href="/fr/">l’accueil</a>.',
        "À 10:30, page 4/5 (suite).",
    ],
)
def test_good_french_typography_passes(text: str) -> None:
    assert not typography_faults(text)
