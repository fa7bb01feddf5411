"""What an evaluation hides, what it counts, and that what is published is what was measured and judged."""

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from django.test import Client

from parvis.config.command import run
from parvis.core.errors import ParvisError
from parvis.recommend import evaluation, explaining, judging, measuring
from parvis.recommend.demand import copies_of, often_requested
from parvis.recommend.demand_files import read_demand
from parvis.recommend.elsewhere import HeldBy, subjects
from parvis.recommend.evidence import NAMES, Table
from parvis.recommend.queries import similar_records
from parvis.recommend.subjects import shipped_subjects
from parvis.recommend.trials import Asked, Loaded, Trial, bare, whole_texts
from parvis.recommend.weights import Weights
from parvis.search.evaluation import read_queries

WORLD = Path(__file__).parent / "world"
WEIGHTS = Weights(weights={name: float(name == "requests_meaning") for name in NAMES}, likely_from=0.6)


def asked(right: str, *shares: float, is_cold: bool = False) -> Asked:
    """Return a trial over three institutions whose first figure is given."""
    figures = np.zeros((3, len(NAMES)))
    figures[:, 0] = shares
    return Asked(Trial("x", "en", (right,), frozenset(), 1), Table(("a", "b", "c"), figures), is_cold)


def test_accuracy_counts_the_place_of_the_right_institution() -> None:
    judged = measuring.judge([asked("a", 5, 1, 0), asked("b", 5, 1, 0), asked("nowhere", 5, 1, 0)], WEIGHTS)
    assert [one.place for one in judged] == [1, 2, 4]
    found = measuring.accuracies(judged)
    assert (found["accuracy_at_1"], found["accuracy_at_3"]) == (0.3333, 0.6667)


def test_likely_is_measured_by_how_often_it_is_said_and_right() -> None:
    judged = measuring.judge([asked("a", 5, 1, 0), asked("b", 5, 1, 0), asked("a", 1, 1, 1)], WEIGHTS)
    found = measuring.likely(judged, WEIGHTS.likely_from)
    assert (found["share"], found["right"]) == (0.6667, 0.5)
    assert sum(int(row["texts"]) for row in measuring.calibration(judged)) == 3


def test_a_text_seen_without_holdings_and_services_keeps_all_other_evidence() -> None:
    full = asked("a", 5, 1, 0)
    full.evidence.figures[:] = 1.0
    seen = bare(full)
    gone = {name for place, name in enumerate(NAMES) if not seen.evidence.figures[:, place].any()}
    assert {name.split("_", 1)[1] for name in gone if name.startswith(("few_", "short_"))} <= gone
    assert gone >= {"holdings_meaning", "holdings_words", "services_meaning", "services_words"}
    assert not any(name.endswith(("requests_meaning", "description_words", "matters_apart")) for name in gone)
    assert seen.is_bare
    assert full.evidence.figures.all()


def test_questions_of_ours_are_short_in_both_languages_and_name_one_request_each() -> None:
    questions = read_queries(evaluation.QUESTIONS)
    counted = Counter(one.language for one in questions)
    assert min(counted["en"], counted["fr"]) >= 200
    assert len({one.targets for one in questions}) == len(questions)
    assert all(3 <= len(one.text.split()) <= 16 for one in questions)


@pytest.mark.usefixtures("by_meaning")
def test_short_questions_of_a_file_and_our_own_are_asked_hidden_and_told_apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    row = next(csv.DictReader((WORLD / "summaries.csv").read_text(encoding="utf-8").splitlines()))
    target = f"{row['owner_org']}|{row['request_number']}"
    lines = [{"query": text, "lang": "en", "targets": [target]} for text in ("mud in the port", "nobody’s")]
    file, own = tmp_path / "queries.jsonl", tmp_path / "questions.jsonl"
    file.write_text(json.dumps(lines[0]), encoding="utf-8")
    own.write_text(
        "\n".join(map(json.dumps, [*lines, {**lines[0], "targets": ["x|not here"]}])), encoding="utf-8"
    )
    monkeypatch.setattr(evaluation, "QUESTIONS", own)
    found = evaluation.ask(WORLD / "summaries.csv", file, lambda _step, _done, _wanted: None)
    assert [one.trial.is_ours for one in (*found.short, *found.own)] == [False, True, True]
    assert all(one.trial.hidden for one in (*found.short, *found.own))
    told = evaluation.measured(found, WEIGHTS)
    assert (told["short_queries"]["texts"], told["own_questions"]["texts"]) == (1, 2)
    strengths = {measuring._strength(one) for one in (*found.short, *found.own)}
    assert strengths == {measuring.SHORT_STRENGTH, measuring.OWN_STRENGTH}


@pytest.mark.usefixtures("world")
def test_a_row_is_hidden_with_its_near_duplicates_and_with_nothing_else() -> None:
    trials = list(whole_texts(WORLD / "summaries.csv", Loaded()))
    assert Counter(trial.language for trial in trials) == {"en": 6, "fr": 6}
    letters = [trial for trial in trials if "Gull Point" in trial.text]
    assert {len(trial.hidden) for trial in letters} == {3}
    assert {len(trial.hidden) for trial in trials if trial not in letters and trial.language == "en"} == {1}
    assert letters[0].answers == ("harbours",)


@pytest.mark.usefixtures("db")
def test_what_is_published_is_shown_with_its_day(client: Client) -> None:
    told = json.loads(explaining.FILE.read_text())
    assert told["similar"]["judgements"] >= 150
    page = client.get("/fr/comment-fonctionnent-les-suggestions").content.decode()
    assert f'datetime="{told["measured_on"]}"' in page
    assert told["engine"] in page


def test_judgements_are_ids_only_of_both_languages_and_enough() -> None:
    judged = judging.judgements()
    assert len(judged) >= 150
    assert Counter(one.language for one in judged)["fr"] >= 50
    assert all("|" in target and len(target) < 60 for one in judged for target in (one.draft, one.record))
    assert {one.grade for one in judged} == {0, 1, 2}


def test_the_sixty_texts_ask_every_level_in_both_languages() -> None:
    texts = list(judging.elsewhere_texts())
    assert len(texts) == 60
    assert Counter(language for _, language, _ in texts) == {"en": 30, "fr": 30}
    assert {level for _, _, level in texts} == set(HeldBy)


def test_every_subject_held_elsewhere_has_phrases_in_both_languages_and_a_source() -> None:
    assert all(len(subject.phrases) >= 6 for subject in subjects())
    assert all(subject.source.url.en.startswith("https://") for subject in subjects())


@pytest.mark.django_db
def test_the_list_by_subject_names_institutions_that_exist() -> None:
    shipped = Path(explaining.__file__).parents[1] / "institutions" / "data" / "institutions_ca.csv"
    known = shipped.read_text(encoding="utf-8")
    assert all(f"\n{slug}," in known for _, _, slugs in shipped_subjects() for slug in slugs)


def test_counts_of_copies_are_loaded_and_shown_with_the_record(
    world: Callable[[str], None], tmp_path: Path
) -> None:
    world("none")
    head = "Unique Identifier,Request Number,Summary - EN,Summary - FR,owner_org,Organization Name - EN,"
    (tmp_path / "all.csv").write_text(
        f"{head}Organization Name - FR,Number of Informal Requests\n"
        "x1,A-2020-0010,Costs of dredging,Coûts du dragage,ha-po,Harbours Agency,Agence des ports,7\n"
        "x2,A-1999-1,Gone,Parti,ha-po,Harbours Agency,Agence des ports,9\n"
    )
    assert run("load demand", str(tmp_path)) == 0
    often = often_requested()
    assert [(one.request_number, one.copies, bool(one.public_id)) for one in often] == [
        ("A-1999-1", 9, False),
        ("A-2020-0010", 7, True),
    ]
    assert copies_of([often[1].public_id]) == {often[1].public_id: 7}
    found = similar_records("costs of dredging the wharf and of the harbour master's boat", "en")
    assert found.records[0].copies == 7
    assert run("load demand", str(tmp_path)) == 0
    assert len(often_requested()) == 2


def test_a_folder_without_counts_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ParvisError, match="has no CSV file"):
        read_demand(tmp_path)
