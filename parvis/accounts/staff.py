"""This room's entry in the staff index."""

from django.utils.translation import gettext_lazy as _

from parvis.accounts.policy import can_list_recoveries
from parvis.theme.staff import StaffPage

RECOVERIES = StaffPage(
    name="recoveries",
    title=_("Account recoveries"),
    description=_(
        "Confirm, after making sure who asks, that someone who lost their second factor may set up a new one."
    ),
    may=can_list_recoveries,
)
