from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The kit, as Django knows it. It has no tables: rooms have columns that it seals."""

    name = "parvis.vault"
    label = "vault"
