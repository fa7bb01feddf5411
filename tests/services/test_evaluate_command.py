from pathlib import Path

import pytest

from parvis.core.errors import ParvisError
from parvis.services.evaluation.comparing import compare

pytestmark = pytest.mark.django_db


def test_a_folder_without_official_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParvisError, match=r"dp_metrics\.csv is missing"):
        compare(tmp_path)
