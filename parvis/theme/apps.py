from django.apps import AppConfig


class ThemeConfig(AppConfig):
    name = "parvis.theme"
    label = "theme"
