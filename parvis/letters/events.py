"""What happens to sealed documents, told in both languages."""

from parvis.audit.events import EventName, describe
from parvis.core.bilingual import Text


class LettersEvent(EventName):
    """The closed vocabulary of this room."""

    SEALED = "letters:document:sealed"
    KEY_RENEWED = "letters:key:renewed"


describe(
    {
        LettersEvent.SEALED: Text("A document was sealed", "Un document a été scellé"),
        LettersEvent.KEY_RENEWED: Text(
            "The key that seals documents was renewed", "La clé qui scelle les documents a été renouvelée"
        ),
    }
)
