from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from parvis.theme.jurisdiction import (
    CONTRASTS,
    OURS,
    WrongThemeError,
    contrast,
    current_theme,
    read_theme,
)

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "theme-riverbend"
NAMES = "name_en: Riverbend\nname_fr: Courbe-de-Rivière\n"
Written = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Written:
    def write(yaml: str, logo: str = "") -> Path:
        (tmp_path / "theme.yaml").write_text(yaml)
        if logo:
            (tmp_path / "logo.svg").write_text(logo)
        return tmp_path

    return write


@pytest.fixture
def riverbend() -> Iterator[None]:
    current_theme.cache_clear()
    with override_settings(THEME_FOLDER=str(EXAMPLE)):
        yield
    current_theme.cache_clear()


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_our_own_colours_pass() -> None:
    assert all(contrast(OURS[name], against) >= least for name, against, least, _reason in CONTRASTS)


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        ("name_en: Only English\n", "name_en and name_fr are both needed"),
        (NAMES + "tagline_en: One\n", "tagline_en and tagline_fr are both needed"),
        (NAMES + "colors: {}\n", "has colors"),
        (NAMES + "colours: {pink: '#ff00ff'}\n", "the colours that may be set are primary"),
        (NAMES + "colours: {primary: green}\n", "it is written as"),
        (NAMES + "colours: {link: '#66aaff'}\n", "the colour link #66aaff has a contrast of 2.4 to 1"),
        (NAMES + "logo: logo.png\n", "the logo is an SVG file"),
        ("- a list\n", "holds no names"),
        ("{", "is not YAML"),
    ],
)
def test_a_theme_that_cannot_be_used_stops_the_start_with_a_sentence(
    folder: Written, yaml: str, said: str
) -> None:
    with pytest.raises(WrongThemeError, match=r"theme\.yaml|SVG") as stopped:
        read_theme(folder(yaml))
    assert said in str(stopped.value)


@pytest.mark.parametrize(
    "svg",
    [
        "<svg><script>go()</script></svg>",
        '<svg onload="go()"></svg>',
        '<svg><image href="https://example.org/a.png"/></svg>',
    ],
)
def test_a_logo_that_does_more_than_draw_is_refused(folder: Written, svg: str) -> None:
    with pytest.raises(WrongThemeError, match="a logo only draws"):
        read_theme(folder(NAMES + "logo: logo.svg\n", svg))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongThemeError, match="PARVIS_THEME is wrong: there is no file"):
        read_theme(tmp_path / "nowhere")


@pytest.mark.usefixtures("riverbend")
@pytest.mark.django_db
def test_the_shipped_example_changes_name_colours_and_logo() -> None:
    theme = current_theme()
    page = Client().get("/fr/a-propos").content.decode()
    assert theme.name.fr in page
    assert f"/theme/{theme.digest}/logo.svg" in page
    sheet = Client().get(f"/theme/{theme.digest}/theme.css")
    assert "--parvis-primary: #1d4d3b;" in sheet.content.decode()
    assert "immutable" in sheet["Cache-Control"]
    assert Client().get(f"/theme/{theme.digest}/logo.svg")["Content-Type"] == "image/svg+xml"


@pytest.mark.usefixtures("riverbend")
def test_another_state_of_a_theme_has_another_address() -> None:
    assert Client().get("/theme/000000000000/theme.css").status_code == 404
