"""The public pages. `languages` stands under /en/ and /fr/; `neutral` speaks to machines and has no language."""

from django.urls import URLPattern, path

from parvis.theme.addresses import address
from parvis.web.views import discovery, home, prose

neutral: list[URLPattern] = [
    path("", home.choose_language, name="choose_language"),
    path("robots.txt", discovery.robots, name="robots"),
]

languages: list[URLPattern] = [
    path("", home.home, name="home"),
    *(
        path(address(page.address.en, page.address.fr), prose.show, {"page": page}, name=page.name)
        for page in prose.PAGES
    ),
]
