"""How alike two texts are, told from keyed sketches of 512 bits that give neither text back. Pure.

A sketch is a 1-bit MinHash (Broder 1997; Li and König 2010): of 512 orders of all sequences of three words, each gives
one bit of whichever sequence of the text comes first in it. Two sketches agree in (1 + J) / 2 of their bits, where J is
the share of sequences that the texts have in common. The orders follow from a key: without it nothing can be compared
with a text, and sketches of two institutions, whose keys differ, not with each other.
"""

import hashlib

import numpy as np

from parvis.core.sort_key import sort_key

BITS = 512
LEAST_ALIKE = 0.4  # of all sequences; unlike texts come as near as that once in 10^19 times
RUN = 3  # words of a sequence
MOST_WORDS = 3000


def runs_of(text: str) -> frozenset[str]:
    """Return the sequences of three words of a text, without case, accents and punctuation; a short text is one."""
    words = sort_key(text).split()[:MOST_WORDS]
    if len(words) < RUN:
        return frozenset({" ".join(words)} if words else ())
    return frozenset(" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def sketch_of(text: str, key: bytes) -> str:
    """Return the sketch of a text as 512 characters 0 and 1; empty where there is no word."""
    runs = sorted(runs_of(text))
    if not runs:
        return ""
    marks = np.array(
        [int.from_bytes(hashlib.blake2b(run.encode(), key=key, digest_size=8).digest()) for run in runs],
        dtype=np.uint64,
    )
    salts = np.frombuffer(hashlib.shake_256(b"orders" + key).digest(8 * BITS), dtype="<u8")
    first = np.full(BITS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for mark in marks:
        np.minimum(first, _mixed(salts ^ mark), out=first)
    return "".join("1" if bit else "0" for bit in first & np.uint64(1))


def _mixed(
    values: "np.ndarray[tuple[int], np.dtype[np.uint64]]",
) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    """Return each number in its place of a fixed shuffle of all numbers (the finalizer of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def alike(bits_apart: int) -> float:
    """Return the share of sequences that two texts have in common, 0 to 1, from how many bits tell them apart."""
    return max(0.0, 1 - 2 * bits_apart / BITS)


MOST_APART = int(BITS * (1 - LEAST_ALIKE) / 2)
"""How many bits may tell two texts apart that are still called alike."""
