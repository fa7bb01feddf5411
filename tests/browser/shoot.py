"""`make shot`: pictures of the main pages, in both languages, at 390 and 1280 pixels, into `shots/`.

`python -m tests.browser.shoot http://127.0.0.1:8000` takes them of a site that runs already.
"""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from parvis.config import embedded_postgres
from parvis.core.bilingual import LANGUAGES
from tests.browser.pages import OWN_PAGES
from tests.browser.signing import People
from tests.browser.site import CHROMIUM_WORDS, ROOT, Site, running_site

SHOTS = ROOT / "shots"
WIDTHS = {390: 844, 1280: 900}
PLACES = {
    "home": ("/en/", "/fr/"),
    "search": ("/en/search?q=ferry", "/fr/recherche?q=temps+d%27attente"),
    "search-narrowed": ("/en/search?q=records&year=2023", "/fr/recherche?q=documents&year=2023"),
    "search-nothing": ("/en/search?q=%22zxqv+wvut%22", "/fr/recherche?q=%22zxqv+wvut%22"),
    "services": ("/en/services", "/fr/services"),
    "service": ("/en/services/{service}", "/fr/services/{service}"),
    "record": ("/en/records/{summary}", "/fr/documents/{summary}"),
    "holding": ("/en/holdings/{bank}", "/fr/fonds/{bank}"),
    "institution": ("/en/institutions/cic", "/fr/institutions/cic"),
    "institutions": ("/en/institutions", "/fr/institutions"),
    "about": ("/en/about", "/fr/a-propos"),
    "how-to-search": ("/en/how-to-search", "/fr/comment-chercher"),
    "not-found": ("/en/nothing-here", "/fr/rien-ici"),
}


@contextlib.contextmanager
def database() -> Iterator[str]:
    """Give a database server: the one that DATABASE_URL names, else an embedded one for as long as this takes."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    home = Path(tempfile.mkdtemp(prefix="parvis-shots-"))
    home.chmod(0o711)  # let the database's own user pass when we are root
    try:
        with embedded_postgres.running(home, durable=False) as url:
            yield url
    finally:
        shutil.rmtree(home, ignore_errors=True)


def shoot(browser: Browser, site: Site) -> int:
    """Take every picture; return how many."""
    SHOTS.mkdir(exist_ok=True)
    places = {
        "summary": site.first("summary"),
        "bank": site.first("personal-information-bank"),
        "service": site.first("service"),
    }
    taken = 0
    for width, height in WIDTHS.items():
        context = browser.new_context(
            base_url=site.url, viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        page = context.new_page()
        for name, addresses in PLACES.items():
            for language, address in zip(("en", "fr"), addresses, strict=True):
                page.goto(address.format(**places), wait_until="networkidle")
                page.screenshot(path=SHOTS / f"{name}.{language}.{width}.png", full_page=True)
                taken += 1
        context.close()
    return taken


def shoot_own(browser: Browser, site: Site) -> int:
    """Take pictures of what the demonstration's people see; nothing where they cannot be made. Return how many."""
    if not site.environment:
        return 0
    people, taken = People(browser, site), 0
    for visited in OWN_PAGES:
        for width, height in WIDTHS.items():
            context = people.context(visited.who, viewport={"width": width, "height": height})
            page = context.new_page()
            for language in LANGUAGES:
                page.goto(visited.in_(language), wait_until="networkidle")
                page.screenshot(path=SHOTS / f"own-{visited.name}.{language}.{width}.png", full_page=True)
                taken += 1
            context.close()
    return taken


def main() -> int:
    """Take the pictures of a site that runs already, or of one that is started for them."""
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))),
        "",
    )
    if not found:
        sys.stdout.write("No Chromium here: install the package chromium and run again.\n")
        return 1
    with contextlib.ExitStack() as stack:
        if len(sys.argv) > 1:
            site = Site(sys.argv[1].rstrip("/"), ROOT)
        else:
            sys.stdout.write("Preparing a site with the sample …\n")
            sys.stdout.flush()
            site = stack.enter_context(
                running_site(stack.enter_context(database()), f"parvis_shots_{os.getpid()}")
            )
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_WORDS))
        taken = shoot(browser, site) + shoot_own(browser, site)
        browser.close()
    sys.stdout.write(f"{taken} pictures stand in {SHOTS.relative_to(ROOT)}/\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
