"""Whether this is a demonstration on somebody's own machine: there, and only there, known secrets serve."""

from urllib.parse import urlsplit

from django.conf import settings

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def is_demonstration() -> bool:
    """Return whether this installation sends no mail and is seen by this machine only."""
    return settings.MAIL == "catcher" and urlsplit(settings.BASE_URL).hostname in THIS_MACHINE
