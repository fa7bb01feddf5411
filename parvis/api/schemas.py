"""Schemas that every room's API shares."""

from ninja import Schema

from parvis.core.bilingual import Text


class BilingualText(Schema):
    """A text in both languages; null where nobody gave one. | Un texte dans les deux langues; nul où il manque."""

    en: str | None
    fr: str | None

    @classmethod
    def of(cls, text: Text) -> "BilingualText":
        """Return the API's form of a text."""
        return cls(en=text.en or None, fr=text.fr or None)
