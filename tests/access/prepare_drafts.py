"""Prepares drafts that only wait for being sent, with the session of each guest's browser: `prepare_drafts.py COUNT`.

Prints a line each: the draft's public_id, its key, and the session's cookie.
"""

import os
import sys

import django


def main() -> None:
    """Make the institutions where there are none, then the drafts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    django.setup()

    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415  # Django is ready only now
    from django.db import transaction  # noqa: PLC0415  # as above

    from parvis.access.intake.keys import SESSION_KEY  # noqa: PLC0415  # as above
    from parvis.institutions.models import Institution  # noqa: PLC0415  # as above
    from tests.access.factories import a_draft, a_receiving_institution  # noqa: PLC0415  # as above

    places = list(Institution.objects.filter(onboarding__state="live").order_by("pk"))
    places += [a_receiving_institution(slug=f"soak-{number}") for number in range(8 - len(places))]
    lines = []
    with transaction.atomic():
        for number in range(int(sys.argv[1])):
            draft, key = a_draft(*(places[(number + step) % 8] for step in range(1 + number % 3)))
            session = SessionStore()
            session[SESSION_KEY] = {draft.public_id: key}
            session.create()
            lines.append(f"{draft.public_id} {key} {session.session_key}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
