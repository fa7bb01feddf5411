import io
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from parvis.config import command
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError, ParvisError
from parvis.core.roles import Role
from parvis.institutions.actions.onboarding_files import confirm_file, keep_file
from parvis.institutions.models import Institution, Invitation, Onboarding, OnboardingFile
from parvis.institutions.onboarding_files import counts, plan
from parvis.institutions.spreadsheets import read_rows
from tests.institutions.conftest import Entering
from tests.institutions.factories import a_day, a_jurisdiction, a_membership, an_actor, an_institution

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
HEAD = "slug,jurisdiction,kind,legal_title_en,legal_title_fr,access_email,regimes,languages,channels,head_email\n"
GOOD = "rivers,,,,,atip@rivers.example.org,ca-atia ca-privacy-act,en fr,portal,head@rivers.example.org\n"
MADE = "lakes,ca,agency,Lake Agency,Agence des lacs,,ca-atia,fr,email;portal,\n"
TABLE = (
    HEAD
    + GOOD
    + MADE
    + "Bad Slug,,,,,,,,,\n"
    + "hills,,,,,,,,,\n"
    + "ended,,,,,,,,,\n"
    + "plains,ca,agency,Plain,Plaine,not-an-address,ca-bc,xx,pigeon,nobody\n"
)


def setting() -> None:
    a_jurisdiction()
    an_institution(slug="rivers")
    an_institution(slug="ended", state="closed")


def confirmed(text: str) -> dict[str, int]:
    file = keep_file(actor=SYSTEM, name="test.csv", rows=read_rows(text.encode(), "test.csv"))
    return counts(confirm_file(actor=SYSTEM, file=file))


def test_the_preview_says_of_each_row_what_it_would_do_and_why_it_is_refused() -> None:
    setting()
    plans = plan(read_rows(TABLE.encode(), "test.csv"), a_day())
    assert [one.outcome for one in plans] == ["new", "new", "refused", "refused", "refused", "refused"]
    said = [" ".join(one.reasons) for one in plans]
    assert "small letters" in said[2]
    assert "legal_title_en" in said[3]
    assert "successor" in said[4]
    for words in ("access_email", "not a statute of ca", "languages", "channels", "no e-mail address"):
        assert words in said[5], words
    assert plans[0].invitations == [(Role.HEAD, "head@rivers.example.org", "en")]
    assert not Onboarding.objects.exists()


def test_a_file_taken_twice_is_the_same_as_once_and_loses_nothing() -> None:
    setting()
    assert confirmed(TABLE) == {"new": 2, "changed": 0, "unchanged": 0, "refused": 4}
    assert confirmed(TABLE) == {"new": 0, "changed": 0, "unchanged": 2, "refused": 4}
    assert Invitation.objects.count() == 1
    row = Onboarding.objects.get(institution__slug="lakes")
    assert (row.regimes, row.channels, row.state) == (["ca-atia"], ["email", "portal"], "preparing")
    assert Institution.objects.get(slug="lakes").title.fr == "Agence des lacs"
    Onboarding.objects.filter(pk=row.pk).update(welcome_en="Hello", welcome_fr="Bonjour")
    changed = HEAD + "lakes,,,,,atip@lakes.example.org,,,,\n"
    assert confirmed(changed)["changed"] == 1
    row.refresh_from_db()
    assert (row.welcome_en, row.regimes) == ("Hello", ["ca-atia"])
    assert Institution.objects.get(slug="lakes").access_email == "atip@lakes.example.org"


def test_a_row_that_gives_another_title_does_not_rename() -> None:
    setting()
    plans = plan(read_rows((HEAD + "rivers,,,Other,,,,,,\n").encode(), "test.csv"), a_day())
    assert "rename the institution first" in " ".join(plans[0].reasons)


def test_an_excel_workbook_reads_as_the_csv_does() -> None:
    setting()
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, line in enumerate((HEAD + GOOD + MADE).splitlines()):
        sheet.write_row(number, 0, line.split(","))
    book.close()
    assert read_rows(kept.getvalue(), "test.xlsx") == read_rows((HEAD + GOOD + MADE).encode(), "test.csv")
    french = (HEAD + MADE.replace(";", " ")).replace(",", ";")
    assert [row.cells["kind"] for row in read_rows(french.encode(), "test.csv")] == ["agency"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "names the columns"),
        (b"title\nx\n", "Look at: slug, title"),
        (b"slug,slug\nx,y\n", "Look at: slug"),
        (b"slug\n", "no rows"),
        ("slug,kind\né,x\n".encode("latin-1"), "UTF-8"),
        (b"PK\x03\x04 no workbook", "cannot be read"),
        (b'slug,kind\n"x', "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(ParvisError, match=words):
        read_rows(content, "test.csv")


def test_a_file_is_confirmed_once_and_forgets_its_rows() -> None:
    setting()
    file = keep_file(actor=SYSTEM, name="test.csv", rows=read_rows(TABLE.encode(), "test.csv"))
    confirm_file(actor=SYSTEM, file=file)
    with pytest.raises(ParvisError, match="already"):
        confirm_file(actor=SYSTEM, file=file)
    file.refresh_from_db()
    assert (file.rows, file.counts["new"]) == ([], 2)


def test_only_the_central_office_hands_in_a_file() -> None:
    for actor in (an_actor(Role.ADMINISTRATOR), an_actor(Role.HEAD, an_institution())):
        with pytest.raises(NotAllowedError):
            keep_file(actor=actor, name="x", rows=[])


def test_the_pages_show_the_plan_then_do_it_or_forget_it(signed_in: Entering) -> None:
    setting()
    central = signed_in(a_membership(Role.CENTRAL_OFFICE).person)
    where = "/fr/personnel/institutions/fichier"
    wrong = SimpleUploadedFile("autre.csv", b"nom\nx\n")
    assert "Les colonnes possibles sont" in central.post(where, {"file": wrong}).content.decode()
    response = central.post(where, {"file": SimpleUploadedFile("a.csv", TABLE.encode())})
    page = central.get(response["Location"]).content.decode()
    assert "Est refusée" in page
    assert not Onboarding.objects.exists()
    taken = central.post(response["Location"], follow=True).content.decode()
    assert "Le fichier est pris en compte." in taken
    assert Onboarding.objects.count() == 2
    other = central.post(where, {"file": SimpleUploadedFile("a.csv", TABLE.encode())})
    assert central.post(other["Location"], {"discard": "1"}).status_code == 302
    assert OnboardingFile.objects.count() == 1


def test_the_command_loads_a_file_and_says_which_rows_it_refused(tmp_path: Path) -> None:
    setting()
    path = tmp_path / "many.csv"
    path.write_text(TABLE)
    assert command.run("load onboarding", str(path), "--dry-run") == 1
    assert not Onboarding.objects.exists()
    assert command.run("load onboarding", str(path)) == 1
    assert Onboarding.objects.count() == 2
    path.write_text(HEAD + GOOD)
    assert command.run("load onboarding", str(path)) == 0


def test_a_file_says_which_fee_is_asked_for_and_how_it_is_paid() -> None:
    setting()
    head = "slug,regimes,fee_choice,fee_amount,fee_means,fee_note_en,fee_note_fr\n"
    table = head + "rivers,ca-atia,reduced,2.50,card cheque,To us.,À nous.\n"
    assert confirmed(table) == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}
    row = Onboarding.objects.get(institution__slug="rivers")
    assert (row.fee_choice, row.fee_amount, row.fee_means) == ("reduced", Decimal("2.50"), ["card", "cheque"])
    assert confirmed(table)["unchanged"] == 1
    wrong = head + "rivers,,reduced,much,,,\n"
    assert "fee_amount is an amount" in plan(read_rows(wrong.encode(), "test.csv"), a_day())[0].reasons[0]
