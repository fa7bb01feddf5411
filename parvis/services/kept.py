"""Pages kept as they were made, for as long as nothing that they show has changed."""

import functools
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse

from parvis.core.actor import ActorKind
from parvis.services.queries.figures import page_version
from parvis.theme.page import current_language

if TYPE_CHECKING:
    from parvis.core.pages import ActingRequest

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
AT_MOST = 400  # pages a process keeps; a page is 20 to 200 kB
_KEPT: OrderedDict[tuple[str, ...], tuple[bytes, dict[str, str]]] = OrderedDict()


def kept_page(view: View[P]) -> View[P]:
    """Keep the page for those who are not signed in, until rows, names or editions change.

    The version is read from the database for each request, so that every process sees a change at once.
    """

    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if cast("ActingRequest", request).actor.kind is not ActorKind.PUBLIC:
            return view(request, *args, **kwargs)
        place = (current_language(), request.get_host(), request.get_full_path(), page_version())
        if place in _KEPT:
            _KEPT.move_to_end(place)
            body, headers = _KEPT[place]
            return HttpResponse(body, headers=headers)
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.streaming and not response.cookies:  # noqa: PLR2004  # OK
            _KEPT[place] = (response.content, dict(response.items()))
            while len(_KEPT) > AT_MOST:
                _KEPT.popitem(last=False)
        return response

    functools.update_wrapper(shown, view)
    return shown


def forget_pages() -> None:
    """Forget every page that is kept."""
    _KEPT.clear()
