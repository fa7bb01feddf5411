"""What is sought and not found, without who sought it: the key under which alike words are counted. Pure."""

import hashlib
import hmac
import re

from parvis.core.sort_key import sort_key

DAYS_KEPT = 30
KEPT_FROM = 10  # times alike within these days from which the words themselves are kept
# An e-mail address or a long number may name a person: such words are not even counted.
_PERSONAL = re.compile(r"@|\d[\d\s().-]{5,}\d")


def may_be_counted(text: str) -> bool:
    """Tell whether words may be counted at all: there are some, and nothing in them looks like an address or number."""
    return bool(sort_key(text)) and not _PERSONAL.search(text)


def keyed_hash(text: str, key: str) -> str:
    """Return the hash of the words, whatever their order, case and accents; without `key` nobody can make it."""
    words = " ".join(sorted(set(sort_key(text).split())))
    return hmac.new(f"recommend.sought:{key}".encode(), words.encode(), hashlib.sha256).hexdigest()
