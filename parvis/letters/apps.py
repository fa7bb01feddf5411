from django.apps import AppConfig


class LettersConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.letters"
    label = "letters"
