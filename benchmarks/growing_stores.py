"""What of `benchmarks.bounds` grows with a store, and with the page that a watch judges: how each size is made."""

import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import policydiff
from benchmarks.watch_pages import judge
from policydiff.collection.index import Index
from policydiff.lexicon.numerals import to_chinese
from policydiff.model import DocumentIdentity
from policydiff.store import NewVersion, Store as Recorded

Run = Callable[[], object]
_LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
_BATCH = 500


def _words(count: int, chance: random.Random) -> str:
    return "".join(chance.choices(_LETTERS, k=count))


def _law(title: str, articles: list[str]) -> str:
    return "\n".join(
        [title, *(f"第{to_chinese(number)}条　{text}" for number, text in enumerate(articles, 1))]
    )


def _version(name: str, title: str, text: str, issued: date) -> NewVersion:
    return NewVersion(
        identity=DocumentIdentity(id=name, title=title), source=text.encode(), text=text, issued=issued,
        media_type="text/plain", extension="txt", extractor="plain", extractor_version="1",
    )  # fmt: skip


def _stored(versions: Iterator[NewVersion], *, parsed: bool = True) -> policydiff.Store:
    """Return a store that holds these, its index made."""
    folder = Path(tempfile.mkdtemp(prefix="policydiff-bounds-")) / "store"
    made = list(versions)
    with Recorded.init(folder) as recorded:
        for start in range(0, len(made), _BATCH):
            recorded.add_many(made[start : start + _BATCH])
        if parsed:
            with Index.open(recorded) as index:
                index.parse()
    return policydiff.Store.open(folder)


def _own(size: int, chance: random.Random, articles: int = 8) -> Iterator[NewVersion]:
    for number in range(size):
        title = f"某市{_words(6, chance)}办法"
        texts = [f"{_words(24, chance)}，{_words(24, chance)}。" for _ in range(articles)]
        yield _version(
            f"city/{number}", title, _law(title, texts), date(2000, 1, 1) + timedelta(days=number % 9000)
        )


def _in_force(size: int, chance: random.Random) -> Run:
    """Every second text ends the one before it and begins on a day of its own."""

    def versions() -> Iterator[NewVersion]:
        before = ""
        for number in range(size):
            title = f"某市{_words(6, chance)}办法"
            day = date(2000, 1, 1) + timedelta(days=number % 9000)
            last = f"本办法自{day.year}年{day.month}月{day.day}日起施行。"
            if number % 2:
                last += f"《{before}》同时废止。"
            texts = [f"{_words(30, chance)}。" for _ in range(4)]
            yield _version(f"city/{number}", title, _law(title, [*texts, last]), day)
            before = title

    store = _stored(versions())
    return lambda: store.validity(on=date(2026, 1, 1))


def _indexed(size: int, chance: random.Random) -> Run:
    store = _stored(_own(size, chance), parsed=False)

    def run() -> None:
        with Index.open(store.recorded) as index:
            index.parse()

    return run


def _searched(size: int, chance: random.Random) -> Run:
    store = _stored(_own(size, chance))
    asked = [_words(2, chance) for _ in range(50)]
    return lambda: [store.search(words) for words in asked]


def _sourced(size: int, chance: random.Random) -> Run:
    store = _stored(_own(size, chance))
    held = [store.text(f"city/{number}") for number in chance.sample(range(size), 8)]
    text = _law("某区综合办法", [line.partition("　")[2] for each in held for line in each.splitlines()[1:4]])
    local = policydiff.parse(text)
    store.sources_of(local)
    return lambda: store.sources_of(local)


def _sourced_long(size: int, chance: random.Random) -> Run:
    texts = [f"{_words(24, chance)}，{_words(24, chance)}。" for _ in range(size)]
    store = _stored(iter([_version("state/law", "综合条例", _law("综合条例", texts), date(2010, 1, 1))]))
    local = policydiff.parse(_law("某区综合办法", texts))
    return lambda: store.sources_of(local)


def _spread(size: int, chance: random.Random) -> Run:
    clause = f"{_words(30, chance)}，{_words(30, chance)}。"

    def versions() -> Iterator[NewVersion]:
        for number in range(size):
            title = f"某市{_words(6, chance)}办法"
            texts = [f"{_words(40, chance)}。" for _ in range(4)]
            yield _version(
                f"city/{number}",
                title,
                _law(title, [*texts, clause]),
                date(2000, 1, 1) + timedelta(days=number % 9000),
            )

    store = _stored(versions())
    return lambda: store.spread(clause)


def _spread_long(size: int, chance: random.Random) -> Run:
    clause = "".join(f"{_words(30, chance)}。" for _ in range(size))
    store = _stored(iter([_version("state/law", "综合条例", _law("综合条例", [clause]), date(2010, 1, 1))]))
    return lambda: store.spread(clause)


def _families(size: int, chance: random.Random) -> Run:
    """A fifth of the store shares each template."""
    moulds = [[f"{_words(40, chance)}。" for _ in range(6)] for _ in range(5)]

    def versions() -> Iterator[NewVersion]:
        for number in range(size):
            title = f"某市{_words(6, chance)}办法"
            texts = [*moulds[number % 5], f"{_words(40, chance)}。"]
            yield _version(
                f"city/{number}", title, _law(title, texts), date(2000, 1, 1) + timedelta(days=number % 9000)
            )

    store = _stored(versions())
    return store.families


def _standing(size: int, chance: random.Random) -> Run:
    return _stored(_own(size, chance)).status


def _lagging(size: int, chance: random.Random) -> Run:
    """Half as many laws in two versions, each the basis of one local document."""

    def versions() -> Iterator[NewVersion]:
        for number in range(size // 2):
            title = f"某省{_words(6, chance)}条例"
            texts = [f"{_words(24, chance)}，{_words(24, chance)}。" for _ in range(6)]
            yield _version(f"law/{number}", title, _law(title, texts), date(2010, 1, 1))
            texts[2] = f"{_words(30, chance)}。"
            yield _version(f"law/{number}", title, _law(title, texts), date(2020, 1, 1))
            own = [f"根据《{title}》，制定本办法。", *texts[:2], f"{_words(24, chance)}。"]
            name = f"某市{_words(6, chance)}办法"
            yield _version(f"city/{number}", name, _law(name, own), date(2015, 1, 1))

    return _stored(versions()).radar


def _verified(size: int, chance: random.Random) -> Run:
    """A history of as many commits as versions."""
    folder = Path(tempfile.mkdtemp(prefix="policydiff-bounds-")) / "store"
    recorded = Recorded.init(folder, bare=True)
    for version in _own(size, chance, articles=2):
        recorded.add(version)
    return recorded.verify


def _followed(size: int, chance: random.Random) -> Run:
    texts = [f"{_words(30, chance)}。" for _ in range(20)]
    documents = []
    for _ in range(size):
        texts[chance.randrange(20)] = f"{_words(30, chance)}。"
        documents.append(policydiff.parse(_law("某市综合办法", texts)))
    return lambda: policydiff.history(*documents)


def _page(articles: list[str]) -> bytes:
    rows = "".join(f"<p>第{to_chinese(number)}条　{text}</p>" for number, text in enumerate(articles, 1))
    return (
        f"<html><head><meta charset=utf-8><title>某市综合办法</title></head><body><h1>某市综合办法</h1>{rows}"
        "<p>某市人民政府</p><p>2024年3月5日</p></body></html>"
    ).encode()


def _judged(size: int, chance: random.Random, *, rewritten: bool) -> Run:
    old = [f"{_words(30, chance)}。" for _ in range(size)]
    new = [f"{_words(30, chance)}。" if rewritten and index % 2 else text for index, text in enumerate(old)]
    if not rewritten:
        new[size // 2] = f"{_words(30, chance)}。"
    first, second = _page(old), _page(new)
    return lambda: judge(first, second)


CASES: dict[str, tuple[int, int, Callable[[int, random.Random], Run]]] = {
    "history: versions of one document": (25, 400, _followed),
    "index: documents of a store": (200, 1_600, _indexed),
    "search: documents of a store": (200, 1_600, _searched),
    "validity: documents, every second ends another": (800, 3_200, _in_force),
    "status: documents of a store": (400, 3_200, _standing),
    "radar: laws revised, a local document each": (200, 1_600, _lagging),
    "sources: documents of a store": (400, 3_200, _sourced),
    "sources: articles of one document": (300, 4_800, _sourced_long),
    "spread: holders of one clause": (400, 3_200, _spread),
    "spread: sentences of one clause": (200, 6_400, _spread_long),
    "families: documents of five templates": (200, 1_600, _families),
    "verify: commits": (50, 400, _verified),
    "watch: one article of a page changed": (300, 4_800, lambda size, chance: _judged(size, chance, rewritten=False)),
    "watch: every second article changed": (300, 4_800, lambda size, chance: _judged(size, chance, rewritten=True)),
}  # fmt: skip
"""Name to the first size, the last size, and what makes the work of a size."""
