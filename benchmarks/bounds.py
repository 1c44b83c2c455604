"""How time and memory grow when an input doubles: `python -m benchmarks.bounds [CASE…]`.

Each case is made in growing sizes until one takes more than `_ENOUGH` processor seconds, each size in a process of its
own. Printed are processor seconds and peak memory per size, and the exponents over the last doublings: the case holds if
both are at most `_BAR`, or if the program refuses with the name of a limit. Texts are random characters from a seed.
"""

import math
import multiprocessing
import os
import random
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import policydiff
from benchmarks import growing_stores
from policydiff.errors import PolicydiffError
from policydiff.lexicon.numerals import to_chinese

_BAR = 1.3
"""Exponent of n up to which growth counts as near linear (n log n over these sizes is below 1.15)."""
_ENOUGH = 8.0
"""Processor seconds after which a case is not doubled again."""
_FIRST = 0.15
"""Processor seconds below which a size says nothing of growth: imports and caches weigh more."""
_LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
Run = Callable[[], object]


class Measured(NamedTuple):
    """One size of a case."""

    size: int
    seconds: float
    mebibytes: float
    """Peak of the process over what it held before."""
    refused: str | None


def _words(count: int, chance: random.Random) -> str:
    return "".join(chance.choices(_LETTERS, k=count))


def _law(articles: list[str]) -> str:
    lines = (f"第{to_chinese(number)}条　{text}" for number, text in enumerate(articles, 1))
    return "\n".join(["某市综合办法", *lines])


def _articles(count: int, chance: random.Random, length: int = 60) -> list[str]:
    return [f"{_words(length // 2, chance)}，{_words(length // 2, chance)}。" for _ in range(count)]


def _diffed(old: list[str], new: list[str]) -> Run:
    before, after = policydiff.parse(_law(old)), policydiff.parse(_law(new))
    return lambda: policydiff.diff(before, after)


def _paragraph_rewritten(size: int, chance: random.Random) -> Run:
    return _diffed([_words(size, chance)], [_words(size, chance)])


def _paragraph_edited(size: int, chance: random.Random) -> Run:
    old = _words(size, chance)
    new = "".join(chance.choice(_LETTERS) if index % 7 == 0 else letter for index, letter in enumerate(old))
    return _diffed([old], [new])


def _all_rewritten(size: int, chance: random.Random) -> Run:
    return _diffed(_articles(size, chance), _articles(size, chance))


def _all_moved(size: int, chance: random.Random) -> Run:
    old = _articles(size, chance)
    return _diffed(old, chance.sample(old, len(old)))


def _all_split(size: int, chance: random.Random) -> Run:
    old = [a + b for a, b in zip(_articles(size, chance), _articles(size, chance), strict=True)]
    return _diffed(old, [f"{part}。" for text in old for part in text.split("。") if part])


def _all_alike(size: int, chance: random.Random) -> Run:
    mould = _words(50, chance)
    made = [[mould + _words(6, chance) for _ in range(size)] for _ in range(2)]
    return _diffed(*made)


def _all_equal(size: int, chance: random.Random) -> Run:
    text = _words(30, chance)
    return _diffed([text] * size, [text] * (size - 1))


def _front_lines(size: int, chance: random.Random) -> Run:
    old, new = ("\n".join(_words(20, chance) for _ in range(size)) + "\n" + _law(["略。"]) for _ in range(2))
    before, after = policydiff.parse(old), policydiff.parse(new)
    return lambda: policydiff.diff(before, after)


def _table_rows(size: int, chance: random.Random) -> Run:
    def text() -> str:
        rows = "\n".join(f"| {_words(4, chance)} | {chance.randrange(10**6)} |" for _ in range(size))
        return f"某市目录\n一、目录如下\n| 名称 | 数额 |\n{rows}\n"

    before, after = policydiff.parse(text()), policydiff.parse(text())
    return lambda: policydiff.diff(before, after)


def _compared_new(size: int, chance: random.Random) -> Run:
    local, superior = (policydiff.parse(_law(_articles(size, chance))) for _ in range(2))
    return lambda: policydiff.compare(local, superior)


def _compared_copied(size: int, chance: random.Random) -> Run:
    articles = _articles(size, chance)
    local, superior = policydiff.parse(_law(articles)), policydiff.parse(_law(articles))
    return lambda: policydiff.compare(local, superior)


def _compared_alike(size: int, chance: random.Random) -> Run:
    mould = _words(30, chance)
    local, superior = (
        policydiff.parse(_law([f"{mould}{_words(6, chance)}。" for _ in range(size)])) for _ in range(2)
    )
    return lambda: policydiff.compare(local, superior)


def _split_over(size: int, chance: random.Random) -> tuple[policydiff.Document, list[policydiff.Document]]:
    """Return a document of as many articles, and four that share them out among themselves."""
    articles = _articles(size, chance)
    return policydiff.parse(_law(articles)), [policydiff.parse(_law(articles[part::4])) for part in range(4)]


def _compared_with_several(size: int, chance: random.Random) -> Run:
    local, superiors = _split_over(size, chance)
    return lambda: policydiff.compare(local, *superiors)


def _compared_with_peers(size: int, chance: random.Random) -> Run:
    superior, locals_ = _split_over(size, chance)
    return lambda: policydiff.compare(locals_[0], superior, peers=locals_[1:])


def _compared_over_time(size: int, chance: random.Random) -> Run:
    old = _articles(size, chance)
    new = [text if index % 3 else _words(30, chance) + "。" for index, text in enumerate(old)]
    local, before, after = (policydiff.parse(_law(each)) for each in (old, old, new))
    return lambda: policydiff.compare(local, after, before=before)


def _parsed_articles(size: int, chance: random.Random) -> Run:
    text = _law(_articles(size, chance))
    return lambda: policydiff.parse(text)


def _parsed_paragraph(size: int, chance: random.Random) -> Run:
    text = _law([_words(size, chance)])
    return lambda: policydiff.parse(text)


def _longer_run(word: str) -> Callable[[int, random.Random], Run]:
    """Return a case: a run of one word, and the same run a third longer."""

    def case(size: int, chance: random.Random) -> Run:  # noqa: ARG001  # every case is given both
        run = word * (size // len(word))
        return _diffed([f"{run}。"], [f"{run}{run[: len(run) // 3]}。"])

    return case


def _parsed_places(size: int, chance: random.Random) -> Run:  # noqa: ARG001
    text = _law(["依照" + "第三条" * (size // 3) + "办理。"])
    return lambda: policydiff.parse(text)


def _parsed_numbers(size: int, chance: random.Random) -> Run:
    text = _law(
        ["".join(f"到{chance.randrange(2000, 2100)}年达到{chance.randrange(99)}%，" for _ in range(size))]
    )
    return lambda: policydiff.parse(text).targets


def _parsed_lines(size: int, chance: random.Random) -> Run:
    text = "\n".join(_words(30, chance) for _ in range(size))
    return lambda: policydiff.parse(text)


def _parsed_marks(size: int, chance: random.Random) -> Run:
    marks = ["一、", "（一）", "1.", "（1）", "①", "A.", "i.", "甲、"]
    text = "某市方案\n" + "\n".join(chance.choice(marks) + _words(10, chance) for _ in range(size))
    return lambda: policydiff.parse(text)


def _parsed_notes(size: int, chance: random.Random) -> Run:
    text = _law([f"{_words(10, chance)}[^{number}]。" for number in range(size)])
    notes = "\n".join(f"[^{number}]: {_words(10, chance)}" for number in range(size))
    return lambda: policydiff.parse(f"{text}\n{notes}")


def _parsed_families(size: int, chance: random.Random) -> Run:
    words = (_words(2, chance) for _ in range(size))
    lines = "\n".join(f"{word}一：{_words(20, chance)}。\n{word}二：{_words(20, chance)}。" for word in words)
    return lambda: policydiff.parse(f"某市工作方案\n{lines}")


def _nested_headings(size: int, chance: random.Random) -> Run:
    def text() -> str:
        lines = (
            f"{to_chinese(number)}、{_words(8, chance)}\n（一）{_words(8, chance)}\n1. {_words(20, chance)}。"
            for number in range(1, size)
        )
        return "\n".join(["某市工作方案", *lines])

    before, after = policydiff.parse(text()), policydiff.parse(text())
    return lambda: policydiff.diff(before, after)


def _one_long_clause(size: int, chance: random.Random) -> Run:
    fine = "有关部门应当在三十个工作日内公布；逾期的，处五千元以上五万元以下罚款。"
    old, new = ("".join(f"{_words(4, chance)}{fine}" for _ in range(size)) for _ in range(2))
    return _diffed([old], [new])


def _read_html(size: int, chance: random.Random) -> Run:
    rows = "".join(f"<p class=a{index} style='color:red'>{_words(30, chance)}</p>" for index in range(size))
    data = f"<html><body><div>{rows}</div></body></html>".encode()
    return lambda: policydiff.read(data)


def _read_html_table(size: int, chance: random.Random) -> Run:
    rows = "".join(f"<tr><td>{_words(4, chance)}</td><td>{_words(4, chance)}</td></tr>" for _ in range(size))
    data = f"<html><body><table>{rows}</table></body></html>".encode()
    return lambda: policydiff.read(data)


def _read_html_list(size: int, chance: random.Random) -> Run:
    items = "".join(f"<li>{_words(10, chance)}" for _ in range(size))
    data = f"<html><body><div><ol reversed>{items}</ol></div></body></html>".encode()
    return lambda: policydiff.read(data)


def _annotated(size: int, chance: random.Random) -> Run:
    tasks = "".join(
        f"{_words(20, chance)}到2030年达到{chance.randrange(99)}%。（责任单位：市科技局、市{_words(3, chance)}局，2027年底）"
        for _ in range(size)
    )
    text = _law([tasks])

    def run() -> object:
        document = policydiff.parse(text)
        return document.targets, document.responsibilities

    return run


def _checked(size: int, chance: random.Random) -> Run:
    articles = [f"企业应当在{chance.randrange(2, 90)}日内{_words(20, chance)}。" for _ in range(size)]
    changed = [text.replace("应当", "可以") if index % 3 else text for index, text in enumerate(articles)]
    before, after = policydiff.parse(_law(articles)), policydiff.parse(_law(changed))
    return lambda: policydiff.check(before, after)


def _read_word(size: int, chance: random.Random) -> Run:
    from docx import Document

    made = Document()
    for text in _law(_articles(size, chance)).splitlines():
        made.add_paragraph(text)
    path = Path(tempfile.mkdtemp()) / "law.docx"
    made.save(str(path))
    return lambda: policydiff.read(path)


def _redlined(size: int, chance: random.Random) -> Run:
    from docx import Document

    articles = _articles(size, chance)
    changed = [text if index % 3 else _words(5, chance) + text[5:] for index, text in enumerate(articles)]
    paths = []
    for name, texts in (("old", articles), ("new", changed)):
        made = Document()
        for text in _law(texts).splitlines():
            made.add_paragraph(text)
        paths.append(Path(tempfile.mkdtemp()) / f"{name}.docx")
        made.save(str(paths[-1]))
    return lambda: policydiff.redline(*paths)


def _applied(size: int, chance: random.Random) -> Run:
    articles = _articles(size, chance)
    text = policydiff.parse(_law(articles))
    orders = "\n".join(
        f"{to_chinese(number)}、第{to_chinese(number)}条修改为：“{_words(30, chance)}。”"
        for number in range(1, size + 1)
    )
    decision = policydiff.parse(f"关于修改《某市综合办法》的决定\n{orders}\n")
    return lambda: policydiff.apply(text, decision)


def _half_applied(size: int, chance: random.Random) -> Run:
    """Carry out orders of which every second names words that its article does not hold."""
    text = policydiff.parse(_law(_articles(size, chance)))
    orders = "\n".join(
        f"{to_chinese(number)}、第{to_chinese(number)}条修改为：“{_words(30, chance)}。”"
        if number % 2
        else f"{to_chinese(number)}、将第{to_chinese(number)}条中的“甲乙丙丁戊己”修改为“{_words(6, chance)}”。"
        for number in range(1, size + 1)
    )
    decision = policydiff.parse(f"关于修改《某市综合办法》的决定\n{orders}\n")
    return lambda: policydiff.apply(text, decision)


def _chapters_drafted(size: int, chance: random.Random) -> Run:
    """Draft the decision on a law of as many chapters, each with another title and its one article in other words."""
    articles = _articles(size, chance)
    titles = [_words(4, chance) for _ in articles]
    texts = [
        "某市综合办法\n"
        + "\n".join(
            f"第{to_chinese(number)}章　{title[:2]}{joint}{title[2:]}\n第{to_chinese(number)}条　{words}{article[len(words) :]}"
            for number, (title, article) in enumerate(zip(titles, articles, strict=True), 1)
        )
        + "\n"
        for joint, words in (("", ""), ("与", _words(5, chance)))
    ]
    before, after = map(policydiff.parse, texts)
    return lambda: policydiff.draft(before, after)


def _drafted(size: int, chance: random.Random) -> Run:
    articles = _articles(size, chance)
    changed = [text if index % 3 else _words(5, chance) + text[5:] for index, text in enumerate(articles)]
    before, after = policydiff.parse(_law(articles)), policydiff.parse(_law(changed))
    return lambda: policydiff.draft(before, after)


def _reported(size: int, chance: random.Random) -> Run:
    found = _diffed(_articles(size, chance), _articles(size, chance))()
    return lambda: found.to_html(lang="zh")  # type: ignore[attr-defined]


CASES: dict[str, tuple[int, int, Callable[[int, random.Random], Run]]] = {
    "diff: one paragraph rewritten (characters)": (16_000, 512_000, _paragraph_rewritten),
    "diff: one paragraph edited everywhere (characters)": (16_000, 512_000, _paragraph_edited),
    "diff: a run of offices, longer by a third (characters)": (3_000, 96_000, _longer_run("市民政局")),
    "diff: a run of half-sentences, longer by a third (characters)": (
        3_000,
        96_000,
        _longer_run("，应当管理"),
    ),
    "parse: places named in one run (characters)": (25_000, 400_000, _parsed_places),
    "diff: every article rewritten": (600, 9_600, _all_rewritten),
    "diff: every article moved": (1_200, 9_600, _all_moved),
    "diff: every article split": (600, 4_800, _all_split),
    "diff: every article of one mould": (600, 9_600, _all_alike),
    "diff: every article equal": (1_200, 9_600, _all_equal),
    "diff: lines before the title": (1_000, 32_000, _front_lines),
    "diff: rows of a table": (1_250, 10_000, _table_rows),
    "compare: nothing in common (articles)": (1_200, 9_600, _compared_new),
    "compare: all copied (articles)": (600, 9_600, _compared_copied),
    "compare: all of one mould (articles)": (600, 9_600, _compared_alike),
    "compare: four superiors (articles)": (600, 9_600, _compared_with_several),
    "compare: three peers (articles)": (600, 9_600, _compared_with_peers),
    "compare: a superior revised (articles)": (600, 4_800, _compared_over_time),
    "parse: articles": (1_200, 9_600, _parsed_articles),
    "parse: one paragraph (characters)": (128_000, 4_096_000, _parsed_paragraph),
    "parse: targets in one paragraph": (2_000, 64_000, _parsed_numbers),
    "parse: lines without a mark": (4_000, 64_000, _parsed_lines),
    "parse: marks in any order": (4_000, 64_000, _parsed_marks),
    "parse: notes with their calls": (500, 8_000, _parsed_notes),
    "parse: families of marks": (1_000, 16_000, _parsed_families),
    "diff: headings over headings": (250, 4_000, _nested_headings),
    "diff: sentences of one clause, a word each changed": (250, 2_000, _one_long_clause),
    "read: HTML, paragraphs": (4_000, 64_000, _read_html),
    "read: HTML, rows of one table": (4_000, 64_000, _read_html_table),
    "read: HTML, items of a list counted down": (4_000, 64_000, _read_html_list),
    "annotate: measures with offices and targets": (500, 8_000, _annotated),
    "check: every third article softened": (300, 4_800, _checked),
    "read: DOCX, paragraphs": (1_200, 9_600, _read_word),
    "redline: DOCX, every third paragraph changed": (250, 4_000, _redlined),
    "apply: orders": (500, 4_000, _applied),
    "apply: orders, every second failing": (200, 3_200, _half_applied),
    "draft: articles": (250, 4_000, _drafted),
    "draft: chapters, each changed": (200, 1_600, _chapters_drafted),
    "report: HTML of a diff (articles)": (500, 8_000, _reported),
    **growing_stores.CASES,
}
"""Name to the first size, the last size, and what makes the work of a size."""


def _seconds() -> float:
    """Return the processor seconds of this process and of its children that ended."""
    told = [resource.getrusage(which) for which in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in told)


def measure(make: Callable[[int, random.Random], Run], size: int) -> Measured:
    """Return what one size costs, in a process of its own; making the input is not counted."""
    receiver, sender = multiprocessing.Pipe(duplex=False)

    def work() -> None:
        run = make(size, random.Random(size))
        before = resource.getrusage(resource.RUSAGE_SELF)
        start = _seconds()
        refused = None
        try:
            run()
        except PolicydiffError as error:
            refused = str(error)
        after = resource.getrusage(resource.RUSAGE_SELF)
        seconds = _seconds() - start
        peak = max(after.ru_maxrss - before.ru_maxrss, 0) / 1024
        sender.send(Measured(size, seconds, peak, refused))

    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    sender.close()
    try:
        received: Measured = receiver.recv()
        return received
    except EOFError:
        return Measured(size, math.nan, math.nan, f"the process ended with {process.exitcode}")
    finally:
        process.join()


def exponent(sizes: list[Measured], of: Callable[[Measured], float], least: float) -> float | None:
    """Return the slope of the logarithms over the last three sizes of at least `least`; None for fewer than two."""
    told = [each for each in sizes if each.refused is None and of(each) >= least][-3:]
    if len(told) < 2:
        return None
    first, last = told[0], told[-1]
    return math.log(of(last) / of(first)) / math.log(last.size / first.size)


def main() -> int:
    """Print a line per case; return 1 if one grows faster than the bar."""
    asked = sys.argv[1:]
    # Loaded once, so that no size pays for it.
    policydiff.diff(policydiff.parse("甲\n第一条 乙。"), policydiff.parse("甲\n第一条 丙。")).to_html(
        lang="zh"
    )
    policydiff.compare(policydiff.parse("甲\n第一条 乙。"), policydiff.parse("甲\n第一条 丙。"))
    worst = 0.0
    print(f"{'case':52} {'time':>6} {'memory':>6}  sizes: seconds, MiB")
    for name, (first, last, make) in CASES.items():
        if asked and not any(each in name for each in asked):
            continue
        sizes: list[Measured] = []
        size = first
        while size <= last:
            sizes.append(measure(make, size))
            if sizes[-1].refused is not None or sizes[-1].seconds > _ENOUGH:
                break
            size *= 2
        growth = exponent(sizes, lambda each: each.seconds, _FIRST)
        held = exponent(sizes, lambda each: each.mebibytes, 16.0)
        worst = max(worst, growth or 0.0, held or 0.0)
        told = "  ".join(
            f"{each.size}: {each.refused}"
            if each.refused
            else f"{each.size}: {each.seconds:.2f}, {each.mebibytes:.0f}"
            for each in sizes
        )
        marks = ["-" if each is None else f"{each:.2f}" for each in (growth, held)]
        print(f"{name:52} {marks[0]:>6} {marks[1]:>6}  {told}", flush=True)
    print(
        f"largest exponent {worst:.2f}, bar {_BAR}; load {' '.join(f'{each:.1f}' for each in os.getloadavg())}"
    )
    return 1 if worst > _BAR else 0


if __name__ == "__main__":
    sys.exit(main())
