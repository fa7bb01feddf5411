"""The addresses of the whole site, assembled from the rooms."""

from django.urls import URLPattern, URLResolver, include, path

from parvis.config import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include((api.urls(), "api"), namespace="api")),
]
