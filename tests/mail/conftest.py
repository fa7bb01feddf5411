"""Messages of a made-up room, and a way out that fails as it is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.mail import registry
from parvis.mail.registry import MailField, MailTemplate, register_mail

ACTOR = Actor.system("tests")
ADDRESS = "alice@example.org"
WELCOME = MailTemplate(
    name="tests/welcome",
    title=Text("Welcome", "Bienvenue"),
    context={
        "name": MailField(
            help=Text("The name.", "Le nom."),
            example=Text("Alice <Tremblay> & co", "Élise <Tremblay> & cie"),
        )
    },
)
FILES = {
    "welcome.en.subject.txt": "Welcome\n",
    "welcome.fr.subject.txt": "Bienvenue\n",
    "welcome.en.txt": '{% extends "mail/base.txt" %}{% block message %}Hello {{ name }}{% endblock %}',
    "welcome.fr.txt": '{% extends "mail/base.txt" %}{% block message %}Bonjour {{ name }}{% endblock %}',
    "welcome.en.html": '{% extends "mail/base.html" %}{% block message %}<p>Hello {{ name }}</p>{% endblock %}',
    "welcome.fr.html": '{% extends "mail/base.html" %}{% block message %}<p>Bonjour {{ name }}</p>{% endblock %}',
}


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Write the files of the made-up room, and return the folder of templates."""
    (folder / "tests" / "mail").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / "tests" / "mail" / name).write_text(text)
    return folder


@pytest.fixture(autouse=True)
def made_up_room(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Declare the message of a room that exists only here, with its files in a folder that may be changed."""
    folder = write_files(tmp_path / "templates", FILES)
    loaders = [
        f"django.template.loaders.{name}.Loader" for name in ("filesystem", "app_directories")
    ]  # none keeps
    options = {**settings.TEMPLATES[0]["OPTIONS"], "loaders": loaders}
    engine = {"BACKEND": settings.TEMPLATES[0]["BACKEND"], "DIRS": [str(folder)], "OPTIONS": options}
    before = dict(registry._TEMPLATES)
    register_mail(WELCOME)
    with override_settings(TEMPLATES=[engine]):
        request.getfixturevalue("strict_templates")
        yield folder
    registry._TEMPLATES.clear()
    registry._TEMPLATES.update(before)
