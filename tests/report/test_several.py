"""Several superiors, peers, and a revised superior: each report shows what its result says, in every form."""

import csv
import json
import re
from io import StringIO

import jsonschema
import pytest
from rich.cells import cell_len
from selectolax.lexbor import LexborHTMLParser

import policydiff
from policydiff.api.rendering import schema
from policydiff.model import (
    Coverage,
    Document,
    Pace,
    PaceComparison,
    PaceOfClause,
    PeerCell,
    PeerComparison,
    PeerMeasure,
    SentenceOrigin,
    SourcedComparison,
)
from policydiff.model.base import Value
from policydiff.report import Format, RenderOptions, page_of, render
from policydiff.report.catalog import catalog
from policydiff.report.page import Strip
from policydiff.report.runs import plain

from . import hostile
from .factories import clause, compared, reference

REVISED = "鼓励发展第三方医学检验中心，到2030年达到二十家。"


def sourced(local: Document, *superiors: Document) -> SourcedComparison:
    """Of each sentence the best superior by score, as the engine says it."""
    comparisons = tuple(compared(local, superior) for superior in superiors)
    origins = []
    for rows in zip(*(each.sentences for each in comparisons), strict=True):
        best = max(range(len(rows)), key=lambda index: rows[index].score)
        origins.append(
            SentenceOrigin(
                clause=rows[best].clause,
                text=rows[best].text,
                comparison=best if rows[best].score >= 0.5 else None,
                score=rows[best].score,
                band=rows[best].band,
            )
        )
    result = SourcedComparison(local=comparisons[0].local, comparisons=comparisons, origins=tuple(origins))
    return result.made_from(local, *superiors)


def peers(superior: Document | None, *documents: Document) -> PeerComparison:
    anchored = superior or documents[0]
    measures = []
    for number, node in enumerate(anchored.walk()):
        cells = [
            PeerCell(
                status=tuple(Coverage)[(number + index) % 3],
                score=0.9 - 0.1 * index,
                clauses=(document.clauses[0].id,) if (number + index) % 3 < 2 else (),
            )
            for index, document in enumerate(documents)
        ]
        measures.append(
            PeerMeasure(
                document=None if superior else 0,
                clause=node.id,
                label=node.label,
                text=node.text,
                cells=tuple(cells),
            )
        )
    result = PeerComparison(
        documents=tuple(reference(each, f"{index}.txt") for index, each in enumerate(documents)),
        superior=reference(superior, "superior.txt") if superior else None,
        measures=tuple(measures),
    )
    return result.made_from(*documents, *((superior,) if superior else ()))


def paced(local: Document, old: Document, new: Document) -> PaceComparison:
    sentence = local.clauses[-1].text
    above = old.clauses[-1].id
    places = ((Pace.BEHIND, above), (Pace.UNFOUNDED, None), (Pace.CURRENT, above))
    touched = [
        PaceOfClause(pace=pace, clause=local.clauses[-1].id, text=sentence, old=above, new=after, score=0.8)
        for pace, after in places
    ]
    missing = PaceOfClause(pace=Pace.MISSING, clause=None, text=REVISED, old=None, new=above, score=0.95)
    result = PaceComparison(
        local=reference(local, "local.txt"),
        old_superior=reference(old, "old.txt"),
        new_superior=reference(new, "new.txt"),
        clauses=(*touched, missing),
    )
    return result.made_from(local, old, new)


@pytest.fixture(scope="module")
def other() -> Document:
    return Document(
        title="静安区支持总部经济发展的若干意见",
        clauses=(clause("lvl_1", "引导投资型总部在静安集聚更多实体业务。", label="一、"),),
    )


@pytest.fixture(scope="module")
def results(local: Document, superior: Document, other: Document) -> dict[str, Value]:
    return {
        "sourced": sourced(local, superior, other),
        "peer": peers(superior, local, other),
        "peers among themselves": peers(None, local, other),
        "pace": paced(local, superior, superior),
    }


NAMES = ("sourced", "peer", "peers among themselves", "pace")


def shown(value: Value, form: Format, lang: str = "zh", **options: object) -> str:
    rendered = render(value, form, lang=lang, options=RenderOptions.model_validate(options))
    return rendered.decode("utf-8-sig") if isinstance(rendered, bytes) else rendered


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_form_twice_the_same(results: dict[str, Value], name: str, lang: str) -> None:
    value = results[name]
    for form in Format:
        rendered = render(value, form, lang=lang)
        assert rendered
        assert rendered == render(value, form, lang=lang), form


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_terminal_lines_fit(results: dict[str, Value], name: str, width: int) -> None:
    for lang in ("zh", "en"):
        for everything in (False, True):
            text = shown(results[name], Format.TERMINAL, lang, width=width, everything=everything)
            assert max(cell_len(line) for line in text.split("\n")) <= width


@pytest.mark.parametrize("name", NAMES)
def test_bare_results_render(results: dict[str, Value], name: str) -> None:
    bare = results[name].made_from()
    for form in (Format.TERMINAL, Format.HTML, Format.CSV):
        assert render(bare, form)


def rows(value: Value) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(shown(value, Format.CSV, "en"))))


def test_each_sentence_names_its_superior(results: dict[str, Value], other: Document) -> None:
    found = {row["Local text"]: row for row in rows(results["sourced"])}
    from_the_other = found["引导投资型总部在静安集聚更多实体业务。"]
    assert from_the_other["Superior document"] == other.title
    assert from_the_other["Superior text"] == "引导投资型总部在静安集聚更多实体业务。"
    assert from_the_other["Superior clause"] == "[2] 一"
    report = results["sourced"]
    assert isinstance(report, SourcedComparison)
    alone = [origin for origin in report.origins if origin.comparison is None]
    assert alone
    for origin in alone:
        # A sentence that no superior surely explains, and one may, is asked about: it is never called its own.
        most = max(each.sentences[report.origins.index(origin)].score for each in report.comparisons)
        row = found[origin.text]
        assert row["Certainty"] == ("for a person to judge" if most >= 0.3 else "not counted")
        assert bool(row["Superior text"]) is (most >= 0.3)


def test_the_first_sentence_of_several_superiors_adds_up(results: dict[str, Value]) -> None:
    report = results["sourced"]
    assert isinstance(report, SourcedComparison)
    page = page_of(report, catalog("en"))
    superiors, measured, *fates, new = (int(word) for word in re.findall(r"\d+", page.lead))
    assert (superiors, measured) == (2, sum(fates))
    assert [figure.number for figure in page.figures] == [*fates, new]
    total, sure, superiors, none, possible = (int(word) for word in re.findall(r"\d+", page.answers[0]))
    assert (total, superiors) == (len(report), 2)
    assert sure + possible + none == total
    lists = {findings.name: findings for findings in page.findings}
    assert (lists["taken"].number, lists["own"].number, lists["missing"].number) == (sure, new, fates[-1])
    given = next(table for table in page.tables if table.name == "superiors")
    for row, each in zip(given.rows, report.comparisons, strict=True):
        measures = each.summary.measures
        assert [int(plain(cell)) for cell in row.cells[-3:]] == [
            measures.adopted,
            measures.touched,
            measures.omitted,
        ]
    assert sum(int(plain(row.cells[2])) for row in given.rows) == sure


def test_shares_per_superior_are_told(results: dict[str, Value]) -> None:
    report = results["sourced"]
    assert isinstance(report, SourcedComparison)
    text = shown(report, Format.TERMINAL, "en", width=160)
    for each in report.comparisons:
        assert f"{each.summary.counted_share * 100:.0f}%" in text
    assert "Superior document 2" in text


def test_the_matrix_has_a_column_a_document(
    results: dict[str, Value], local: Document, other: Document
) -> None:
    report = results["peer"]
    assert isinstance(report, PeerComparison)
    first = rows(report)[0]
    assert list(first)[1:] == [f"Document 1 {local.title}", f"Document 2 {other.title}"]
    said = [list(row.values())[1] for row in rows(report)]
    words = {
        Coverage.ADOPTED: "adopted",
        Coverage.TOUCHED: "touched in part",
        Coverage.OMITTED: "not taken up",
    }
    for measure, answer in zip(report.measures, said, strict=True):
        assert words[measure.cells[0].status] in answer
        assert f"{measure.cells[0].score:.2f}" not in answer  # bare scores are for CSV and Excel
    assert "quoted" in list(rows(results["peers among themselves"])[0].values())[1]


def test_what_lags_behind_shows_old_and_new(
    results: dict[str, Value], local: Document, superior: Document
) -> None:
    found = rows(results["pace"])
    assert [row["Pace"] for row in found] == ["behind", "unfounded", "current", "new above, missing here"]
    assert found[0]["Old superior text"] == superior.clauses[-1].text
    assert found[1]["New superior text"] == ""
    assert found[3]["Local text"] == ""
    assert found[3]["New superior text"] == REVISED


@pytest.mark.parametrize(("name", "number"), [("sourced", 2), ("peer", 1), ("pace", 1)])
def test_json_is_the_published_result(results: dict[str, Value], name: str, number: int) -> None:
    dumped = json.loads(shown(results[name], Format.JSON))
    jsonschema.validate(dumped, schema(f"{name}-comparison"))
    assert dumped["schema"] == f"policydiff/{name}-comparison/{number}"


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(results: dict[str, Value], name: str) -> None:
    html = LexborHTMLParser(shown(results[name], Format.HTML))
    ids = [node.attributes["id"] for node in html.css("[id]")]
    assert len(ids) == len(set(ids))
    for node in html.css("[href^='#']"):
        assert (node.attributes["href"] or "")[1:] in ids, node.html


def test_attacks_are_text() -> None:
    attack = hostile.document()
    for value in (sourced(attack, attack), peers(attack, attack), paced(attack, attack, attack)):
        html = LexborHTMLParser(shown(value, Format.HTML))
        assert len(html.css("script")) == 2
        assert not html.css("img")
        assert "\x1b" not in shown(value, Format.TERMINAL)


@pytest.mark.parametrize(
    ("issuers", "called", "reason"),
    [
        (("上海市浦东新区人民政府", "上海市金山区人民政府"), ["浦东新区", "金山区"], "two districts"),
        (("江苏省人民政府", "浙江省人民政府"), ["江苏省", "浙江省"], "two provinces"),
        (("苏州市人民政府", "无锡市人民政府"), ["苏州市", "无锡市"], "two cities"),
        (
            ("上海市金山区人民政府", "上海市金山区水务局"),
            ["文件 1", "文件 2"],
            "two documents of one district",
        ),
        (("国务院", "上海市金山区人民政府"), ["文件 1", "文件 2"], "the state is no area"),
        (("某某公司", "上海市金山区人民政府"), ["文件 1", "文件 2"], "an issuer without an area"),
    ],
)
def test_peers_are_called_by_their_areas(issuers: tuple[str, ...], called: list[str], reason: str) -> None:
    texts = [f"{issuer}关于加强河道管理的意见\n一、加强巡查。每月巡查两次。\n{extra}" for issuer, extra in zip(issuers, ("二、公开结果。结果按季公开。\n", ""), strict=True)]  # fmt: skip
    first, *others = (policydiff.parse(text) for text in texts)
    page = page_of(policydiff.compare(first, peers=others), catalog("zh"))
    [heat] = page.pictures
    assert isinstance(heat, Strip)
    assert list(heat.columns) == called, reason
    matrix = next(table for table in page.tables if table.name == "measures")
    assert [column.label for column in matrix.columns[1:]] == called
    some = next(each for each in page.findings if each.name == "some")
    assert [plain(entry.words).endswith(called[0]) for entry in some.entries] == [True]
