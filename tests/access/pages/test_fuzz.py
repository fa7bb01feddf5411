"""Whatever is typed at a step, the page answers: nothing typed is an error of ours."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parvis.access.intake.journey import STEPS
from parvis.access.models import Draft
from tests.access.factories import a_receiving_institution

pytestmark = pytest.mark.django_db
NAMES = sorted(
    {name for step in STEPS if step.form for name in step.form.base_fields} | {"go", "from", "acknowledged"}
)
WORDS = st.sampled_from(
    ["", "on", "own", "copy", "account", "back", "search", "later", "9999-12-31", "0001-01-01"]
)
TYPED = st.dictionaries(
    st.sampled_from(NAMES),
    st.one_of(WORDS, st.text(max_size=40), st.lists(st.text(max_size=9), max_size=3)),
    max_size=9,
)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED)
@example(typed={name: ["\0"] for name in NAMES})  # what PostgreSQL cannot keep
def test_whatever_is_typed_a_step_answers(step: object, typed: dict[str, object]) -> None:
    Draft.objects.all().delete()
    here, client = a_receiving_institution(), Client(raise_request_exception=True)
    client.post("/en/ask", {"text": "Notes about a bridge", "institution": here.slug})
    address = f"/en/ask/{Draft.objects.get().public_id}/{step.en}"  # type: ignore[attr-defined]  # a Step
    assert client.post(address, typed).status_code in {200, 302}
    assert client.get(address).status_code in {200, 302}
    assert client.get(f"{address.rpartition('/')[0]}/review").status_code == 200
