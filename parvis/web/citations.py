"""How to cite a record: a sentence in the manner of the APA's manual, and files for reference managers.

Sources: Publication Manual of the American Psychological Association, 7th edition, 10 (reports, websites); RIS format
specification; BibTeX's entry type `misc`.
"""

import re
from dataclasses import dataclass
from datetime import date

from parvis.core.bilingual import Language
from parvis.theme import formats

_BIBTEX_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_BIBTEX_SPECIAL |= {character: f"\\{character}" for character in "&%$#_{}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What a reference to one record holds. `title` and `author` are in `language`; a date may be partly known."""

    key: str
    author: str
    title: str
    site: str
    url: str
    language: Language
    year: int | None = None
    month: int | None = None
    read_on: date

    @property
    def dated(self) -> str:
        """The date in words, as far as it is known."""
        if not self.year:
            return "s.\u00a0d." if self.language == "fr" else "n.d."
        if not self.month:
            return str(self.year)
        name = formats.month(self.year, self.month, self.language).rsplit(" ", 1)[0]
        return f"{self.year}, {name}"

    @property
    def sentence_before_title(self) -> str:
        """Author and date."""
        return f"{self.author.rstrip('.')}. ({self.dated})."

    @property
    def sentence_after_title(self) -> str:
        """Site and address."""
        read = formats.day(self.read_on, self.language)
        if self.language == "fr":
            return f"{self.site}. Consulté le\u00a0{read}, à l’adresse {self.url}"
        return f"{self.site}. Retrieved {read}, from {self.url}"

    def bibtex(self) -> str:
        """Return an entry for BibTeX."""
        fields = {
            "author": f"{{{_bibtex(self.author)}}}",
            "title": f"{{{_bibtex(self.title)}}}",
            "year": str(self.year or ""),
            "month": str(self.month or ""),
            "howpublished": _bibtex(self.site),
            "url": self.url,
            "urldate": self.read_on.isoformat(),
            "language": "french" if self.language == "fr" else "english",
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{re.sub(r'[^A-Za-z0-9-]', '', self.key)},", *lines, "}", ""])

    def ris(self) -> str:
        """Return a record in RIS. Its lines end as the format asks, with a carriage return and a line feed."""
        fields = [
            ("TY", "GOVDOC"),
            ("AU", _one_line(self.author)),
            ("TI", _one_line(self.title)),
            ("PY", str(self.year or "")),
            ("DA", f"{self.year}/{self.month:02}//" if self.year and self.month else ""),
            ("PB", self.site),
            ("UR", self.url),
            ("Y2", f"{self.read_on:%Y/%m/%d}/"),
            ("LA", self.language),
        ]
        return "\r\n".join([*(f"{tag}  - {value}" for tag, value in fields if value), "ER  - ", ""])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _bibtex(text: str) -> str:
    return "".join(_BIBTEX_SPECIAL.get(character, character) for character in _one_line(text))
