"""Templates: each is used, each part says what it takes, none writes style or script into the page."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "parvis"
TEMPLATES = sorted(path for path in ROOT.rglob("templates/**/*") if path.is_file())
CODE = "\n".join(
    path.read_text() for path in [*ROOT.rglob("*.py"), *TEMPLATES] if "migrations" not in path.parts
)

PARTS_OF_MESSAGES = {"mail/base.html", "mail/base.txt", "mail/button.html", "mail/code.html"}


def name_of(path: Path) -> str:
    return path.as_posix().partition("/templates/")[2]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_template_is_used(path: Path) -> None:
    name = name_of(path)
    if message := re.fullmatch(r"(\w+)/mail/(\w+)\.(?:en|fr)\.(?:subject\.txt|txt|html)", name):
        assert f'name="{message[1]}/{message[2]}"' in CODE, "no room declares this message"
    elif name in PARTS_OF_MESSAGES:
        assert f'"{name}"' in CODE or name in {"mail/code.html", "mail/button.html"}  # for the rooms above
    elif path.suffix == ".typ" and name != "letters/base.typ":  # a letter, once in each language
        assert f'"{name.rsplit(".", 2)[0]}"' in CODE
    elif "/prose/" in name:
        assert re.search(rf'name="{path.name.partition(".")[0]}"', CODE), "no page has this name"
    else:
        assert re.search(
            rf'"(/letters/templates/)?{re.escape(name)}"', CODE
        )  # a letter's base is named from the package


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.suffix == ".html"], ids=name_of)
def test_no_template_writes_style_or_script_into_the_page(path: Path) -> None:
    text = path.read_text()
    if name_of(path) in PARTS_OF_MESSAGES:  # mail clients drop style sheets
        text = text.replace(" style=", " ")
    assert not re.search(r"\sstyle=|<style\b|\son\w+=|javascript:", text)
    scripts = re.findall(r"<script\b([^>]*)>", text)
    assert all("src=" in script or "application/ld+json" in script for script in scripts)


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if path.name.startswith("_") or path.parent.name == "components"],
    ids=name_of,
)
def test_a_part_of_a_page_says_in_its_first_line_what_it_takes(path: Path) -> None:
    assert path.read_text().startswith("{% comment %}")


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.suffix == ".html"], ids=name_of)
def test_a_colon_after_a_value_is_translated_since_french_puts_a_space_before_it(path: Path) -> None:
    text = re.sub(r"{% blocktranslate\b.*?{% endblocktranslate %}", "", path.read_text(), flags=re.DOTALL)
    is_english = ".en." in path.name
    assert is_english or not re.search(r"}}[:;?!](?=\s|$|<)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_text_is_cut_by_what_loses_the_spaces_of_french(path: Path) -> None:
    assert "|truncate" not in path.read_text(), "take |first_words"
