"""`parvis demo`, `parvis serve`, `parvis worker`, `parvis database …`."""

import argparse
import os
import subprocess
from pathlib import Path

from parvis.config import demonstration, embedded_postgres
from parvis.config.backups.commands import COMMANDS as BACKUP_COMMANDS
from parvis.config.children import Signals, worker_words
from parvis.config.environment import read_environment
from parvis.config.parent import end_with_make
from parvis.config.postgres_place import binaries
from parvis.config.supervisor import Supervisor, only_one, open_port
from parvis.core.commands import Command, Needs
from parvis.core.errors import ParvisError

LARGEST_PORT = 65_535


def port_number(text: str) -> int:
    """Read a port."""
    port = int(text) if text.isdigit() else -1
    if not 0 <= port <= LARGEST_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 (any free one) to {LARGEST_PORT}")
    return port


def listening(parser: argparse.ArgumentParser) -> None:
    """Take where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=port_number, default=8000, help="default: %(default)s")


def listening_for_demo(parser: argparse.ArgumentParser) -> None:
    """Take where to listen; and, for make, to end when make was killed."""
    listening(parser)
    parser.add_argument("--end-with-parent", action="store_true", help=argparse.SUPPRESS)


def serve(arguments: argparse.Namespace) -> int:
    """Run web and worker until a signal comes."""
    environment = read_environment()
    if demonstration.unapplied_migrations():
        raise ParvisError("The database is not at this version yet. Run `parvis migrate` first.")
    signals = Signals()
    signals.install()
    with (
        only_one(environment.home.resolve()),
        open_port(arguments.host, arguments.port) as listener,
    ):
        return Supervisor(environment, listener, signals).run()


def demo(arguments: argparse.Namespace) -> int:
    """Prepare what is missing, then serve."""
    environment = read_environment()
    if arguments.end_with_parent:
        end_with_make()
    signals = Signals()
    logs = environment.home.resolve() / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    with only_one(environment.home.resolve()), open_port(arguments.host, arguments.port) as listener:
        demonstration.prepare(environment)
        signals.install()
        print(f"Starting web and worker (their lines go to {logs}) …", flush=True)
        return Supervisor(environment, listener, signals, logs=logs).run()


def worker(_arguments: argparse.Namespace) -> int:
    """Become the worker."""
    return subprocess.run(worker_words(), check=False).returncode  # noqa: S603  # our own words


def database_url(_arguments: argparse.Namespace) -> int:
    """Print the address of the database."""
    environment = read_environment()
    print(environment.database_url or embedded_postgres.connection_url(environment.home))
    return 0


def into_file(parser: argparse.ArgumentParser) -> None:
    """Take the file to write."""
    parser.add_argument("file", type=Path, help="the new file, in PostgreSQL's custom format")


def database_dump(arguments: argparse.Namespace) -> int:
    """Write all of the database to one file, by way of a temporary name."""
    environment = read_environment()
    url = environment.database_url or embedded_postgres.connection_url(environment.home)
    if arguments.file.exists():
        raise ParvisError(f"{arguments.file} exists already; name a new file.")
    new = arguments.file.with_name(f".{arguments.file.name}.{os.getpid()}")
    words = [str(binaries() / "pg_dump"), "--format=custom", f"--file={new}", url]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603  # our own words
    if done.returncode:
        new.unlink(missing_ok=True)
        raise ParvisError(f"The database could not be written out:\n{done.stderr}")
    new.rename(arguments.file)
    print(f"{arguments.file}: {arguments.file.stat().st_size:,} bytes")
    return 0


COMMANDS = (
    Command(
        name="demo",
        help="Prepare everything with the invented sample, then serve it: the whole in one command.",
        run=demo,
        add_arguments=listening_for_demo,
    ),
    Command(name="serve", help="Run web and worker until stopped.", run=serve, add_arguments=listening),
    Command(name="worker", help="Run one more worker for background tasks.", run=worker),
    Command(
        name="database url",
        help="Print the address of the database, for psql and others.",
        run=database_url,
        needs=Needs.SETTINGS,
    ),
    Command(
        name="database dump",
        help="Write the whole database to one file, for a backup.",
        run=database_dump,
        add_arguments=into_file,
    ),
    *BACKUP_COMMANDS,
)
