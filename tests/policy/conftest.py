"""Signed-in browsers, as tests of institutions have them."""

from tests.institutions.conftest import signed_in

__all__ = ["signed_in"]
