import pytest
from django.test import Client

VISITOR = Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/en/institutions?q=%00", "/fr/recherche?q=a%00b", "/en/law?law=%00", "/en/%00"]
)
def test_a_nul_character_in_an_address_is_refused_and_not_a_fault_of_ours(path: str) -> None:
    assert VISITOR.get(path).status_code in {400, 404}


@pytest.mark.django_db
def test_the_api_refuses_it_in_its_own_form() -> None:
    response = VISITOR.get("/api/v1/summaries?jurisdiction=%00", headers={"Accept-Language": "fr"})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert "Retirez-le" in response.content.decode()
