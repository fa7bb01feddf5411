"""The messages that rooms can send. Each is declared once, with all that its texts may use, and has six files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from parvis.core.bilingual import Language, Text

PARTS = ("subject.txt", "txt", "html")


@dataclass(frozen=True, slots=True)
class MailField:
    """One thing that a message says. `example` is what previews and tests show, a number or words; it is invented.

    `is_personal` (about a person, or secret, as most is) keeps it out of the subject, which anyone sees in passing.
    """

    help: Text
    example: Text | int
    is_personal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTemplate:
    """One message: `name` is room and message ("accounts/sign_in_code"); `title` is how staff call it.

    Its files are `templates/<room>/mail/<message>.<language>.{subject.txt,txt,html}`. After `useful_for` it is not
    tried any more and its content is erased.
    """

    name: str
    title: Text
    context: Mapping[str, MailField] = field(default_factory=dict)
    useful_for: timedelta = timedelta(days=3)

    def file(self, language: Language, part: str) -> str:
        """Return the template's file for one language and one of `PARTS`."""
        room, message = self.name.split("/")
        return f"{room}/mail/{message}.{language}.{part}"

    def examples(self, language: Language) -> dict[str, str | int]:
        """Return an example of everything that it says, in one language."""
        given = {name: one.example for name, one in self.context.items()}
        return {name: one.in_(language) if isinstance(one, Text) else one for name, one in given.items()}


_TEMPLATES: dict[str, MailTemplate] = {}


def register_mail(*templates: MailTemplate) -> None:
    """Declare messages. A room calls it in `apps.py:ready()`; `parvis check` then looks at their files."""
    for template in templates:
        _TEMPLATES[template.name] = template


def mail_template(name: str) -> MailTemplate:
    """Return a declared message. Raises LookupError for a name that no room declared."""
    try:
        return _TEMPLATES[name]
    except KeyError:
        raise LookupError(f"no room declared the message {name!r}") from None


def is_mail_template(name: str) -> bool:
    """Tell whether a room declared this message."""
    return name in _TEMPLATES


def mail_templates() -> tuple[MailTemplate, ...]:
    """Return every declared message, by name."""
    return tuple(_TEMPLATES[name] for name in sorted(_TEMPLATES))
