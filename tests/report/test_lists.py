"""Lists render in every form that takes them, with the words of their documents."""

from datetime import UTC, date, datetime

import pytest

from policydiff.errors import UsageError
from policydiff.model import (
    Citation,
    CitationRelation,
    Comparison,
    DocumentIdentity,
    ListedDocument,
    Reference,
    RevisionSummary,
    Span,
    VersionRecord,
)
from policydiff.model.base import Value
from policydiff.model.listed import (
    Blame,
    BlamedClause,
    CitationList,
    DocumentList,
    FoundCitation,
    FoundResponsibility,
    FoundTarget,
    LoggedVersion,
    ResponsibilityList,
    SearchHit,
    SearchHits,
    TargetList,
    VersionLog,
)
from policydiff.report import Format, RenderOptions, render
from policydiff.report.catalog import catalog
from policydiff.report.outline import address_of

IDENTITY = DocumentIdentity(
    id="shanghai/jingan/life-health-2021",
    title="静安区实施意见",
    issuing_bodies=("静安区人民政府",),
    level="county",
)
RECORD = VersionRecord(
    version="2021-11-29",
    issued=date(2021, 11, 29),
    effective=date(2022, 1, 1),
    source_sha256="a" * 64,
    text_sha256="b" * 64,
    source_name="source.html",
    media_type="text/html",
    url="https://example.org/doc",
    extractor="html",
    extractor_version="1",
    recorded_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
)
HERE = Reference(id=IDENTITY.id, version=RECORD.version, title=IDENTITY.title)


def lists(report: Comparison) -> list[tuple[Value, list[str]]]:
    """Each kind of list with words that must be shown."""
    citation = Citation(
        clause="lvl_1",
        title="“健康中国2030”规划纲要",
        document_number=None,
        relation=CitationRelation.BASIS,
        span=Span(0, 1),
    )
    return [
        (
            DocumentList(documents=(ListedDocument(identity=IDENTITY, versions=1, newest="2021-11-29"),)),
            [IDENTITY.id, "区县级"],
        ),
        (
            VersionLog(
                identity=IDENTITY,
                versions=(
                    LoggedVersion(
                        record=RECORD,
                        in_force_from=date(2022, 1, 1),
                        in_force_until=date(2026, 12, 31),
                        changes=RevisionSummary(modified=3, moved=1),
                    ),
                ),
            ),
            ["2022-01-01", "2026-12-31", "修改 3、移动 1", "https://example.org/doc"],
        ),
        (
            Blame(
                document=HERE,
                clauses=(
                    BlamedClause(
                        clause="lvl_1",
                        label="一、",
                        text="总体要求",
                        version="2021-11-29",
                        since=date(2021, 11, 29),
                    ),
                ),
            ),
            ["总体要求", "2021-11-29"],
        ),
        (
            SearchHits(
                query="总部企业",
                hits=(
                    SearchHit(document=HERE, clause="lvl_2", text="引导总部企业集聚。", spans=(Span(2, 6),)),
                ),
                total=57,
            ),
            ["总部企业", IDENTITY.title],
        ),
        (
            TargetList(
                targets=tuple(
                    FoundTarget(document=HERE, address="一（一）", target=each)
                    for each in report.sides[0].targets
                )
            ),
            ["总部型企业", "到2023年达到10家左右", "一（一）"],
        ),
        (
            ResponsibilityList(
                responsibilities=tuple(
                    FoundResponsibility(document=HERE, address="二", responsibility=each)
                    for each in report.sides[0].responsibilities
                )
            ),
            ["区科委、区投资办"],
        ),
        (
            CitationList(citations=(FoundCitation(document=HERE, address="一", citation=citation),)),
            ["规划纲要", "依据"],
        ),
    ]


@pytest.mark.parametrize("index", range(7))
def test_lists_render_in_every_form(report: Comparison, index: int) -> None:
    value, expected = lists(report)[index]
    for form in Format:
        rendered = render(value, form, options=RenderOptions(width=160))
        assert rendered == render(value, form, options=RenderOptions(width=160))
        if form in (Format.TERMINAL, Format.HTML):
            for words in expected:
                assert words in str(rendered) or catalog("zh").day(words) in str(rendered), form
    data = render(value, Format.CSV)
    assert isinstance(data, bytes)
    for words in expected:
        assert words in data.decode("utf-8-sig")


def test_an_empty_list_says_so(report: Comparison) -> None:
    for form in (Format.TERMINAL, Format.MARKDOWN, Format.HTML, Format.XLSX, Format.DOCX, Format.CSV):
        assert render(TargetList(targets=()), form)
    assert "无" in str(render(TargetList(targets=()), Format.TERMINAL))


def test_other_values_have_no_report() -> None:
    with pytest.raises(UsageError, match="Reference"):
        render(HERE, Format.HTML)


ADDRESSES = [
    ("art_12", "第十二条", "", "第十二条", "an article by its label"),
    ("chp_2__art_12__para_3", None, "", "第十二条第三款", "articles are numbered through all chapters"),
    ("art_12-1", None, "", "第十二条之一", "an inserted article"),
    ("art_3__subpara_2", "（二）", "", "第三条（二）", "an item under an article"),
    ("chp_2", "第二章", "总则", "第二章", "a chapter"),
    ("lvl_2__lvl_1__lvl_7", "7.", "", "二（一）7", "levels of an official document"),
    ("lvl_2__lvl_4__measure_3", None, "加强监管。加大力度。", "二（四） 加强监管", "a run-in heading"),
    ("lvl_2__measure_3", None, "很" * 30 + "。", "二第三段", "no heading that is handy"),
    ("lvl_1__lvl_1__para_1", None, "", "一（一）", "a paragraph below a level is found by it"),
    ("para_2", None, "", "第二段", "a paragraph that stands alone"),
    ("annex_1__lvl_2", None, "", "附件1 二", "a level of an annex, told from the eleventh annex"),
    ("x__y z", "甲", "", "x__y z", "not an id of the parser"),
    ("preface", None, "", "preface", "a part without number or label"),
]


@pytest.mark.parametrize(("clause", "label", "words", "expected", "_reason"), ADDRESSES)
def test_addresses_without_the_document(
    clause: str, label: str | None, words: str, expected: str, _reason: str
) -> None:
    assert address_of(clause, label, words) == expected


def test_search_results_address_their_clauses() -> None:
    hits = SearchHits(
        query="监管",
        hits=(
            SearchHit(document=HERE, clause="lvl_2__lvl_4__measure_3", text="加强监管。加大力度。"),
            SearchHit(document=HERE, clause="lvl_9", address="九（文）", text="监管。"),
        ),
        total=2,
    )
    shown = str(render(hits, Format.TERMINAL, options=RenderOptions(width=160)))
    assert "二（四） 加强监管" in shown
    assert "九（文）" in shown
    assert "lvl_" not in shown


def test_a_search_says_how_many_clauses_it_does_not_show() -> None:
    hit = SearchHit(document=HERE, clause="lvl_2", text="引导总部企业集聚。", spans=(Span(2, 6),))
    cut, whole = (SearchHits(query="总部企业", hits=(hit,), total=total) for total in (57, 1))
    assert "共 57 条含全部检索词，以下为最相关的 1 条。" in cut.to_text(lang="zh")
    assert "以下为最相关" not in whole.to_text(lang="zh")
    assert repr(cut) == "<SearchHits: 总部企业, 1 hit of 57>"


def test_a_document_of_the_store_is_not_said_to_lack_a_date() -> None:
    """Dates are those of versions: the head of their list, which names none, has no date to miss."""
    log = VersionLog(identity=IDENTITY, versions=(LoggedVersion(record=RECORD),))
    assert "未注明" not in str(render(log, Format.TERMINAL))
    blame = Blame(document=HERE, clauses=())
    assert "未注明" in str(render(blame, Format.TERMINAL))


DAYS = [
    ("zh", Format.HTML, "2022年1月1日", "people read dates as they write them"),
    ("zh", Format.MARKDOWN, "2022年1月1日", "in comments too"),
    ("zh", Format.TERMINAL, "2022年1月1日", "in a column of a terminal too"),
    ("en", Format.HTML, "2022-01-01", "English pages keep ISO dates"),
    ("zh", Format.CSV, "2022-01-01", "sheets sort by them"),
    ("zh", Format.JSON, "2022-01-01", "contracts hold ISO dates"),
]


@pytest.mark.parametrize(("lang", "form", "expected", "reason"), DAYS)
def test_dates_are_written_for_their_reader(lang: str, form: Format, expected: str, reason: str) -> None:
    entry = LoggedVersion(record=RECORD, in_force_from=date(2022, 1, 1))
    shown = render(VersionLog(identity=IDENTITY, versions=(entry,)), form, lang=lang)
    text = shown.decode("utf-8-sig") if isinstance(shown, bytes) else shown
    assert expected in text, reason


def test_a_list_too_long_for_a_comment_is_cut_and_counted() -> None:
    entries = tuple(
        LoggedVersion(record=RECORD.model_copy(update={"version": f"2022-01-{day:02d}"}))
        for day in range(1, 31)
    )
    options = RenderOptions(max_characters=1_800)
    shown = str(
        render(VersionLog(identity=IDENTITY, versions=entries), Format.MARKDOWN, lang="en", options=options)
    )
    assert len(shown) <= 1_800
    assert "2022-01-01" in shown
    assert "rows left out" in shown
