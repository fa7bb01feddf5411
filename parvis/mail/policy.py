"""Who may see what is on its way: those who run the installation, and never to whom or what."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet

from parvis.core.actor import Actor
from parvis.core.roles import Role
from parvis.mail.models import OutgoingMail

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def can_see_mail(actor: Actor) -> bool:
    """Tell whether the actor may see templates, and what is on its way."""
    return actor.holds(Role.ADMINISTRATOR, Role.CENTRAL_OFFICE)


def can_see_message(actor: Actor, _mail: OutgoingMail) -> bool:
    """Tell whether the actor may know of one message. No message belongs to an institution: all or none."""
    return can_see_mail(actor)


def visible_to(actor: Actor) -> QuerySet[OutgoingMail]:
    """Return the messages of which the actor may know: the set that goes with `can_see_message`."""
    return OutgoingMail.objects.all() if can_see_mail(actor) else OutgoingMail.objects.none()


def can_retry_mail(actor: Actor, mail: OutgoingMail) -> bool:
    """Tell whether the actor may have a message tried again."""
    return can_see_message(actor, mail)


def can_see_caught(actor: Actor) -> bool:
    """Tell whether the actor may read what the catcher caught: anyone where the site is this machine's own.

    On an address that others reach, sign-in codes would be there for all to read: then only administrators may.
    """
    if settings.MAIL != "catcher":
        return False
    return urlsplit(settings.BASE_URL).hostname in THIS_MACHINE or actor.holds(Role.ADMINISTRATOR)
