"""Pages of asking: templates that use what nobody gave fail."""

import pytest

pytestmark = pytest.mark.usefixtures("strict_templates")


@pytest.fixture(autouse=True)
def strict(strict_templates: None) -> None:
    """Ask for strict templates in all of this folder."""
