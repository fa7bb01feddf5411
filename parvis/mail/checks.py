"""`parvis check` looks at every declared message, and at a catcher that others could read."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  # Django's own name for it

from parvis.mail.policy import THIS_MACHINE
from parvis.mail.registry import mail_templates
from parvis.mail.rendering import template_faults


@register(Tags.templates)
def every_message_is_whole(app_configs: Sequence[AppConfig] | None, **_words: object) -> list[CheckMessage]:  # noqa: ARG001  # Django's signature
    """Say what is wrong with the files of declared messages."""
    return [
        Error(fault, id="parvis.mail.E001")
        for template in mail_templates()
        for fault in template_faults(template)
    ]


@register(Tags.security, deploy=True)
def messages_leave(app_configs: Sequence[AppConfig] | None, **_words: object) -> list[CheckMessage]:  # noqa: ARG001  # Django's signature
    """Warn of a public installation that sends nothing."""
    if settings.MAIL != "catcher" or urlsplit(settings.BASE_URL).hostname in THIS_MACHINE:
        return []
    said = (
        "PARVIS_MAIL=catcher: no message leaves this installation; they are shown to administrators instead."
    )
    return [Warning(said, hint="Set PARVIS_MAIL; see docs/operations.md.", id="parvis.mail.W001")]
