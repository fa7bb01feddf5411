"""A file of summaries read without loading it: what an evaluation asks about, loaded or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from parvis.core.bilingual import Text
from parvis.disclosure.reading.layouts import recognise
from parvis.disclosure.reading.summaries import RefusedRowError, read_summary
from parvis.disclosure.states import Holds
from parvis.institutions import queries as institutions
from parvis.tables.table import open_table


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """One row of a file. `institution` is the slug of whoever answered it, empty where the name is not known."""

    line: int
    request_number: str
    text: Text
    institution: str
    publisher_code: str


def file_requests(path: Path) -> Iterator[FileRequest]:
    """Yield the rows of a file that a load would take, texts cleaned as a load cleans them; others are left out.

    Raises LayoutError or UnreadableFileError.
    """
    table = open_table(path)
    layout = recognise(table.header, holds=Holds.SUMMARIES)
    resolver = institutions.resolver()
    today = timezone.localdate()
    for row in table.rows():
        try:
            read = read_summary(row, layout, today=today)
        except RefusedRowError:
            continue
        found = resolver.resolve(
            slug=read.publisher_code,
            title=read.institution_as_written,
            jurisdiction=read.jurisdiction_as_written,
        )
        yield FileRequest(
            line=read.line,
            request_number=read.request_number,
            text=Text(read.summary_en, read.summary_fr),
            institution=found.slug,
            publisher_code=read.publisher_code,
        )
