"""A public installation: what `parvis check --deploy` says of it, and the headers and cookies that it sends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from parvis.config.environment import Environment

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = {
    "PARVIS_BASE_URL": "https://access.example.ca",
    "PARVIS_MAIL": "smtp",
    "PARVIS_SMTP_URL": "smtp://mail.example.ca",
    "PARVIS_TRUSTED_PROXIES": "1",
    "PARVIS_PROXY_SCHEME_HEADER": "X-Forwarded-Proto",
}
ASK = """
import django
django.setup()
from django.conf import settings
from django.test import Client
proxy = {"X-Forwarded-Proto": "https", "Host": "access.example.ca"}
plain = Client().get("/en/about", headers={"Host": "access.example.ca"})
assert plain.status_code == 301 and plain["Location"].startswith("https://access.example.ca/"), plain
assert Client().get("/healthz", headers={"Host": "10.0.0.1"}).status_code == 200
secure = Client().get("/healthz", headers=proxy)
assert "includeSubDomains" in secure["Strict-Transport-Security"], secure.headers
assert "preload" not in secure["Strict-Transport-Security"]
assert settings.SESSION_COOKIE_NAME == "__Host-parvis_session" and settings.SESSION_COOKIE_SECURE
assert settings.CSRF_COOKIE_NAME.startswith("__Host-") and settings.CSRF_COOKIE_SECURE
assert settings.SESSION_COOKIE_DOMAIN is None and settings.SESSION_COOKIE_PATH == "/"
"""


def run(words: list[str], **extra: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **PUBLIC, **extra}
    del environment["DJANGO_ALLOW_ASYNC_UNSAFE"]  # for tests with a browser alone
    return subprocess.run(  # noqa: S603  # our own words
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_deploy_finds_nothing_on_a_public_installation() -> None:
    done = run(["-m", "parvis.config.command", "check", "--deploy", "--fail-level", "WARNING"])
    assert done.returncode == 0, done.stderr
    assert "WARNINGS" not in done.stderr


def test_check_deploy_says_what_a_private_one_lacks() -> None:
    done = run(["-m", "parvis.config.command", "check", "--deploy"], PARVIS_BASE_URL="http://127.0.0.1:8000")
    assert "security.W" in done.stderr


def test_a_public_installation_redirects_to_https_and_holds_its_cookies_to_its_host() -> None:
    done = run(["-c", ASK])
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_every_answer_carries_the_headers_that_hold_it_in() -> None:
    response = Client().get("/en/about")
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert Client().get("/api/v1/institutions")["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_every_cookie_is_out_of_reach_for_scripts_and_other_sites() -> None:
    for kind in ("SESSION", "CSRF", "LANGUAGE"):
        assert getattr(settings, f"{kind}_COOKIE_HTTPONLY")
        assert getattr(settings, f"{kind}_COOKIE_SAMESITE") in {"Lax", "Strict"}


def test_a_scheme_header_that_is_no_header_stops_the_start() -> None:
    with pytest.raises(ValueError, match="the name of one header"):
        Environment(proxy_scheme_header="X Forwarded")


@override_settings(SECURE_PROXY_SSL_HEADER=None)
def test_without_the_setting_no_client_can_say_that_it_came_by_https() -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        assert Client().get("/en/about", headers={"X-Forwarded-Proto": "https"}).status_code == 301
