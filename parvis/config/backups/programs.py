"""PostgreSQL's own programs, run on the database of the settings; no list of processes shows its password."""

import os
import subprocess
from collections.abc import Sequence

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from parvis.config import embedded_postgres
from parvis.config.backups.manifest import BackupError
from parvis.config.environment import Environment
from parvis.config.postgres_place import binaries


def database_url(environment: Environment) -> str:
    """Return the address of the database, embedded or not."""
    return environment.database_url or embedded_postgres.connection_url(environment.home)


def run(program: str, url: str, *words: str, options: Sequence[str] = ()) -> None:
    """Run `pg_dump` or `pg_restore` to its end. Raises BackupError with what it said."""
    told = conninfo_to_dict(url)
    password = told.pop("password", None)
    command = [str(binaries() / program), *options, f"--dbname={make_conninfo('', **told)}", *words]
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our words
    if done.returncode:
        raise BackupError(f"{program} ended with an error:\n{done.stderr.strip()}")
