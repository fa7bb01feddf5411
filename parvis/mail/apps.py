from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Text
from parvis.mail.registry import MailField, MailTemplate, register_mail
from parvis.theme.staff import StaffPage, register_staff_page


class MailConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.mail"
    label = "mail"

    def ready(self) -> None:
        """Declare this room's own message, and have `parvis check` look at all."""
        from parvis.mail import (  # noqa: PLC0415  # models are ready only now
            checks,  # noqa: F401  # importing registers
            policy,
        )

        register_mail(TRIAL)
        register_staff_page(
            StaffPage(
                name="outgoing_mail",
                title=_("Outgoing messages"),
                description=_(
                    "What this site tells people: what waits, what failed, and how each message reads."
                ),
                may=policy.can_see_mail,
            )
        )


TRIAL = MailTemplate(
    name="mail/trial",
    title=Text("Trial message", "Message d’essai"),
    context={
        "asked_at": MailField(
            help=Text("The moment when the trial was asked for.", "Le moment où l’essai a été demandé."),
            example=Text("2026-11-24 15:00", "2026-11-24 15:00"),
        ),
    },
    useful_for=timedelta(hours=1),
)
