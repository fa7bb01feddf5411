"""Pages of a list: `limit` and `offset` in, counted items and the next address out."""

from typing import Generic, TypeVar

from django.http import HttpRequest
from ninja import Field, Schema

Row = TypeVar("Row")
MOST = 100


class Paging(Schema):
    """Which part of a list is wanted. | Quelle partie d’une liste est voulue."""

    limit: int = Field(
        20, ge=1, le=MOST, description="How many items, 100 at most | Nombre d’éléments, 100 au plus"
    )
    offset: int = Field(
        0, ge=0, le=1_000_000, description="How many items to pass over | Nombre d’éléments à sauter"
    )


class Page(Schema, Generic[Row]):
    """One part of a list; `next` leads on, null at the end. | Une partie d’une liste; `next` mène à la suite."""

    count: int
    next: str | None
    items: list[Row]


def next_address(request: HttpRequest, paging: Paging, count: int) -> str | None:
    """Return the absolute address of the following part, or None at the end."""
    following = paging.offset + paging.limit
    if following >= count:
        return None
    parameters = request.GET.copy()
    parameters["offset"], parameters["limit"] = str(following), str(paging.limit)
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")
