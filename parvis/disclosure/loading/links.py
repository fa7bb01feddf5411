"""Which banks are related to which classes: by the numbers in a bank's own text, and by a table of links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from parvis.disclosure.loading.institution_names import InstitutionNames
from parvis.disclosure.models import ClassOfRecords, PersonalInformationBank
from parvis.tables.table import Table, TableRow
from parvis.tables.text import clean_text, one_line

Pair = tuple[int, int]  # keys of a bank and a class

_NUMBERS = re.compile(r"\b[^\W\d_][\w’'&-]{1,11} (?:[^\W\d_]{2,5} )?\d{1,4}[A-Za-z]?\b")


@dataclass
class Numbers:
    """Banks and classes of one source by institution and number; standard classes by number alone."""

    banks: dict[tuple[int | None, str], list[int]] = field(default_factory=dict)
    classes: dict[tuple[int | None, str], list[int]] = field(default_factory=dict)

    @classmethod
    def of_source(cls, source: str) -> "Numbers":
        """Read all numbers of one source."""
        numbers = cls()
        for bank in PersonalInformationBank.objects.published().filter(source__name=source).order_by("pk"):
            numbers.banks.setdefault((bank.institution_id, bank.number_key), []).append(bank.pk)
        for one in ClassOfRecords.objects.published().filter(source__name=source).order_by("pk"):
            for number in {one.number_key, one.number_en, one.number_fr} - {""}:
                place = None if one.is_standard else one.institution_id
                numbers.classes.setdefault((place, number), []).append(one.pk)
        return numbers

    def class_of(self, institution_id: int | None, number: str) -> int | None:
        """Find the one class of an institution that has a number, or the standard class."""
        found = self.classes.get((institution_id, number)) or self.classes.get((None, number), [])
        return found[0] if found else None


def linked_pairs(source: str) -> set[Pair]:
    """Return the links that are kept now."""
    rows = PersonalInformationBank.objects.filter(source__name=source, classes__isnull=False)
    return set(rows.values_list("pk", "classes"))


def links_in_texts(source: str, numbers: Numbers) -> set[Pair]:
    """Return the links that banks name themselves."""
    pairs = set()
    for bank in PersonalInformationBank.objects.published().filter(source__name=source).order_by("pk"):
        for number in _NUMBERS.findall(f"{bank.related_en}\n{bank.related_fr}"):
            if one := numbers.class_of(bank.institution_id, number):
                pairs.add((bank.pk, one))
    return pairs


def links_in_table(
    table: Table, names: InstitutionNames, numbers: Numbers
) -> Iterator[tuple[TableRow, Pair | None]]:
    """Yield every row of a table of links with the pair that it links, or None where it is not in the files."""
    for row in table.rows():
        if row.cells is None:
            yield row, None
            continue
        institution = names.resolve(title="", path=one_line(row.cells["institution_id"])).institution_id
        banks = numbers.banks.get((institution, one_line(row.cells["bank_number_key"])), [])
        one = numbers.class_of(institution, one_line(row.cells["cor_record_number"]))
        yield row, (banks[0], one) if banks and one else None


def category_values(cells: dict[str, str]) -> dict[str, str]:
    """Return one category of personal information by our fields."""
    texts = {name: clean_text(cells.get(name, "")).text for name in ("examples_en", "examples_fr")}
    names = {name: one_line(cells[name])[:200] for name in ("name_en", "name_fr")}
    return {"code": one_line(cells["PI_CAT_ID"])[:20], **names, **texts}
