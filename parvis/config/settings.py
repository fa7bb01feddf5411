"""Django's settings, made from `environment.py`. Nothing else reads the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from parvis.config.embedded_postgres import connection_url
from parvis.config.environment import read_environment
from parvis.config.logs import logging_settings

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parents[1]
HOME = ENVIRONMENT.home.resolve()
BASE_URL = ENVIRONMENT.base_url
IS_SECURE = BASE_URL.startswith("https://")

SECRET_KEY = ENVIRONMENT.kept_secret_key()
AUDIT_KEY = ENVIRONMENT.audit_key
DRAFT_DAYS, FEE_DAYS, COPY_DAYS = ENVIRONMENT.draft_days, ENVIRONMENT.fee_days, ENVIRONMENT.copy_days
MEGABYTE = 1024 * 1024
FILES_AT_MOST = ENVIRONMENT.files_at_most
FILE_BYTES, FILES_BYTES = ENVIRONMENT.file_mb * MEGABYTE, ENVIRONMENT.files_mb * MEGABYTE
# An upload that may be kept is held in memory, never as a plain file on a disk; what is too large to be kept is not.
FILE_UPLOAD_MAX_MEMORY_SIZE = FILE_BYTES + MEGABYTE
CLAMAV = ENVIRONMENT.clamav
PAYMENTS = ENVIRONMENT.payments
PAYMENT_MODEL, PAYMENT_USES_SSL, PAYMENT_HOST = "access.Payment", IS_SECURE, urlsplit(BASE_URL).netloc
PAYMENT_VARIANTS: dict[str, tuple[str, dict[str, Any]]] = {}
if PAYMENTS is not None:
    PAYMENT_VARIANTS["card"] = (PAYMENTS.provider, PAYMENTS.options)
elif ENVIRONMENT.mail == "catcher" and urlsplit(BASE_URL).hostname in {"localhost", "127.0.0.1", "::1"}:
    PAYMENT_VARIANTS["card"] = ("payments.dummy.DummyProvider", {})  # of the demonstration: no money moves
VAULT_KEYS = tuple(one.strip() for one in ENVIRONMENT.vault_keys.split(",") if one.strip())
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = [host.strip() for host in ENVIRONMENT.allowed_hosts.split(",") if host.strip()] or [
    urlsplit(BASE_URL).hostname or "localhost",
    "localhost",
    "127.0.0.1",
    "[::1]",
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "procrastinate.contrib.django",
    "parvis.audit",
    "parvis.limits",
    "parvis.theme",
    "parvis.mail",
    "parvis.accounts",
    "parvis.api",
    "parvis.letters",
    "parvis.vault",
    "parvis.tables",
    "parvis.search",
    "parvis.institutions",
    "parvis.disclosure",
    "parvis.services",
    "parvis.recommend",
    "parvis.access",
    "parvis.web",
    # After our own: words that both have are said as we say them.
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
]
MIDDLEWARE = [
    "parvis.config.logs.RequestLogMiddleware",
    "parvis.config.headers.HeadersMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "parvis.config.input.RefuseNulMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "parvis.accounts.middleware.ActorMiddleware",
    "parvis.web.limits.LimitsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "parvis.web.refusals.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "parvis.config.urls"
WSGI_APPLICATION = "parvis.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        ENVIRONMENT.database_url or connection_url(HOME), conn_max_age=60, conn_health_checks=True
    )
}
# Shared by all processes of all machines; parvis.limits makes its table. Nothing personal goes into it in clear.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "parvis_cache"},
}
# A database that cannot be reached is told at once; /readyz must answer before its asker gives up.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
PROCRASTINATE_IMPORT_PATHS = [
    "parvis.core.tasks"
]  # core is no Django application; rooms' tasks are found by name
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "sign_in"
# allauth is our client of OpenID Connect and keeps second factors; none of its pages has an address here.
OIDC_PROVIDERS = ENVIRONMENT.oidc_providers
ACCOUNT_ADAPTER = "allauth.account.adapter.DefaultAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
MFA_ADAPTER = "parvis.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SECURE
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [one.as_app() for one in OIDC_PROVIDERS]}}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
USE_I18N = True
# Rooms that are Django apps are found by themselves; these two are none.
LOCALE_PATHS = [PACKAGE / "config" / "locale", PACKAGE / "core" / "locale"]
USE_TZ = True
TIME_ZONE = "America/Toronto"
LANGUAGE_COOKIE_NAME = "parvis_language"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": ENVIRONMENT.file_storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# "__Host-": the browser itself holds the cookie to this very host, to https and to no other path.
COOKIE_PREFIX = "__Host-" if IS_SECURE else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}parvis_session"
CSRF_FAILURE_VIEW = "parvis.web.views.errors.form_outdated"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}parvis_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]  # asked from inside, before the proxy
if ENVIRONMENT.proxy_scheme_header:
    SECURE_PROXY_SSL_HEADER = (
        f"HTTP_{ENVIRONMENT.proxy_scheme_header.upper().replace('-', '_')}",
        "https",
    )
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_HSTS_PRELOAD = ENVIRONMENT.hsts_preload
# W021 asks for preloading, which binds a whole domain for years: whoever holds the domain says it, by a setting.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *(PAYMENTS.pages if PAYMENTS else ())],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}

# How many times a minute; 0 is no limit.
LIMITS = {
    "search": ENVIRONMENT.limit_search,
    "api": ENVIRONMENT.limit_api,
    "pages": ENVIRONMENT.limit_pages,
    "asking": ENVIRONMENT.limit_asking,  # in an hour
}

METRICS_TOKEN = ENVIRONMENT.metrics_token

THEME_FOLDER = ENVIRONMENT.theme

LOGGING = logging_settings(ENVIRONMENT.log_level)

MAIL = ENVIRONMENT.mail.value
MAIL_FROM = ENVIRONMENT.mail_from or f"no-reply@{urlsplit(BASE_URL).hostname}"
SMTP_URL = ENVIRONMENT.smtp_url
NOTIFY_URL = ENVIRONMENT.notify_url
NOTIFY_KEY = ENVIRONMENT.notify_key
NOTIFY_TEMPLATES = {"en": ENVIRONMENT.notify_template_en, "fr": ENVIRONMENT.notify_template_fr}
NOTIFY_RECEIPT_TOKEN = ENVIRONMENT.notify_receipt_token

EMBEDDER = ENVIRONMENT.embedder
EMBEDDER_URL = ENVIRONMENT.embedder_url
EMBEDDER_MODEL = ENVIRONMENT.embedder_model
EMBEDDER_KEY = ENVIRONMENT.embedder_key
INDEX_DIRECTORY = HOME / "index"
COUNT_SOUGHT = ENVIRONMENT.count_sought
