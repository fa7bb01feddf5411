from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Declare the messages of this room, its staff page, and what stands at the head of every page."""
        from parvis.accounts import letters, menu, staff  # noqa: PLC0415  # models are ready only now
        from parvis.mail.registry import register_mail  # noqa: PLC0415  # as above
        from parvis.theme.account import register_account_menu  # noqa: PLC0415  # as above
        from parvis.theme.staff import register_staff_page  # noqa: PLC0415  # as above

        register_mail(*letters.ALL)
        register_account_menu(menu.account_menu)
        register_staff_page(staff.RECOVERIES)
