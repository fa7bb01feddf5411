from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from parvis.law import Pack, library
from parvis.law.reading import faults, make_pack, parse

Changed = Callable[..., Pack]


@pytest.fixture
def atia_data() -> dict[str, Any]:
    return parse(library.PACKS / "ca-atia.yaml")


@pytest.fixture
def changed(atia_data: dict[str, Any]) -> Changed:
    """Make a pack from the federal one with some parts put otherwise: `changed(response={"days": 20})`."""

    def make(**parts: Any) -> Pack:
        data = deepcopy(atia_data)
        for name, value in parts.items():
            data[name] = {**data[name], **value} if isinstance(data[name], dict) and value else value
        assert faults(data) == []
        return make_pack(data)

    return make


@pytest.fixture
def folder(tmp_path: Path, atia_data: dict[str, Any]) -> Callable[..., Path]:
    """Write packs into a folder: each argument changes the federal pack's parts."""

    def write(*packs: dict[str, Any]) -> Path:
        for parts in packs:
            data = {**deepcopy(atia_data), **parts}
            (tmp_path / f"{data['pack']}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True))
        return tmp_path

    return write
