"""`neutral`: a jurisdiction's own look, with its digest, which browsers keep for ever. `languages`: the staff index."""

from django.urls import URLPattern, path

from parvis.theme import views
from parvis.theme.addresses import address

neutral: list[URLPattern] = [
    path("theme/<slug:digest>/theme.css", views.stylesheet, name="theme_stylesheet"),
    path("theme/<slug:digest>/logo.svg", views.logo, name="theme_logo"),
]

languages: list[URLPattern] = [
    path(address("staff", "personnel"), views.staff_index, name="staff"),
]
