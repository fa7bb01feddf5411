"""The catcher and the staff pages in both languages; `neutral` is where a Notify service tells of deliveries."""

from django.urls import URLPattern, path

from parvis.mail import views
from parvis.theme.addresses import address

neutral: list[URLPattern] = [
    path("mail/receipts", views.receipts, name="mail_receipts"),
]

languages: list[URLPattern] = [
    path(address("mail-catcher", "recepteur-de-courriels"), views.catcher, name="mail_catcher"),
    path(
        address("mail-catcher/<slug:public_id>", "recepteur-de-courriels/<slug:public_id>"),
        views.caught_message,
        name="caught_mail",
    ),
    path(
        address("mail-catcher/<slug:public_id>/html", "recepteur-de-courriels/<slug:public_id>/html"),
        views.caught_html,
        name="caught_mail_html",
    ),
    path(address("staff/mail", "personnel/courriels"), views.outgoing, name="outgoing_mail"),
    path(
        address("staff/mail/<slug:public_id>/retry", "personnel/courriels/<slug:public_id>/reprise"),
        views.retry,
        name="retry_mail",
    ),
    path(
        address("staff/mail/messages", "personnel/courriels/messages"),
        views.template_list,
        name="mail_templates",
    ),
    path(
        address(
            "staff/mail/messages/<slug:room>/<slug:message>",
            "personnel/courriels/messages/<slug:room>/<slug:message>",
        ),
        views.template_page,
        name="mail_template",
    ),
    path(
        address(
            "staff/mail/messages/<slug:room>/<slug:message>/<slug:spoken>.html",
            "personnel/courriels/messages/<slug:room>/<slug:message>/<slug:spoken>.html",
        ),
        views.template_html,
        name="mail_template_html",
    ),
]
