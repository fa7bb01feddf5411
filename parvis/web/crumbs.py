"""The first steps of the way to every page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.theme.page import Crumb


def home_crumb() -> Crumb:
    """Return the way to the home page."""
    return Crumb(_("Home"), reverse("home"))
