"""What a browser calls itself, in a word or two that a person recognizes. Nothing finer is kept."""

import re

# The first that fits: browsers name each other, so the more particular ones stand first.
BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("ChromeOS", r"CrOS"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux"),
)


def browser_of(signature: str) -> str:
    """Return the browser's name, or nothing when none is known."""
    return _first(BROWSERS, signature)


def system_of(signature: str) -> str:
    """Return the name of the system on which it runs, or nothing when none is known."""
    return _first(SYSTEMS, signature)


def _first(known: tuple[tuple[str, str], ...], signature: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, signature)), "")
