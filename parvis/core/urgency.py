"""How urgent a background task is: of those that wait, the greatest goes first, whatever came before it."""

SOMEBODY_WAITS = 10
"""A person sits before a page and waits for what it does: a code by mail, an edit that is to be found.

Without it they would wait behind every receipt of a busy hour. Only short tasks bear it.
"""

PROVES = 5
"""It makes the audit trail provable: what no seal holds yet could be taken away unseen, so seals wait for no letter."""
