"""The closed vocabularies of signing in, and the way of a recovery, as data."""

from django.db.models import TextChoices

from parvis.core.states import Transition


class CodePurpose(TextChoices):
    """What a code that was mailed lets one do, and nothing else."""

    SIGN_IN = "sign-in"
    NEW_ADDRESS = "new-address"
    CONFIRM = "confirm"


class RecoveryState(TextChoices):
    """Where the recovery of an account stands whose second factor is lost."""

    ASKED = "asked"
    CONFIRMED = "confirmed"  # by an administrator; waits a day, in which it can be stopped
    DONE = "done"
    STOPPED = "stopped"


OPEN = frozenset({RecoveryState.ASKED, RecoveryState.CONFIRMED})
CONFIRM = Transition("confirm", frozenset({RecoveryState.ASKED}), RecoveryState.CONFIRMED)
COMPLETE = Transition("complete", frozenset({RecoveryState.CONFIRMED}), RecoveryState.DONE)
STOP = Transition("stop", OPEN, RecoveryState.STOPPED)
