"""The page that verifies documents, in both languages; `neutral` is where programs find the keys."""

from django.urls import URLPattern, path

from parvis.letters import views
from parvis.theme.addresses import address

neutral: list[URLPattern] = [
    path(".well-known/parvis-seal-keys.json", views.seal_keys, name="seal_keys"),
]

languages: list[URLPattern] = [
    path(address("verify", "verifier"), views.verify_document, name="verify_document"),
]
