"""The addresses of the whole site, assembled from the rooms."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from parvis.access import urls as access
from parvis.accounts import urls as accounts
from parvis.config import api
from parvis.institutions import urls as institutions
from parvis.letters import urls as letters
from parvis.mail import urls as mail
from parvis.recommend import urls as recommend
from parvis.services import urls as services
from parvis.theme import urls as theme
from parvis.web import urls as web

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include((api.urls(), "api"), namespace="api")),
    path("", include(theme.neutral)),
    path("", include(accounts.neutral)),
    path("", include(access.neutral)),
    path("", include(letters.neutral)),
    path("", include(mail.neutral)),
    path("", include(web.neutral)),
    *i18n_patterns(
        path("", include(accounts.languages)),
        path("", include(institutions.languages)),
        path("", include(web.languages)),
        path("", include(recommend.languages)),
        path("", include(theme.languages)),
        path("", include(letters.languages)),
        path("", include(mail.languages)),
        path("", include(services.languages)),
        path("", include(access.languages)),
        prefix_default_language=True,
    ),
]
handler400 = "parvis.web.views.errors.bad_request"
handler403 = "parvis.web.views.errors.forbidden"
handler404 = "parvis.web.views.errors.not_found"
handler500 = "parvis.web.views.errors.server_error"
