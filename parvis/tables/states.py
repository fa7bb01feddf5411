"""The states of a load, the same for every register, and how one passes from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.core.states import Transition


class LoadState(models.TextChoices):
    """Where a load stands."""

    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")
    INTERRUPTED = "interrupted", _("Interrupted; a later load went on from there")


COMPLETE = Transition("complete", frozenset({LoadState.RUNNING.value}), LoadState.COMPLETED.value)
INTERRUPT = Transition("interrupt", frozenset({LoadState.RUNNING.value}), LoadState.INTERRUPTED.value)
TRANSITIONS = (COMPLETE, INTERRUPT)
"""Every way from one state of a load to another."""
