"""Addresses, under /en/ and /fr/. Pages of one institution stand below its public page; the board is for staff."""

from django.urls import URLPattern, path

from parvis.institutions.views import acting, board, delegation, onboarding, people
from parvis.theme.addresses import address

ONE = "institutions/<slug:slug>"

languages: list[URLPattern] = [
    path(address("your-roles", "vos-fonctions"), acting.act_for, name="act_for"),
    path(address(f"{ONE}/people", f"{ONE}/personnes"), people.people, name="people"),
    path(address(f"{ONE}/people/invite", f"{ONE}/personnes/inviter"), people.invite, name="invite"),
    path(address("staff/people", "personnel/personnes"), people.people, name="installation_people"),
    path(
        address("staff/people/invite", "personnel/personnes/inviter"),
        people.invite,
        name="installation_invite",
    ),
    path(
        address("roles/<slug:public_id>/end", "fonctions/<slug:public_id>/fin"),
        people.membership_end,
        name="membership_end",
    ),
    path(
        address("invitations/<slug:public_id>/resend", "invitations/<slug:public_id>/renvoyer"),
        people.invitation_resend,
        name="invitation_resend",
    ),
    path(
        address("invitations/<slug:public_id>/revoke", "invitations/<slug:public_id>/revoquer"),
        people.invitation_revoke,
        name="invitation_revoke",
    ),
    path(
        address("invitations/accept/<str:token>", "invitations/accepter/<str:token>"),
        people.invitation_accept,
        name="invitation_accept",
    ),
    path(address(f"{ONE}/delegation", f"{ONE}/delegation"), delegation.instruments, name="delegation"),
    path(
        address(f"{ONE}/delegation/enter/<slug:regime>", f"{ONE}/delegation/inscrire/<slug:regime>"),
        delegation.instrument_enter,
        name="instrument_enter",
    ),
    path(
        address("delegation/<slug:public_id>", "delegation/<slug:public_id>"),
        delegation.instrument,
        name="instrument",
    ),
    path(
        address("delegation/<slug:public_id>/document", "delegation/<slug:public_id>/document"),
        delegation.instrument_document,
        name="instrument_document",
    ),
    path(address(f"{ONE}/onboarding", f"{ONE}/integration"), onboarding.onboarding, name="onboarding"),
    path(
        address(f"{ONE}/onboarding/test", f"{ONE}/integration/essai"),
        onboarding.test,
        name="onboarding_test",
    ),
    path(
        address(f"{ONE}/onboarding/live", f"{ONE}/integration/mise-en-service"),
        onboarding.go_live,
        name="onboarding_live",
    ),
    path(
        address(f"{ONE}/onboarding/pause", f"{ONE}/integration/suspendre"),
        onboarding.pause,
        name="onboarding_pause",
    ),
    path(
        address(f"{ONE}/onboarding/answers/<slug:name>", f"{ONE}/integration/reponses/<slug:name>"),
        onboarding.section,
        name="onboarding_section",
    ),
    path(
        address("onboarding/received/<str:token>", "integration/recu/<str:token>"),
        onboarding.received,
        name="onboarding_received",
    ),
    path(address("staff/institutions", "personnel/institutions"), board.on_board, name="board"),
    path(
        address("staff/institutions.csv", "personnel/institutions.csv"), board.board_csv, name="board_export"
    ),
    path(
        address("staff/institutions/file", "personnel/institutions/fichier"),
        board.file_new,
        name="onboarding_file_new",
    ),
    path(
        address(
            "staff/institutions/files/<slug:public_id>", "personnel/institutions/fichiers/<slug:public_id>"
        ),
        board.file,
        name="onboarding_file",
    ),
    path(
        address("staff/institutions/<slug:slug>/invite", "personnel/institutions/<slug:slug>/inviter"),
        board.institution_invite,
        name="institution_invite",
    ),
    path(
        address("staff/institutions/<slug:slug>/change", "personnel/institutions/<slug:slug>/modifier"),
        board.institution_change,
        name="institution_change",
    ),
]
