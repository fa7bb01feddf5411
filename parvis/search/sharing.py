"""Which changes this machine's index has still to take in.

The index is derived: every machine builds its own from the one database. A change stays written down until each machine
that was heard of in the last week has taken it in; one that was away for longer builds its index anew.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.db.models import Count, QuerySet
from django.utils import timezone

from parvis.search.models import Change, Machine, Taken

AWAY = timedelta(days=7)


def join(root: Path) -> bool:
    """Let the database know of this machine, before anything is read for its index; say whether it knew it.

    Where it did not, changes may have been dropped meanwhile, and the index is to be built anew.
    """
    name = _own_name(root)
    known = Machine.objects.filter(pk=name).update(seen_at=timezone.now())
    if not known:
        Machine.objects.create(name=name)
    return bool(known)


def pending(root: Path) -> "QuerySet[Change]":
    """Return the changes that the index of this machine has not taken in."""
    return Change.objects.exclude(taken__machine=_own_name(root))


def note_taken(root: Path, changes: Sequence[int]) -> None:
    """Note that the index of this machine holds these; drop what every machine holds, and machines that are gone."""
    Machine.objects.filter(seen_at__lt=timezone.now() - AWAY).delete()
    name, machines = _own_name(root), Machine.objects.count()
    if machines <= 1:
        Change.objects.filter(pk__in=changes).delete()
        return
    there = Change.objects.filter(pk__in=changes).values_list("pk", flat=True)
    Taken.objects.bulk_create([Taken(change_id=pk, machine_id=name) for pk in there], ignore_conflicts=True)
    by_all = Change.objects.annotate(count=Count("taken"))
    Change.objects.filter(pk__in=by_all.filter(count__gte=machines).values("pk")).delete()


def _own_name(root: Path) -> str:
    """Return what this machine's index is called; made once, and lost with the index, as it should be."""
    path = root / "machine"
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        root.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"machine.{secrets.token_hex(4)}")
        new.write_text(secrets.token_hex(8), encoding="ascii")
        try:
            path.hardlink_to(new)
        except FileExistsError:  # another process was faster
            pass
        finally:
            new.unlink()
        return path.read_text(encoding="ascii")
