"""What the engine says when a sequence cannot be, or a thing is not known."""

from parvis.core.bilingual import Text


class Refused(Exception):  # noqa: N818  # said as a person says it: the engine refused
    """A sequence that the law does not allow, or that cannot have happened; `text` says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
