"""The installation's files, wherever they are kept: in the home folder or in an object store."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

from parvis.config.backups.manifest import BackupError


def names(folder: str = "") -> Iterator[str]:
    """Yield the name of every file that is kept."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever kept
        return
    for name in files:
        if name:
            yield f"{folder}/{name}" if folder else name
    for name in folders:
        yield from names(f"{folder}/{name}" if folder else name)


def copy_out(target: Path) -> None:
    """Copy every file below `target`. One that is taken away meanwhile was not part of the moment."""
    for name in names():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with default_storage.open(name) as source, path.open("xb") as copy:
                shutil.copyfileobj(source, copy)
        except FileNotFoundError:
            path.unlink(missing_ok=True)


def copy_in(source: Path) -> None:
    """Keep every file below `source` under its name, and nothing else."""
    wanted = {path.relative_to(source).as_posix(): path for path in source.rglob("*") if path.is_file()}
    for name in sorted(names()):
        default_storage.delete(name)
    for name, path in sorted(wanted.items()):
        with path.open("rb") as file:
            if default_storage.save(name, File(file)) != name:
                raise BackupError(f"The file {name} could not be kept under its own name.")
