"""How long reports of 1,000 clauses take: to render in each format, and until a browser answers to the first key.

The documents are generated: an act of 1,000 articles in 20 chapters, its revision (one article in five changed, one in
fifty removed), and a comparison of its three thousand sentences with three sources each. Rendering is given as a ratio to the JSON dump of the same result in the
same run; the browser's time is wall clock, from opening the file until views, filters and evidence work.
"""

import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from policydiff.lexicon.numerals import to_chinese
from policydiff.model import (
    Band,
    Clause,
    ClauseKind,
    Comparison,
    ComparisonSummary,
    Coverage,
    CoveredClause,
    Document,
    Reference,
    Relation,
    RevisionDiff,
    SentenceComparison,
    SentenceSource,
    SharedSpan,
    Span,
)
from policydiff.report import Format, render
from policydiff.revision.diffing import diff_documents

ARTICLES = 1_000
CHAPTERS = 20
LIMIT_SECONDS = 1.0
LIMIT_SIZE = 2.5
"""Most bytes of an HTML report for a byte of the words and labels of both texts."""
OPENINGS = 5
"""How often each report is opened in the browser: the machine may be shared, so the median is given with the best."""
SLOW_SECONDS = 1.0
"""A rendering that takes longer is measured once: noise is small beside it."""
_BODIES = (
    "市科学技术部门", "市卫生健康部门", "市市场监管部门", "市生态环境部门", "区人民政府", "市交通运输部门",
    "市财政部门",
)  # fmt: skip
_DUTIES = (
    "建立工作台账", "组织专项检查", "公布服务清单", "受理企业申请", "开展绩效评价", "完善应急预案", "推进信息共享",
    "落实资金保障",
)  # fmt: skip
_OBJECTS = (
    "生物医药企业", "医疗机构", "健康服务平台", "养老服务设施", "数据资源目录", "重点实验室", "产业园区",
    "药品经营场所", "公共信用信息",
)  # fmt: skip


def article(number: int, *, revised: bool) -> str:
    """Return the words of an article; the same number always gives the same words."""
    body, duty, thing = (_BODIES[number % 7], _DUTIES[number % 8], _OBJECTS[number % 9])
    days = 10 + number % 23 + (5 if revised and number % 5 == 0 else 0)
    amount = 1 + number % 11
    extra = "并于每年第一季度向社会公开上一年度办理情况，" if revised and number % 10 == 0 else ""
    return (
        f"{body}应当自收到第{number}类{thing}申请之日起{days}日内{duty}，{extra}对符合条件的按照实际投入的{amount * 5}%给予支持，"
        f"最高不超过{amount}00万元。逾期未{duty}的，由上级主管部门责令改正；拒不改正的，对直接负责的主管人员依法给予处分。"
    )


def act(*, revised: bool) -> Document:
    """Return the act, or its revision."""
    chapters = []
    for chapter in range(CHAPTERS):
        per = ARTICLES // CHAPTERS
        numbers = range(chapter * per + 1, (chapter + 1) * per + 1)
        articles = [
            clause(
                ClauseKind.ARTICLE,
                f"chp_{chapter + 1}__art_{n}",
                f"第{to_chinese(n)}条",
                article(n, revised=revised),
            )
            for n in numbers
            if n % 50 or not revised
        ]
        chapters.append(
            clause(
                ClauseKind.CHAPTER,
                f"chp_{chapter + 1}",
                f"第{to_chinese(chapter + 1)}章",
                f"第{chapter + 1}类事项",
                *articles,
            )
        )
    return Document(
        title="某市综合管理条例（修订）" if revised else "某市综合管理条例", clauses=tuple(chapters)
    )


def clause(kind: ClauseKind, name: str, label: str, text: str, *children: Clause) -> Clause:
    heading = text if kind is ClauseKind.CHAPTER else None
    return Clause(
        id=name,
        kind=kind,
        label=label,
        text=text,
        heading=heading,
        span=Span(0, len(text)),
        children=children,
    )


def sentences(document: Document) -> list[tuple[str, str]]:
    """Return clause and words of each sentence."""
    return [
        (node.id, f"{part}。")
        for node in document.walk()
        for part in node.text.rstrip("。").replace("；", "。").split("。")
    ]


def compared(local: Document, superior: Document) -> Comparison:
    """Return a comparison as large as a real one: bands and relations in turn, six shared runs a source."""
    above = sentences(superior)
    rows = []
    for index, (place, text) in enumerate(sentences(local)):
        near = [above[(index + step) % len(above)] for step in (0, 3, 6)]
        sources = tuple(
            SentenceSource(clause=name, text=words, score=0.9 - step / 10, spans=spans(text, words))
            for step, (name, words) in enumerate(near)
        )
        band = (Band.SURE, Band.POSSIBLE, Band.UNLIKELY)[index % 3]
        relation = tuple(Relation)[index % 4]
        score = {Band.SURE: 0.8, Band.POSSIBLE: 0.5, Band.UNLIKELY: 0.1}[band]
        rows.append(
            SentenceComparison(
                clause=place, text=text, relation=relation, score=score, band=band, sources=sources
            )
        )
    coverage = tuple(
        CoveredClause(clause=node.id, label=node.label, text=node.text, status=tuple(Coverage)[index % 3])
        for index, node in enumerate(superior.walk())
    )
    third = len(rows) // 3
    summary = ComparisonSummary(
        sentences=len(rows),
        verbatim=len(rows) // 4,
        adapted=len(rows) // 4,
        added=len(rows) // 2,
        sure=third,
        possible=third,
        counted_share=1 / 3,
        estimated_share=1 / 3,
        clauses_adopted=len(coverage) // 3,
        clauses_touched=len(coverage) // 3,
        clauses_omitted=len(coverage) // 3,
    )
    return Comparison(
        local=Reference(title=local.title),
        superior=Reference(title=superior.title),
        summary=summary,
        sentences=tuple(rows),
        clauses=(),
        coverage=coverage,
    )


def spans(text: str, words: str) -> tuple[SharedSpan, ...]:
    """Return six runs of four characters at like places."""
    last = min(len(text), len(words)) - 4
    starts = range(0, max(last, 0), max(1, last // 6))
    return tuple(SharedSpan(start, start + 4, start, start + 4) for start in starts)


def seconds(value: Comparison | RevisionDiff, form: Format) -> tuple[float, int]:
    """Return the processor time of the best of three renderings, and the size in bytes."""
    best, size = float("inf"), 0
    for _ in range(3):
        start = time.process_time()
        rendered = render(value, form)
        best = min(best, time.process_time() - start)
        size = len(rendered if isinstance(rendered, bytes) else rendered.encode())
        if best > SLOW_SECONDS:
            break
    return best, size


def reports() -> dict[str, Comparison | RevisionDiff]:
    """Return the results that are measured."""
    old, new = act(revised=False), act(revised=True)
    return {
        "revision": diff_documents(old, new).made_from(old, new),
        "comparison": compared(new, old).made_from(new, old),
    }


def held(value: Comparison | RevisionDiff) -> int:
    """Return the bytes of the words and labels of both texts."""
    sides = (side for side in value.sides if isinstance(side, Document))
    nodes = (node for side in sides for node in side.walk())
    return sum(len(f"{node.label or ''}{node.text}".encode()) for node in nodes)


def main() -> None:
    values = reports()
    for name, value in values.items():
        print(f"{name} of {ARTICLES} clauses")
        floor, _ = seconds(value, Format.JSON)
        for form in Format:
            taken, size = seconds(value, form)
            print(f"  {form.value:13} {taken:7.2f} s  {taken / floor:6.1f} x JSON  {size / 1024:8.0f} KiB")
            if form is Format.HTML:
                ratio = size / held(value)
                verdict = "within" if ratio <= LIMIT_SIZE else "OVER"
                print(f"  {'':13} {ratio:.2f} bytes for one of both texts ({verdict} {LIMIT_SIZE})")
    browse(values)


def browse(values: dict[str, Comparison | RevisionDiff]) -> None:
    """Print how long a headless Chromium takes until a report is interactive."""
    path = shutil.which("chromium")
    if path is None:
        print("no Chromium is installed: the time until a report is interactive was not measured")
        return
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        for name, value in values.items():
            file = Path(folder) / f"{name}.html"
            file.write_text(str(render(value, Format.HTML)), "utf-8")
            ready, filtered = [], []
            for _ in range(OPENINGS):
                page = browser.new_page()
                start = time.perf_counter()
                page.goto(file.as_uri(), wait_until="commit")
                page.wait_for_selector("html[data-ready]", state="attached")
                ready.append(time.perf_counter() - start)
                start = time.perf_counter()
                page.evaluate("document.querySelector('.chip').click(); document.body.offsetHeight")
                filtered.append(time.perf_counter() - start)
                page.close()
            verdict = "within" if median(ready) < LIMIT_SECONDS else "OVER"
            print(
                f"{name}: {file.stat().st_size / 2**20:.1f} MiB, "
                f"interactive in {median(ready):.2f} s, at best {min(ready):.2f} s "
                f"({verdict} {LIMIT_SECONDS:.0f} s), first filter in {median(filtered):.2f} s"
            )
        browser.close()


if __name__ == "__main__":
    main()
