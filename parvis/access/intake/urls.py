"""Addresses of asking and of following one's own request, under /en/ and /fr/."""

from django.urls import URLPattern, path

from parvis.access.intake.views import following
from parvis.theme.addresses import address

languages: list[URLPattern] = [
    path(address("requests/back/<str:key>", "demandes/retour/<str:key>"), following.back, name="access_back"),
    path(
        address("requests/<slug:public_id>", "demandes/<slug:public_id>"),
        following.submission,
        name="access_submission",
    ),
    path(
        address("requests/<slug:public_id>/receipt.pdf", "demandes/<slug:public_id>/accuse-de-reception.pdf"),
        following.receipt,
        {"part": "pdf"},
        name="access_receipt",
    ),
    path(
        address(
            "requests/<slug:public_id>/receipt.seal.json",
            "demandes/<slug:public_id>/accuse-de-reception.sceau.json",
        ),
        following.receipt,
        {"part": "seal"},
        name="access_receipt_seal",
    ),
    path(
        address(
            "requests/<slug:public_id>/withdraw/<slug:part>", "demandes/<slug:public_id>/retirer/<slug:part>"
        ),
        following.withdraw,
        name="access_withdraw",
    ),
]
