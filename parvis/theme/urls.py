"""The addresses of a jurisdiction's own look. They carry its digest, so browsers keep them for ever."""

from django.urls import URLPattern, path

from parvis.theme import views

urlpatterns: list[URLPattern] = [
    path("theme/<slug:digest>/theme.css", views.stylesheet, name="theme_stylesheet"),
    path("theme/<slug:digest>/logo.svg", views.logo, name="theme_logo"),
]
