"""Addresses under /en/ and /fr/."""

from django.urls import URLPattern, path

from parvis.recommend import views
from parvis.theme.addresses import address

languages: list[URLPattern] = [
    path(address("before-you-ask", "avant-de-demander"), views.before_asking, name="before_asking"),
    path(
        address("how-suggestions-work", "comment-fonctionnent-les-suggestions"),
        views.how_suggestions_work,
        name="how_suggestions_work",
    ),
    path(
        address("staff/searches-without-an-answer", "personnel/recherches-sans-reponse"),
        views.unanswered,
        name="unanswered",
    ),
]
