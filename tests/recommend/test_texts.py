"""What is identical, what is alike, and what is marked as differing."""

from parvis.recommend.texts import (
    Differs,
    Shelved,
    is_identical,
    kinds_of_difference,
    likeness,
    marked,
    shingles,
)

LETTER = "All e-mails of the director of lighthouse repairs about the company {} between {} 1 and {} 30, {}."


def letter(company: str, month: str, year: int) -> str:
    return LETTER.format(company, month, month, year)


def marks(record: str, draft: str) -> list[tuple[str, Differs]]:
    return [(part.text.strip(), part.differs) for part in marked(record, draft) if part.differs]


def test_identical_is_only_what_is_equal_but_for_case_accents_and_signs() -> None:
    assert is_identical("Les phares, réparés en 2019 !", "les phares repares en 2019")
    assert not is_identical("Les phares réparés en 2019", "Les phares réparés en 2020")
    assert not is_identical("", "")


def test_form_letters_that_differ_in_month_and_number_are_alike() -> None:
    one, other = letter("Northwind", "May", 2019), letter("Northwind", "June", 2021)
    assert likeness(shingles(one), shingles(other)) == 1.0
    assert not is_identical(one, other)


def test_other_requests_are_not_alike() -> None:
    assert likeness(shingles(letter("Northwind", "May", 2019)), shingles("How many whales were counted")) == 0


def test_a_shelf_finds_what_is_alike_without_comparing_each_with_each() -> None:
    shelf = Shelved(
        [letter("Northwind", "May", 2019), "Whales counted in the gulf", letter("Southwind", "May", 2020)]
    )
    assert shelf.alike(shingles(letter("Northwind", "July", 2022))) == [0, 2]


def test_period_number_and_name_that_the_draft_lacks_are_marked() -> None:
    record = "E-mails about the company Northwind Ltd and file AB-1234 from 3 May 2019 on."
    draft = "E-mails about the company Southwind and file AB-9999 from 2021 on."
    assert marks(record, draft) == [
        ("Northwind Ltd", Differs.NAME),
        ("AB-1234", Differs.NUMBER),
        ("3 May 2019", Differs.PERIOD),
    ]
    assert kinds_of_difference(marked(record, draft)) == (Differs.PERIOD, Differs.NUMBER, Differs.NAME)


def test_the_first_word_of_a_sentence_is_no_name_and_ordinary_words_are_never_marked() -> None:
    assert marks("Records on bridges. Those of last week.", "Something else entirely") == []


def test_the_points_of_a_list_and_the_names_of_the_institution_itself_are_not_marked() -> None:
    record = "I want from the Harbours Agency (HA): 1) costs, 2) e-mails of Northwind."
    found = [part.text for part in marked(record, "costs of harbours", "Harbours Agency ha") if part.differs]
    assert found == ["Northwind"]


def test_marks_leave_the_text_as_it_was() -> None:
    record = "Courriels du 1er mai 2019 sur l’entreprise Nordet, dossier 12-345."
    assert "".join(part.text for part in marked(record, "phares")) == record
