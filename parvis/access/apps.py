from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.access"
    label = "access"

    def ready(self) -> None:
        """Register messages, what is open at an institution, and what keeps an account from being deleted."""
        from parvis.access import letters, notices  # noqa: F401, PLC0415  # models are ready only now; the receipt registers itself
        from parvis.access.actions.working import move_open  # noqa: PLC0415  # as above
        from parvis.access.policy import can_see_desk  # noqa: PLC0415  # as above
        from parvis.access.queries.cases import count_open  # noqa: PLC0415  # as above
        from parvis.access.queries.following import open_requests_of  # noqa: PLC0415  # as above
        from parvis.accounts.menu import AccountWay, register_account_way  # noqa: PLC0415  # as above
        from parvis.accounts.queries import register_deletion_blocker  # noqa: PLC0415  # as above
        from parvis.institutions.open_work import OpenWork, register_open_work  # noqa: PLC0415  # as above
        from parvis.mail.registry import register_mail  # noqa: PLC0415  # as above
        from parvis.theme.staff import StaffPage, register_staff_page  # noqa: PLC0415  # as above

        register_mail(*notices.ALL)
        register_open_work(
            OpenWork(
                name="access",
                title=_("open access requests"),
                count=count_open,
                move=lambda actor, from_id, to_id: move_open(actor=actor, from_id=from_id, to_id=to_id),
            )
        )
        register_staff_page(
            StaffPage(
                name="access_desk",
                title=_("Requests to answer"),
                description=_("See what your institution was asked, when each answer is due, and why."),
                may=can_see_desk,
            )
        )
        register_deletion_blocker("access", open_requests_of)
        register_account_way(
            AccountWay(
                name="access_own",
                title=_("Your requests"),
                may=lambda actor: actor.person_id is not None,
            )
        )
