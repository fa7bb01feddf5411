"""Errors that a person can read, in their language."""

from collections.abc import Iterable


class ParvisError(Exception):
    """Something that a person asked for cannot be done; the message, which may be lazy, says what to do."""

    def __init__(self, message: object) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotAllowedError(ParvisError):
    """The actor may not do this. Pages answer 404 where the thing itself may not be known of, 403 otherwise."""


class NotReadyError(ParvisError):
    """Something still blocks this; `blockers` are the reasons, the same that the page shows."""

    def __init__(self, blockers: Iterable[object]) -> None:
        self.blockers = tuple(blockers)
        super().__init__("; ".join(str(blocker) for blocker in self.blockers))
