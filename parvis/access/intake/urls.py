"""Addresses of asking and of following one's own request, under /en/ and /fr/."""

from django.urls import URLPattern, path

from parvis.access.intake.journey import STEPS
from parvis.access.intake.views import already, drafts, entry, following, own, paying, steps
from parvis.theme.addresses import address

DRAFT = ("ask/<slug:public_id>", "demander/<slug:public_id>")
SENT = ("requests/<slug:public_id>", "demandes/<slug:public_id>")
asking: list[URLPattern] = [
    path(address("ask", "demander"), entry.ask, name="access_ask"),
    path(address("ask/my-file", "demander/mon-dossier"), entry.my_file, name="access_my_file"),
    path(
        address("ask/opened/<slug:public_id>", "demander/ouvert/<slug:public_id>"),
        already.opened,
        name="access_opened",
    ),
    path(address(*DRAFT), steps.draft_home, name="access_draft"),
    path(
        address(f"{DRAFT[0]}/already-answered", f"{DRAFT[1]}/deja-repondu"),
        already.already,
        name="access_already",
    ),
    path(address(f"{DRAFT[0]}/later", f"{DRAFT[1]}/plus-tard"), drafts.later, name="access_later"),
    path(address(f"{DRAFT[0]}/delete", f"{DRAFT[1]}/supprimer"), drafts.discard, name="access_discard"),
    *(
        path(
            address(f"{DRAFT[0]}/{step.en}", f"{DRAFT[1]}/{step.fr}"),
            steps.step,
            {"name": step.name},
            name=step.view_name,
        )
        for step in STEPS
        if step.form is not None
    ),
    path(address(f"{DRAFT[0]}/review", f"{DRAFT[1]}/verification"), steps.review, name="access_review"),
]
languages: list[URLPattern] = [
    *asking,
    path(address("your-requests", "vos-demandes"), own.own, name="access_own"),
    path(address("requests/links", "demandes/liens"), own.links, name="access_links"),
    path(address("requests/back/<str:key>", "demandes/retour/<str:key>"), following.back, name="access_back"),
    path(address(*SENT), following.submission, name="access_submission"),
    path(address(f"{SENT[0]}/pay", f"{SENT[1]}/payer"), paying.pay, name="access_pay"),
    path(
        address(f"{SENT[0]}/pay/<slug:payment_id>", f"{SENT[1]}/payer/<slug:payment_id>"),
        paying.card,
        name="access_card",
    ),
    path(
        address(f"{SENT[0]}/receipt.pdf", f"{SENT[1]}/accuse-de-reception.pdf"),
        following.receipt,
        {"part": "pdf"},
        name="access_receipt",
    ),
    path(
        address(f"{SENT[0]}/receipt.seal.json", f"{SENT[1]}/accuse-de-reception.sceau.json"),
        following.receipt,
        {"part": "seal"},
        name="access_receipt_seal",
    ),
    path(
        address(f"{SENT[0]}/withdraw/<slug:part>", f"{SENT[1]}/retirer/<slug:part>"),
        following.withdraw,
        name="access_withdraw",
    ),
    path(
        address(f"{SENT[0]}/clarify/<slug:part>", f"{SENT[1]}/preciser/<slug:part>"),
        following.clarify,
        name="access_clarify",
    ),
]
neutral: list[URLPattern] = [
    path("payments/process/<uuid:token>/", paying.process, name="process_payment"),
    path("payments/process/card/", paying.process_card, name="static_process_payment"),
]
