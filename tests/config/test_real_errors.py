"""A fault on a real server: the number that the visitor reads is the number in its log, and nothing personal is."""

import json
import re
import sys
import urllib.error
import urllib.request

import psycopg
import pytest

from tests.config.conftest import Installation, until

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="these look at processes by /proc"),
]
ASKED = "en/institutions?q=my+own+illness"


def test_the_number_on_the_error_page_of_a_real_server_stands_in_its_log(installation: Installation) -> None:
    _, url = installation.serve()
    database = installation.parvis("database", "url").stdout.strip()
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("ALTER TABLE institutions_institution RENAME TO lost")
        try:
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(f"{url}{ASKED}", timeout=10)  # noqa: S310  # our own address
        finally:
            connection.execute("ALTER TABLE lost RENAME TO institutions_institution")
    with caught.value as answer:
        page = answer.read().decode()
        number, shown = answer.headers["X-Request-ID"], re.search(r"<code>(\w{16})</code>", page)
        assert answer.code == 500
    assert shown
    assert shown.group(1) == number
    assert "UndefinedTable" not in page
    assert until(lambda: installation.said().count(number) >= 2)
    lines = [json.loads(line) for line in installation.said().splitlines() if number in line]
    fault = next(line for line in lines if line["level"] == "error")
    assert "UndefinedTable" in fault["exception"]
    assert "institutions_institution" in fault["exception"]
    assert not re.search(r"illness|127[.]0[.]0[.]1", json.dumps(lines))
