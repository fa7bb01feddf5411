from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.accounts"
    label = "accounts"
