"""Which tests run on one worker, one after the other: those that share what is dear to start or to load.

A file stays together, for what it loads once; a group is several files that share one thing of the whole run. This is
xdist's own way of sharing by scope, with our scopes: its groups by mark are not heard by every version of pytest.
"""

from xdist.scheduler import LoadScopeScheduling

GROUPS = {
    # A whole site and a Chromium, twice: in one group the pages and the journeys keep a worker longer than all else.
    "pages": ("tests/browser/test_accessibility.py", "tests/browser/test_reading.py"),
    "browser": ("tests/browser/",),
    "installation": (  # a home folder of its own, with its database
        "tests/access/test_soak.py",
        *(
            f"tests/config/test_{name}.py"
            for name in ("backup", "kills", "machines", "real_errors", "renewal", "supervisor")
        ),
    ),
    "search": ("tests/search/",),  # an index with the real model
}


def scope_of(nodeid: str) -> str:
    """Return the group of a test, or its file."""
    path = nodeid.partition("::")[0]
    return next((name for name, begins in GROUPS.items() if path.startswith(begins)), path)


class Sharing(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Gives a worker a whole group or file at a time, those with the most tests first."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)
