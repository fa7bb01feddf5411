from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "parvis.disclosure"
    label = "disclosure"
