"""Every declared message, of every room: whole in both languages. And each way in which one can be wrong is seen."""

from pathlib import Path

import pytest

from parvis.core.bilingual import LANGUAGES, Text
from parvis.mail.registry import PARTS, MailField, MailTemplate, mail_templates
from parvis.mail.rendering import render, template_faults
from tests.mail.conftest import FILES, WELCOME, write_files


@pytest.mark.parametrize("template", mail_templates(), ids=lambda template: template.name)
def test_every_declared_message_is_whole_and_differs_in_each_language(template: MailTemplate) -> None:
    assert not list(template_faults(template))
    english, french = (render(template, language, template.examples(language)) for language in LANGUAGES)
    assert english.subject != french.subject
    assert english.text != french.text
    assert english.html != french.html
    for rendered in (english, french):
        assert rendered.subject
        assert len(rendered.subject) <= 78, "a longer subject is cut off"
        assert "<" not in rendered.text
        assert 'lang="en"' in rendered.html
        assert 'lang="fr"' in rendered.html
    assert template.title.languages == LANGUAGES
    for one in template.context.values():
        assert one.help.languages == LANGUAGES
        assert isinstance(one.example, int) or one.example.languages == LANGUAGES


def test_a_message_without_one_of_its_six_files_is_seen(made_up_room: Path) -> None:
    assert len(FILES) == len(LANGUAGES) * len(PARTS) == 6
    for name in FILES:
        write_files(made_up_room, FILES)
        (made_up_room / "tests" / "mail" / name).unlink()
        assert [fault for fault in template_faults(WELCOME) if name in fault], name


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("welcome.fr.txt", "{{ name }}{{ town }}", "uses ['town'], which tests/welcome does not declare"),
        ("welcome.fr.txt", "{% if town %}x{% endif %}{{ name }}", "uses ['town']"),
        ("welcome.fr.txt", "{% if name and not town %}x{% endif %}", "uses ['town']"),
        ("welcome.en.html", "{% for one in towns %}{{ one }}{% endfor %}{{ name }}", "uses ['towns']"),
        ("welcome.en.html", "{{ name|default:town }}", "uses ['town']"),
        ("welcome.en.html", '{% include "mail/code.html" with code=town %}{{ name }}', "uses ['town']"),
        ("welcome.en.html", "{% with town=name %}{{ town }}{% endwith %}{{ town }}", "uses ['town']"),
        ("welcome.en.html", "<p>Hello</p>", "never says ['name'], which tests/welcome declares"),
        ("welcome.en.txt", "{% nonsense %}", "TemplateSyntaxError"),
        (
            "welcome.en.subject.txt",
            "Welcome {{ name }}",
            "says ['name']: nothing personal stands in a subject",
        ),
    ],
)
def test_what_is_undeclared_unused_or_personal_in_a_subject_is_seen(
    made_up_room: Path, name: str, text: str, said: str
) -> None:
    assert not list(template_faults(WELCOME))
    write_files(made_up_room, {name: text})
    faults = list(template_faults(WELCOME))
    assert len(faults) == 1
    assert said in faults[0]


@pytest.mark.parametrize(
    "text",
    ["{% for one in name %}{{ one }}{{ forloop.counter }}{% endfor %}", "{% if name == 'x' %}y{% endif %}"],
)
def test_what_a_template_sets_itself_need_not_be_declared(made_up_room: Path, text: str) -> None:
    write_files(made_up_room, {"welcome.en.txt": text})
    assert not list(template_faults(WELCOME))


def test_a_context_is_exactly_what_is_declared() -> None:
    with pytest.raises(ValueError, match=r"missing \['name'\], undeclared \['town'\]"):
        render(WELCOME, "en", {"town": "Ottawa"})


def test_text_is_written_as_it_is_and_html_is_escaped() -> None:
    rendered = render(WELCOME, "fr", WELCOME.examples("fr"))
    assert "Bonjour Élise <Tremblay> & cie" in rendered.text
    assert "Bonjour Élise &lt;Tremblay&gt; &amp; cie" in rendered.html
    assert "Personne ne lit les réponses" in rendered.text
    assert "Nobody reads replies" in rendered.text


def test_a_subject_is_one_line(made_up_room: Path) -> None:
    counted = MailTemplate(
        name="tests/welcome",
        title=WELCOME.title,
        context={
            "name": MailField(
                help=Text("x", "y"), example=Text("a\nBcc: b@example.org", ""), is_personal=False
            )
        },
    )
    write_files(made_up_room, {"welcome.en.subject.txt": "Welcome\n{{ name }}\n"})
    assert not list(template_faults(counted))
    assert render(counted, "en", counted.examples("en")).subject == "Welcome a Bcc: b@example.org"
