"""A letter that shows how letters look; for `parvis letters sample` and for tests."""

from dataclasses import dataclass
from datetime import date, datetime

from parvis.core.bilingual import Text
from parvis.letters.kinds import Content, Letter, register


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleContent(Content):
    """What the sample letter holds."""

    number: str
    received_at: datetime
    due_on: date
    pages: int
    words: str
    institutions: tuple[Text, ...] = ()


SAMPLE = register(
    Letter(
        name="letters:sample",
        what=Text("sample letter", "modèle de lettre"),
        template="letters/sample",
        title=Text("Sample letter {number}", "Modèle de lettre {number}"),
        content=SampleContent,
    )
)
