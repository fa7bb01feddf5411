"""What a jurisdiction brings of its own: its name, colours and logo, in one folder that PARVIS_THEME names.

The folder holds `theme.yaml` (`name_en`, `name_fr`, and at will `tagline_en`, `tagline_fr`, `contact_email`, `logo`,
`colours`) and the logo as SVG. Colours are checked for contrast by the formula of WCAG 2.2 (success criteria 1.4.3 and
1.4.11): a theme that could not be read stops the start.
"""

import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from parvis.core.bilingual import Text

LARGEST_LOGO = 60_000  # bytes: it is on every page
WHITE, SURFACE = "#ffffff", "#f4f6f8"
OURS = {  # the GC Design System's own, which an empty theme keeps
    "primary": "#26374a",
    "accent": "#2962a3",
    "link": "#1f497a",
    "link-hover": "#1354ec",
    "focus": "#1354ec",
}
CONTRASTS = (  # colour, against, at least, why
    ("primary", WHITE, 4.5, "white text stands on it"),
    ("link", WHITE, 4.5, "links stand on white"),
    ("link", SURFACE, 4.5, "links stand on the light surface"),
    ("link-hover", WHITE, 4.5, "links stand on white"),
    ("link-hover", SURFACE, 4.5, "links stand on the light surface"),
    ("focus", WHITE, 4.5, "white text stands on it"),
    ("accent", WHITE, 3.0, "it marks edges on white"),
)


class WrongThemeError(SystemExit):
    """The theme's folder cannot be used; the message says what is wrong in which file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One jurisdiction's look. `colours` holds only those that differ from ours; `logo` is SVG, empty for ours."""

    name: Text
    tagline: Text = field(default_factory=Text)
    contact_email: str = ""  # where a visitor writes about the site itself
    colours: tuple[tuple[str, str], ...] = ()
    logo: str = ""

    @property
    def stylesheet(self) -> str:
        """The colours as CSS custom properties, empty when nothing differs."""
        if not self.colours:
            return ""
        return ":root {" + " ".join(f"--parvis-{name}: {value};" for name, value in self.colours) + "}\n"

    @property
    def digest(self) -> str:
        """A name for this state of stylesheet and logo, so that browsers may keep them for ever."""
        return hashlib.sha256((self.stylesheet + self.logo).encode()).hexdigest()[:12]


OUR_THEME = Theme(name=Text("Parvis", "Parvis"))


@cache
def current_theme() -> Theme:
    """Return the theme of this installation."""
    folder: str = settings.THEME_FOLDER
    return read_theme(Path(folder)) if folder else OUR_THEME


def read_theme(folder: Path) -> Theme:
    """Read and check the theme in `folder`, or stop with a sentence that says what is wrong."""
    path = folder / "theme.yaml"
    if not path.is_file():
        raise WrongThemeError(f"The setting PARVIS_THEME is wrong: there is no file {path}.")
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise WrongThemeError(f"{path} is not YAML: {error}") from None
    if not isinstance(said, dict):
        raise WrongThemeError(f"{path} holds no names and values.")
    known = {"name_en", "name_fr", "tagline_en", "tagline_fr", "contact_email", "logo", "colours"}
    if unknown := sorted(set(said) - known):
        raise WrongThemeError(
            f"{path} has {', '.join(unknown)}; what it may have is {', '.join(sorted(known))}."
        )
    return Theme(
        name=_pair(said, "name", path, is_needed=True),
        tagline=_pair(said, "tagline", path),
        contact_email=str(said.get("contact_email") or ""),
        colours=_colours(said.get("colours") or {}, path),
        logo=_logo(folder / str(said["logo"])) if said.get("logo") else "",
    )


@dataclass(frozen=True, slots=True)
class ContrastFault:
    """A colour that cannot be read: its contrast `ratio` against another, the `least` that is needed, and why."""

    ratio: float
    against: str
    least: float
    reason: str


def contrast_fault(name: str, colour: str) -> ContrastFault | None:
    """Return what is wrong with a colour ("#26374a") in the place `name`, or None. One rule for all who set colours."""
    for one, against, least, reason in CONTRASTS:
        if one == name and (ratio := contrast(colour, against)) < least:
            return ContrastFault(ratio, against, least, reason)
    return None


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)  # noqa: PLR2004  # sRGB, IEC 61966-2-1
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _pair(said: dict[str, Any], name: str, path: Path, *, is_needed: bool = False) -> Text:
    text = Text(str(said.get(f"{name}_en") or "").strip(), str(said.get(f"{name}_fr") or "").strip())
    if len(text.languages) == 1 or (is_needed and not text):
        raise WrongThemeError(f"{path}: {name}_en and {name}_fr are both needed.")
    return text


def _colours(said: Any, path: Path) -> tuple[tuple[str, str], ...]:
    if not isinstance(said, dict) or set(said) - set(OURS):
        raise WrongThemeError(f"{path}: the colours that may be set are {', '.join(OURS)}.")
    for name, value in said.items():
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", str(value)):
            raise WrongThemeError(f'{path}: the colour {name} is {value!r}; it is written as "#26374a".')
    whole = OURS | {name: str(value).lower() for name, value in said.items()}
    for name, value in whole.items():
        if fault := contrast_fault(name, value):
            raise WrongThemeError(
                f"{path}: the colour {name} {value} has a contrast of {fault.ratio:.1f} to 1 against "
                f"{fault.against}, and {fault.least} is needed, because {fault.reason}. Choose a darker one."
            )
    return tuple((name, whole[name]) for name in said)


def _logo(path: Path) -> str:
    if path.suffix != ".svg" or not path.is_file():
        raise WrongThemeError(f"PARVIS_THEME: the logo is an SVG file beside theme.yaml; {path} is none.")
    svg = path.read_text(encoding="utf-8")
    if len(svg.encode()) > LARGEST_LOGO:
        raise WrongThemeError(f"{path} has more than {LARGEST_LOGO} bytes, and it is on every page.")
    if re.search(
        r"<script|<foreignObject|\bon\w+\s*=|(?:href|src)\s*=\s*[\"'](?!#)|url\((?!#)", svg, re.IGNORECASE
    ):
        raise WrongThemeError(f"{path} runs script or fetches from elsewhere; a logo only draws.")
    return svg
