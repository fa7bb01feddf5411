"""How urgent a background task is: of those that wait, the greatest goes first, whatever came before it."""

SINGLE = 20
"""Of this task one waits at most (its `queueing_lock`). It is short, or leaves the worker its other place.

Behind them it would wait for minutes: an edit that is to be found, a seal on the trail, the tasks of a killed worker.
"""

SOMEBODY_WAITS = 10
"""A person sits before a page and waits for what it does: a code by mail.

Without it they would wait behind every receipt of a busy hour. There can be many, so they come after the single ones.
"""
