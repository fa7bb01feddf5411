from pathlib import Path

import pytest

from parvis.theme.vendoring import (
    FONTS,
    LICENCES,
    TYPEFACE_PACKAGES,
    VendoringError,
    collect,
    collect_typefaces,
)


def packages(folder: Path, *, shortcut: str = "visibility-sr-only") -> Path:
    """Write the shape of npm's packages, as far as it is read."""
    modules = folder / "node_modules"
    files = {
        "@gcds-core/tokens/build/web/css/base.css": ":root {\n  --a: #fff; /** white */\n}\n",
        "@gcds-core/tokens/build/web/css/global.css": ":root {\n  --b: 1rem;\n}\n",
        "@gcds-core/css-shortcuts/dist/gcds-css-shortcuts.css": f".{shortcut} {{\n  width: 1px;\n}}\n.x {{\n}}\n",
        "htmx.org/dist/htmx.min.js": "run();\n//# sourceMappingURL=htmx.min.js.map\n",
        **dict.fromkeys(LICENCES.values(), "licence"),
        **{f"@gcds-core/fonts/fonts/{font[-1]}": "font" for font in FONTS},
    }
    for name, text in files.items():
        path = modules / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return modules


def test_only_what_pages_use_is_collected(tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    (vendor / "old").mkdir(parents=True)
    collect(packages(tmp_path), vendor)
    css = (vendor / "gcds/gcds.css").read_text()
    assert "--a: #fff;\n" in css
    assert "--b" in css
    assert ".visibility-sr-only {\n  width: 1px;\n}" in css
    assert ".x" not in css
    assert (vendor / "htmx/htmx.min.js").read_text() == "run();\n"
    assert not (vendor / "old").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["node_modules", "vendor"]


def test_every_font_that_the_stylesheet_names_is_there(tmp_path: Path) -> None:
    collect(packages(tmp_path), tmp_path / "vendor")
    css = (tmp_path / "vendor/gcds/gcds.css").read_text()
    for *_rest, font in FONTS:
        assert f'url("{Path(font).name}")' in css
        assert (tmp_path / "vendor/gcds" / Path(font).name).exists()


def test_a_shortcut_that_is_gone_stops_the_collecting(tmp_path: Path) -> None:
    with pytest.raises(VendoringError, match="visibility-sr-only"):
        collect(packages(tmp_path, shortcut="other"), tmp_path / "vendor")


def test_the_typefaces_of_letters_are_collected_with_their_licences(tmp_path: Path) -> None:
    packages = tmp_path / "node_modules/@expo-google-fonts"
    for name, weights in TYPEFACE_PACKAGES.items():
        for weight in (*weights, "900Black"):
            (packages / name / weight).mkdir(parents=True)
            (packages / name / weight / f"{name}_{weight}.ttf").write_text("font")
        (packages / name / "LICENSE_FONT").write_text("licence")
    old = tmp_path / "typefaces" / "old.ttf"
    old.parent.mkdir()
    old.write_text("font")
    collect_typefaces(tmp_path / "node_modules", tmp_path / "typefaces")
    found = {path.name for path in (tmp_path / "typefaces").iterdir()}
    fonts = {f"{name}_{weight}.ttf" for name, weights in TYPEFACE_PACKAGES.items() for weight in weights}
    assert found == fonts | {f"LICENSE-{name}.txt" for name in TYPEFACE_PACKAGES}
