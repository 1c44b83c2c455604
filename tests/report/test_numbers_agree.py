"""A number that a report says in two places is one number: sentence, lists, figures, pictures, tables, sheets, CSV and JSON."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from python_calamine import CalamineWorkbook
from selectolax.lexbor import LexborHTMLParser

import policydiff
from policydiff import model
from policydiff.report import Format, RenderOptions, page_of, render
from policydiff.report.catalog import catalog
from policydiff.report.page import Page, Strip
from policydiff.report.pictures import picture_table
from policydiff.report.runs import Mark

LOCAL_AND_CITY = [
    ("baoshan-jiti-tudi-2024", "sh-jiti-tudi-fangwu-2021"),
    ("jinshan-nongcun-gonglu-2021", "sh-nongcun-gonglu-2020"),
    ("pudong-jingguan-zhaoming-2023", "sh-jingguan-zhaoming-2019"),
    ("jingan-fengmao-linxuan-2022", "sh-fengmao-guihua-tudi-2021"),
    ("fengxian-gongyuan-chengshi-2021", "sh-gongyuan-chengshi-2021"),
]
REVISIONS = [
    ("sh-chengshi-gengxin-yijian-2023", "sh-chengshi-gengxin-yijian-2025"),
    ("sh-lvhua-huanwei-gongzi-2021", "sh-lvhua-huanwei-gongzi-2022"),
    ("sh-kezaisheng-2020", "sh-kezaisheng-2022"),
]
LABELLED = ["nianjie_fangjia", "zhichan_fating", "jizhong_shenbao"]
SEVERAL = [("huangpu-fengmao-baohu-2023", "sh-fengmao-tiaoli-2019", "sh-chengshi-gengxin-tiaoli-2021")]
PEERS = ["pudong-nongcun-gonglu-2021", "chongming-nongcun-gonglu-2021", "jinshan-nongcun-gonglu-2021"]


def made(kind: str, names: tuple[str, ...], shared: Path) -> Any:
    texts = [shared / "shanghai" / f"{name}.txt" for name in names]
    match kind:
        case "revision":
            return policydiff.diff(*texts)
        case "labelled":
            folder = shared / "revisions" / names[0]
            return policydiff.diff(folder / "old.md", folder / "new.md")
        case "peers":
            return policydiff.compare(texts[1], texts[0], peers=texts[2:])
        case "pace":
            return policydiff.compare(texts[0], texts[2], before=texts[1])
    return policydiff.compare(*texts)


CASES = [
    *(("comparison", pair) for pair in LOCAL_AND_CITY),
    *(("revision", pair) for pair in REVISIONS),
    *(("labelled", (name,)) for name in LABELLED),
    *(("several", three) for three in SEVERAL),
    ("peers", ("sh-nongcun-gonglu-2020", *PEERS)),
    ("pace", tuple(f"sh-lvhua-huanwei-gongzi-{year}" for year in (2022, 2021, 2023))),
]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-{case[1][0]}")
def result(request: pytest.FixtureRequest, shared_data: Path) -> Any:
    return made(*request.param, shared_data)


def numbers(words: str) -> list[int]:
    return [int(found) for found in re.findall(r"\d+", words)]


def lists(page: Page) -> dict[str, int]:
    return {each.name: each.number for each in page.findings}


def counted_of_several(result: model.SourcedComparison, page: Page) -> Iterator[tuple[str, object, object]]:
    listed, said = lists(page), numbers(page.lead)
    counts = [each.summary.measures for each in result.comparisons]
    held = [sum(getattr(count, each) for count in counts) for each in ("total", *model.Coverage)]
    total, *others = held
    # Behind what is adopted, and behind what is new, stands how much of it is in doubt.
    doubted = sum(count.doubtful for count in counts)
    expected = [len(counts), total, others[0], *([doubted] if doubted else []), *others[1:]]
    yield "the sentence", expected, said[: len(expected)]
    yield "measures not taken up", others[-1], listed["missing"]
    yield "own measures", said[len(expected)], listed["own"]
    alone = [set(each.summary.own_measures.clauses) for each in result.comparisons]
    yield "new beside all of them", len(set.intersection(*alone)), listed["own"]
    bands = [
        sum(each.band is band for each in result)
        for band in (model.Band.SURE, model.Band.UNLIKELY, model.Band.POSSIBLE)
    ]
    sentences, sure, documents, unlikely, possible = numbers(page.answers[0])
    yield "the second sentence", [len(result), *bands], [sentences, sure, unlikely, possible]
    yield "superior documents", documents, len(counts)
    yield "sentences taken", sure, listed["taken"]
    yield "sentences to judge", possible, listed.get("judge", 0)


def counted(result: Any) -> Iterator[tuple[str, object, object]]:
    """Yield what is counted, the number in the JSON form, and the number the page says."""
    page = page_of(result, catalog("zh"))
    listed, said = lists(page), numbers(page.lead)
    if isinstance(result, model.RevisionDiff):
        changed = len(result.changes) - result.summary.unchanged
        substance = sum(bool(each.signals) for each in result.changes)
        yield "the sentence", [len(result.changes), changed], said[:2]
        yield "of substance", listed["substance"], said[2] if substance else 0
        yield "lines outside", len(result.outside), listed.get("outside", 0)
        yield "wording alone", changed - listed["substance"], listed.get("wording", 0)
        yield "moved", result.summary.moved, listed.get("moved", 0)
    if isinstance(result, model.Comparison):
        summary = result.summary
        own, (adopted, *others) = (
            summary.own_measures,
            [getattr(summary.measures, each) for each in model.Coverage],
        )
        in_doubt = [[number] if number else [] for number in (summary.measures.doubtful, own.doubtful)]
        held = [summary.measures.total, adopted, *in_doubt[0], *others, own.added, *in_doubt[1]]
        yield "the sentence, and what of it is in doubt", held, said
        yield (
            "the second sentence",
            [summary.sentences, summary.sure, summary.possible],
            numbers(page.answers[0]),
        )
        yield "measures not taken up", summary.measures.omitted, listed["missing"]
        yield "own measures", summary.own_measures.added, listed["own"]
        yield "sentences taken", summary.sure, listed["taken"]
        yield "sentences to judge", summary.possible, listed.get("judge", 0)
        behind = list(page.answers[1:])
        told = numbers(behind.pop(0)) if own.outside else [0]
        yield "own sentences outside the measures", [own.outside], told
        yield "sentences left", sum(numbers("".join(behind))), listed.get("left", 0)
        tables = {table.name: table for table in page.tables}
        yield "bodies", len(result.bodies), len(tables["bodies"].rows if "bodies" in tables else ())
        yield "clauses", len(result.coverage), len(tables["coverage"].rows)
    if isinstance(result, model.SourcedComparison):
        yield from counted_of_several(result, page)
    if isinstance(result, model.PaceComparison):
        paces = [sum(each.pace is pace for each in result.clauses) for pace in model.Pace]
        order = [
            list(model.Pace).index(each)
            for each in (
                model.Pace.BEHIND,
                model.Pace.UNFOUNDED,
                model.Pace.APART,
                model.Pace.MISSING,
                model.Pace.CURRENT,
            )
        ]
        yield "the sentence", [paces[at] for at in order], said
        yield "the lists", said[:4], [listed[each] for each in ("behind", "unfounded", "apart", "missing")]
        measures = [
            [count.total, count.adopted, count.touched, count.omitted]
            for count in (result.before, result.after)
        ]
        yield "measures before and after", [*chain.from_iterable(measures)], numbers(page.answers[-1])
    if isinstance(result, model.PeerComparison):
        yield "the sentence", [len(result.measures), len(result.documents)], [said[0], said[1]]
        yield "all, some, none", [listed["all"], listed["some"], listed["none"]], [said[2], *said[3:]]
        yield "parts of the whole", len(result.measures), listed["all"] + listed["some"] + listed["none"]


def test_the_page_says_the_numbers_of_the_json_form(result: Any) -> None:
    for what, held, told in counted(result):
        assert held == told, what


def test_figures_filters_and_pictures_count_alike(result: Any) -> None:
    page = page_of(result, catalog("zh"))
    tables = {table.name: table for table in page.tables}
    links = [(each.label, each.number, each.link) for each in page.figures]
    links += [(each.title, each.number, each.link) for each in page.findings if ":" in each.link]
    for label, number, link in links:
        name, _, only = link.partition(":")
        if not only or name not in tables:
            continue
        facet, _, value = only.partition("=")
        chosen = [row for row in tables[name].rows if value in dict(row.facets).get(facet, "").split()]
        # A figure of measures leads to the sentences that are new, one of wording to all that were modified.
        if label not in ("本级新增", "文字变化", catalog("zh")("The local document's own")) and number:
            assert len(chosen) == number or value in ("unlikely", "modified"), (label, link)
        for each in tables[name].facets:
            for choice, word, count in each.choices:
                rows = [
                    row for row in tables[name].rows if choice in dict(row.facets).get(each.name, "").split()
                ]
                assert len(rows) == count, (name, word)
    for picture in page.pictures:
        shown = picture_table(picture, catalog("zh"))
        if isinstance(picture, Strip) and picture.kinds:
            told = sum(int(cell[0].text) for row in shown.rows for cell in row.cells[1:] if cell)
            kinds = {kind for kind, _ in picture.kinds}
            assert told == sum(
                bool(kinds & set(cell.kind.split())) for line in picture.lines for cell in line.cells
            )


def test_every_format_says_the_numbers_of_the_page(result: Any) -> None:
    say = catalog("zh")
    page = page_of(result, say)
    listed = {each.title: each.number for each in page.findings}

    sheets = CalamineWorkbook.from_filelike(io.BytesIO(render(result, Format.XLSX)))
    for table in page.tables:
        flat = table.flat or table
        rows = sheets.get_sheet_by_name(table.title[:31]).to_python()
        head = next(
            at
            for at, row in enumerate(rows)
            if str(row[0]) == (flat.columns[0].full or flat.columns[0].label)
        )
        assert len(rows) - head - 1 == len(flat.rows), table.title

    text = bytes(render(result, Format.CSV)).decode("utf-8-sig")
    main = page.main_table.flat or page.main_table
    assert len(list(csv.reader(io.StringIO(text)))) == len(main.rows) + 1

    tree = LexborHTMLParser(str(render(result, Format.HTML)))
    assert tree.css_first(".lead").text() == page.lead
    told = {
        each.css_first("h2").text(deep=False).strip(): int(each.css_first("h2 small").text())
        for each in tree.css(".findings")
    }
    assert told == listed
    for table in page.tables:
        if table.rows:
            assert len(tree.css(f"#view-{table.name} tbody:not(.fold-head) tr")) == len(table.rows), (
                table.title
            )

    for options in (RenderOptions(), RenderOptions(everything=True)):
        markdown = str(render(result, Format.MARKDOWN, options=options))
        for title, number in listed.items():
            assert f"{title}（{number}）" in markdown or f"{title} ({number})" in markdown, title
    for options in (RenderOptions(), RenderOptions(brief=True)):
        file = docx.Document(io.BytesIO(render(result, Format.DOCX, options=options)))
        words = "\n".join(each.text for each in file.paragraphs)
        assert page.lead in words
        for each in page.findings:
            if each.entries or not options.brief:
                assert f"{each.title}（{each.number}）" in words, each.title


def test_evidence_marks_never_cut_a_number(result: Any) -> None:
    for table in page_of(result, catalog("zh")).tables:
        for row in table.rows:
            for runs in row.cells:
                for before, behind in pairwise(runs):
                    is_cut = before.text[-1:].isdigit() and behind.text[:1].isdigit()
                    assert not is_cut or before.mark is Mark.PLACE, (before, behind)


LOCAL = """Riverton County Plan for Clean Transport
1. The County shall install at least 200 public charging points by 31 December 2026.
2. Every new car park with more than 50 spaces must provide charging points for 10 per cent of its spaces.
3. The County may grant up to 3,000 dollars to a household that replaces a petrol car with an electric car.
4. The County will run a bicycle lending scheme in the town centre.
"""
SUPERIOR = """State Clean Transport Directive
1. Each county shall install at least 300 public charging points by 31 December 2025.
2. Every new car park with more than 50 spaces must provide charging points for 20 per cent of its spaces.
3. A county may grant up to 5,000 dollars to a household that replaces a petrol car with an electric car.
4. No county shall permit the sale of leaded petrol.
5. Each county shall train its inspectors.
"""


def test_what_is_in_doubt_is_told_of_texts_without_measured_scores_too() -> None:
    found = policydiff.compare(policydiff.parse(LOCAL), policydiff.parse(SUPERIOR))
    assert not found.reading.calibrated
    page = page_of(found, catalog("zh"))
    assert numbers(page.lead) == [5, 3, 3, 0, 2, 1]
    assert (lists(page)["missing"], lists(page)["own"]) == (2, 1)


def test_over_time_a_document_that_took_up_nothing_is_told_so() -> None:
    superior = "某市河道管理办法\n\n第一条 市水务局负责全市河道的管理。\n第二条 河道内禁止倾倒垃圾和渣土。\n"
    revised = superior + "第三条 沿河单位应当建立巡查台账。\n"
    stranger = (
        "某市甲区养老服务规定\n\n第一条 养老机构应当与老年人签订服务协议。\n第二条 护理员应当接受岗前培训。\n"
    )
    taker = "某市甲区河道管理规定\n\n第一条 河道内禁止倾倒垃圾和渣土。\n第二条 护理员应当接受岗前培训。\n"
    old, new = policydiff.parse(superior), policydiff.parse(revised)
    told = [
        "未见承接修订前的文本" in policydiff.compare(each, new, before=old).to_text(lang="zh")
        for each in map(policydiff.parse, (stranger, taker))
    ]
    assert told == [True, False]
