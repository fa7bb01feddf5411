"""Which texts of a document are embedded."""

from parvis.core.bilingual import Text
from parvis.search.sources import SearchDocument
from parvis.search.texts import digest, findable_texts

BODY = "All e-mails from January 1, 2020 to March 31, 2020 about repairs to the lighthouse, excluding drafts."


def document(title: Text, body: Text) -> SearchDocument:
    return SearchDocument(
        public_id="one",
        title=title,
        body=body,
        institution_title=Text("Harbours Board", "Commission des ports"),
    )


def test_a_title_that_is_only_the_beginning_of_the_text_counts_once() -> None:
    [found] = findable_texts(document(Text("All e-mails from January 1, 2020 to March…"), Text(BODY)))
    assert found.whole == BODY
    assert found.core == "Harbours Board: repairs to the lighthouse"


def test_a_title_of_its_own_is_part_of_both_forms() -> None:
    [found] = findable_texts(document(Text("Lighthouses"), Text("Letters about repairs to the lamp.")))
    assert found.whole == "Lighthouses. Letters about repairs to the lamp."
    assert found.core.startswith("Harbours Board: Lighthouses. repairs to the lamp")


def test_each_language_has_its_own_text_and_institution() -> None:
    english, french = findable_texts(
        document(Text(), Text("Repairs to the lamp here", "Réparation de la lampe ici"))
    )
    assert (english.language, french.language) == ("en", "fr")
    assert french.core.startswith("Commission des ports: ")


def test_the_same_text_has_another_digest_as_a_query_and_for_another_engine() -> None:
    assert len({digest("a", "passage", "x"), digest("a", "query", "x"), digest("b", "passage", "x")}) == 3
