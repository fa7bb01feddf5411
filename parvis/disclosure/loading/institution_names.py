"""Which institution a path of Info Source names: its files use their own keys, and a table beside them says whose."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from parvis.institutions.queries import Resolution, Resolver
from parvis.tables.table import Table

SCHEDULE = "ati-schedule-i-"
NAME_COLUMNS = ("legal_name_en", "harmonized_name", "preferred_name", "institution_name_en", "legal_name_fr")
_NUMBERED = re.compile(r"^(?P<number>\d+|na)_(?P<words>.+)$")


@dataclass
class InstitutionNames:
    """Names by key: `institution_id` (a slug with a prefix) or `gc_orgID` (a number)."""

    resolver: Resolver
    names: dict[str, list[str]] = field(default_factory=dict)
    found: dict[tuple[str, str], Resolution] = field(default_factory=dict)

    def learn(self, tables: Iterable[Table]) -> None:
        """Read the tables that give names to keys."""
        for table in tables:
            columns = [name for name in NAME_COLUMNS if name in table.header]
            for row in table.rows():
                if row.cells is None:
                    continue
                names = [row.cells[column] for column in columns if row.cells[column]]
                for key in (
                    row.cells.get("institution_id"),
                    row.cells.get("gc_orgID", "").removesuffix(".0"),
                ):
                    if key:
                        known = self.names.setdefault(key, [])
                        known += [name for name in names if name not in known]

    def resolve(self, *, title: str, path: str) -> Resolution:
        """Find the institution by the name that its row gives, then by its key, then by the words of its path."""
        if (title, path) not in self.found:
            self.found[title, path] = self._resolve(title, path)
        return self.found[title, path]

    def _resolve(self, title: str, path: str) -> Resolution:
        answer = None
        for name in [title, *self._names_of(path)]:
            if name:
                answer = self.resolver.resolve(title=name)
                if answer.is_known:
                    return answer
        return answer or self.resolver.resolve(title=title or path)

    def _names_of(self, path: str) -> list[str]:
        numbered = _NUMBERED.match(path)
        key = numbered["number"] if numbered else path
        words = numbered["words"] if numbered else path.removeprefix(SCHEDULE)
        plain = words.replace("-", " ")
        turned = re.sub(r"^(.*) the$", r"the \1", plain)
        return [*self.names.get(key, []), plain, turned]
