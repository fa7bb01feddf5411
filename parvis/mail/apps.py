from datetime import timedelta

from django.apps import AppConfig

from parvis.core.bilingual import Text
from parvis.mail.registry import MailField, MailTemplate, register_mail


class MailConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.mail"
    label = "mail"

    def ready(self) -> None:
        """Declare this room's own message, and have `parvis check` look at all."""
        from parvis.mail import checks  # noqa: F401, PLC0415  # models are ready only now; importing registers

        register_mail(TRIAL)


TRIAL = MailTemplate(
    name="mail/trial",
    title=Text("Trial message", "Message d’essai"),
    context={
        "asked_at": MailField(
            help=Text("The moment when the trial was asked for.", "Le moment où l’essai a été demandé."),
            example="2026-11-24 15:00",
        ),
    },
    useful_for=timedelta(hours=1),
)
