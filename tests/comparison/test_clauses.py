"""Verdicts on clauses follow from the sentences."""

import pytest
from hypothesis import given, settings, strategies as st

from policydiff.comparison.clauses import clause_comparisons, coverage
from policydiff.comparison.compare import compare_documents
from policydiff.comparison.counted_measures import measure_count, measures_of
from policydiff.comparison.judged_sentences import band_of
from policydiff.comparison.sentence_units import units_of
from policydiff.model import (
    Band,
    Clause,
    ClauseKind,
    Coverage,
    Document,
    Relation,
    SentenceComparison,
    SentenceKind,
    SentenceSource,
    Span,
)
from tests.comparison.documents import LOCAL, SUPERIOR, document


def _clause(clause_id: str, kind: ClauseKind, *children: Clause) -> Clause:
    return Clause(id=clause_id, kind=kind, text="建立制度。", span=Span(0, 5), children=children)


def _said(clause: str, score: float, *sources: tuple[str, float]) -> SentenceComparison:
    return SentenceComparison(
        clause=clause,
        text="建立制度。",
        relation=Relation.ADAPTED if score >= 0.5 else Relation.ADDED,
        score=score,
        band=band_of(score),
        sources=tuple(
            SentenceSource(clause=source, text="建立制度。", score=weight) for source, weight in sources
        ),
    )


def _article(name: str, *words: str) -> Clause:
    return Clause(
        id=name,
        kind=ClauseKind.ARTICLE,
        text="",
        span=Span(0, 0),
        children=tuple(
            Clause(id=f"{name}__para_{place}", kind=ClauseKind.PARAGRAPH, text=text, span=Span(0, len(text)))
            for place, text in enumerate(words, 1)
        ),
    )


def _from(score: float, *sources: tuple[str, str, float]) -> SentenceComparison:
    """A local sentence with sources given by clause, words and score."""
    return _said("x", score).model_copy(
        update={
            "sources": tuple(
                SentenceSource(clause=clause, text=text, score=weight) for clause, text, weight in sources
            )
        }
    )


LONG, SHORT, OTHER = "各级政府应当建立经费保障制度。", "制定名录。", "编制实施规划并公布。"
SMALL = Document(
    clauses=(
        _clause("chp_1", ClauseKind.CHAPTER, _article("art_1", LONG, SHORT)),
        _clause("chp_2", ClauseKind.CHAPTER, _article("art_2", OTHER)),
    )
)
WHOLE = ("chp_1", "art_1", "art_1__para_1", "art_1__para_2", "chp_2", "art_2", "art_2__para_1")


@pytest.mark.parametrize(
    ("sentences", "statuses", "reason"),
    [
        ([], "o o o o o o o", "nothing said"),
        (
            [_from(0.9, ("art_1__para_1", LONG, 0.8))],
            "a a a o o o o",
            "15 of 20 characters of the article were taken, and of its chapter",
        ),
        (
            [_from(0.9, ("art_1__para_2", SHORT, 0.8))],
            "t t o a o o o",
            "only 5 of 20 were: part of its sentences is left out",
        ),
        (
            [_from(0.9, ("art_1__para_1", LONG, 0.9)), _from(0.9, ("art_1__para_2", SHORT, 0.9))],
            "a a a a o o o",
            "all of it by two sentences",
        ),
        ([_from(0.5, ("art_2__para_1", OTHER, 0.5))], "o o o o a a a", "just counted"),
        (
            [_from(0.49, ("art_2__para_1", OTHER, 0.49))],
            "o o o o t t t",
            "just not counted: nothing adopts it",
        ),
        ([_from(0.29, ("art_2__para_1", OTHER, 0.29))], "o o o o t t t", "what may come from it touches it"),
        ([_from(0.28, ("art_2__para_1", OTHER, 0.28))], "o o o o o o o", "what hardly may does not"),
        (
            [_from(0.9, ("art_2__para_1", OTHER, 0.9), ("art_1__para_1", LONG, 0.28))],
            "o o o o a a a",
            "a second source that hardly is one",
        ),
        (
            [_from(0.9, ("art_2__para_1", OTHER, 0.9), ("art_1__para_1", LONG, 0.35))],
            "a a a o a a a",
            "a sentence fused from two articles adopts both",
        ),
        (
            [_from(0.9, ("art_2__para_1", OTHER, 0.9), ("art_1__para_1", LONG, 0.34))],
            "t t t o a a a",
            "a second source that may be one touches the other article",
        ),
        (
            [_from(0.2, ("art_2__para_1", OTHER, 0.2)), _from(0.2, ("art_2__para_1", OTHER, 0.2))],
            "o o o o t t t",
            "two weak claims make 0.4 of a sentence, and no counted one",
        ),
        (
            [_from(0.9, ("chp_2", "建立制度。", 0.9)).model_copy(update={"kind": SentenceKind.HEADING})],
            "o o o o o o o",
            "a heading adopts nothing",
        ),
    ],
)
def test_coverage(sentences: list[SentenceComparison], statuses: str, reason: str) -> None:
    found = coverage(SMALL, units_of(SMALL), sentences)
    assert tuple(clause.clause for clause in found) == WHOLE
    assert " ".join(clause.status.value[0] for clause in found) == statuses, reason


_TEXT = "区政府应当建立台账，并定期公布。每年开展一次检查。每年开展一次检查。"
_FIRST, _TWICE = "区政府应当建立台账，并定期公布。", "每年开展一次检查。"
_ENDS = "本办法自2024年1月1日起施行，有效期五年。"


@pytest.mark.parametrize(
    ("text", "sentences", "left", "reason"),
    [
        (_TEXT, [], (_FIRST, _TWICE, _TWICE), "nothing is taken: all is left"),
        (_TEXT, [_from(0.9, ("art_1", _FIRST, 0.9))], (_TWICE, _TWICE), "the same words twice stand twice"),
        (_TEXT, [_from(0.9, ("art_1", _TWICE, 0.9))], (_FIRST,), "words that stand twice are taken together"),
        (_TEXT, [_from(0.5, ("art_1", _FIRST, 0.5))], (_TWICE, _TWICE), "just counted"),
        (_TEXT, [_from(0.49, ("art_1", _FIRST, 0.49))], (_FIRST, _TWICE, _TWICE), "just not counted: it may be left"),
        (_TEXT, [_from(0.9, ("art_1", _TWICE, 0.9), ("art_1", _FIRST, 0.6))], (), "one sentence fused from both"),
        (_TEXT, [_from(0.9, ("art_2", _FIRST, 0.9))], (_FIRST, _TWICE, _TWICE), "the like words of another clause"),
        (_ENDS, [], (), "what sets the text in force is for nobody to take up"),
        (_FIRST + _ENDS, [], (_FIRST,), "beside it what is to be taken up"),
        ("建立制度", [], ("建立制度",), "a clause without a stop is one sentence"),
    ],
)  # fmt: skip
def test_what_is_left_of_a_clause(
    text: str, sentences: list[SentenceComparison], left: tuple[str, ...], reason: str
) -> None:
    clause = Clause(id="art_1", kind=ClauseKind.ARTICLE, text=text, span=Span(0, len(text)))
    document = Document(clauses=(clause,))
    (found,) = coverage(document, units_of(document), sentences)
    assert tuple(text[start:end] for start, end in found.left) == left, reason
    assert list(found.left) == sorted(found.left), "in reading order, and none twice"


@given(
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.sampled_from([(LONG, "art_1__para_1"), (SHORT, "art_1__para_2"), (OTHER, "art_2__para_1")]),
        ),
        max_size=6,
    )
)
def test_adopted_means_a_counted_sentence_and_no_parent_above_its_best_child(
    said: list[tuple[float, tuple[str, str]]],
) -> None:
    sentences = [_from(score, (clause, text, score)) for score, (text, clause) in said]
    found = {clause.clause: clause for clause in coverage(SMALL, units_of(SMALL), sentences)}
    rank = [Coverage.OMITTED, Coverage.TOUCHED, Coverage.ADOPTED]
    for clause in SMALL.walk():
        status = found[clause.id].status
        if status is Coverage.ADOPTED:
            within = {part.id for part in clause.walk()}
            assert any(each.score >= 0.5 and each.sources[0].clause in within for each in sentences), (
                clause.id
            )
        if clause.children:
            best = max((found[child.id].status for child in clause.children), key=rank.index)
            assert rank.index(status) <= rank.index(best)


POLICY = Document(
    clauses=(
        _clause(
            "lvl_1",
            ClauseKind.LEVEL,
            Clause(
                id="lvl_1__lvl_1",
                kind=ClauseKind.LEVEL,
                heading="完善制度",
                text="完善制度",
                span=Span(0, 4),
                children=(
                    Clause(id="lvl_1__lvl_1__para_1", kind=ClauseKind.PARAGRAPH, text=LONG, span=Span(0, 15)),
                ),
            ),
        ),
    )
)


@pytest.mark.parametrize(
    ("score", "status", "reason"),
    [
        (0.9, "adopted", "its only paragraph was taken"),
        (0.29, "touched", "three tenths of a sentence may be expected to come from it"),
        (0.28, "omitted", "less than that"),
    ],
)
def test_coverage_of_a_policy(score: float, status: str, reason: str) -> None:
    found = coverage(POLICY, units_of(POLICY), [_from(score, ("lvl_1__lvl_1__para_1", LONG, score))])
    [measure] = [clause for clause in found if clause.measure]
    assert (measure.clause, measure.status.value) == ("lvl_1__lvl_1", status), reason
    assert measure_count(found).total == 1


PENAL = document(
    "某市条例\n第一条 养老机构应当登记。\n第二条 未登记的，由民政部门处一万元罚款。\n第三条 养老机构应当建立制度。\n"
)
FINE = "未登记的，由民政部门处一万元罚款。"


@pytest.mark.parametrize(
    ("scores", "status", "reason"),
    [
        ((0.46, 0.34), "touched", "0.8 of a sentence is expected to come from the penalty"),
        ((0.46, 0.33), "omitted", "fewer: other penalties and duties share its words"),
        ((0.49,), "omitted", "one that may be meant is not enough"),
        ((0.5,), "adopted", "one that is counted is"),
    ],
)
def test_a_penalty_is_touched_by_more_than_its_words(
    scores: tuple[float, ...], status: str, reason: str
) -> None:
    said = [_from(score, ("art_2", FINE, score)) for score in scores]
    [penalty] = [each for each in coverage(PENAL, units_of(PENAL), said) if each.clause == "art_2"]
    assert penalty.status.value == status, reason


def test_a_clause_scores_the_chance_that_any_sentence_comes_from_it() -> None:
    source = "art_2__para_1"
    said = [_said("a", 0.5, (source, 0.5)), _said("a", 0.4, (source, 0.4)), _said("b", 0.1, (source, 0.1))]
    covered = coverage(SMALL, units_of(SMALL), said)[-1]
    assert covered.score == pytest.approx(1 - 0.5 * 0.6 * 0.9)
    assert covered.by == ("a",), "b alone says next to nothing"
    weak = coverage(SMALL, units_of(SMALL), said[2:] * 4)[-1]
    assert (weak.status, weak.by) == (Coverage.TOUCHED, ("b",)), (
        "who makes the score is named, however weak each"
    )


def test_takers_are_named_surest_first() -> None:
    source = "art_2__para_1"
    covered = coverage(
        SMALL, units_of(SMALL), [_said("a", 0.6, (source, 0.6)), _said("b", 0.9, (source, 0.9))]
    )
    assert covered[-1].by == ("b", "a")


NUMBERED = """某市若干意见
一、总体要求
（一）指导思想
坚持创新发展。
二、重点任务
（一）健康医疗
1.打造品牌。允许公立医院与社会力量合作。
2.促进发展。支持社会力量举办门诊部。
（二）健康服务
3.发展管理。培育健康管理机构。
4.推动智慧健康。支持互联网医院。
"""
RESTARTING = NUMBERED.replace("3.发展", "1.发展").replace("4.推动", "2.推动")


@pytest.mark.parametrize(
    ("text", "labels", "reason"),
    [
        (NUMBERED, ["1.", "2.", "3.", "4."], "numbers that run on through the headings are what 四条 counts"),
        (
            RESTARTING,
            ["1.", "2.", "1.", "2."],
            "numbers that start again under each heading are levels like others, but for the guiding thought",
        ),
        ("某省条例\n第一条 甲制定规划。\n第二条 乙负责监督。\n", ["第一条", "第二条"], "articles"),
        (
            "某区方案\n一、改革任务\n坚持改革。\n二、保障措施\n加强领导。\n",
            ["一、", "二、"],
            "levels with none below",
        ),
    ],
)
def test_measures_are_counted_as_a_reader_counts_them(text: str, labels: list[str], reason: str) -> None:
    assert [clause.label for clause in measures_of(document(text))] == labels, reason


_BODY = "某区设摊管理办法\n一、经营要求\n经营者保持摊位整洁。\n二、监督检查\n区绿化市容局定期检查。\n"
_ARTICLES = "某省条例\n第一章 总则\n第一条 甲制定规划。\n第二条 乙负责监督。\n"


@pytest.mark.parametrize(
    ("end", "counted", "reason"),
    [
        (
            "三、附则\n本办法适用于本区的设摊活动。\n本办法由区绿化市容局负责解释。\n",
            2,
            "scope and who interprets",
        ),
        ("三、附 则\n本办法自印发之日起施行，有效期5年。\n", 2, "a blank in the heading"),
        (
            "三、施行日期\n本办法自印发之日起施行。\n原征收基地已获批准的，按原方案执行。\n",
            2,
            "day and transition",
        ),
        (
            "三、施行日期\n本办法自印发之日起施行。\n原征收基地的补偿方案已获批准的，按原补偿方案执行。\n",
            2,
            "a plan to compensate compensates nobody here",
        ),
        (
            "三、施行日期\n本办法自印发之日起施行。\n已取得《房屋拆迁许可证》的项目，由房屋部门按照规定办理。\n",
            2,
            "a permit that was given permits nothing here",
        ),
        (
            "三、施行日期\n本办法自印发之日起施行。\n本办法未涉及的内容，按照《某市房屋补偿规定》执行。\n",
            2,
            "words of a title",
        ),
        ("三、施行日期\n本办法自印发之日起施行。\n造成损失的，依法补偿。\n", 3, "compensates"),
        ("三、施行日期\n本办法自印发之日起施行。\n经营者可以延期撤出。\n", 3, "permits"),
        ("三、实施时间\n本办法自2024年1月1日起实施。\n", 2, "another word for the day"),
        ("三、有效期\n本办法有效期至2028年12月31日。\n", 2, "term"),
        ("三、解释权\n本办法由区绿化市容局解释。\n", 2, "who interprets"),
        ("三、其他\n本办法自2024年1月1日起施行。\n", 2, "nothing but the day, whatever the heading"),
        ("三、其他事项\n临港范围内的设摊由管委会落实。\n", 3, "a rule of its own, though it stands last"),
        ("三、附则\n经营者应当自行清运垃圾。\n", 3, "a duty remains a measure below 附则"),
        ("三、附则\n违反本办法的，处二百元罚款。\n", 3, "so does a penalty"),
        (
            "三、有效期管理\n许可证有效期为五年，期满前应当申请延续。\n",
            3,
            "a term of permits, not of the text",
        ),
        ("三、附则管理\n各镇建立台账。\n", 3, "a heading that only begins so"),
    ],
)
def test_closing_provisions_are_no_measures(end: str, counted: int, reason: str) -> None:
    assert len(measures_of(document(_BODY + end))) == counted, reason


@pytest.mark.parametrize(
    ("end", "counted", "reason"),
    [
        ("第三条 本条例自2022年1月1日起施行。\n", 2, "day"),
        ("第二章 附则\n第三条 本条例所称小型企业，按照国家划型标准执行。\n", 2, "a definition"),
        ("第二章 附则\n第三条 海洋工程依照海洋环境保护法的规定执行。\n", 2, "leaves a matter to another law"),
        (
            "第二章 附则\n第三条 境外组织应当遵守本条例。\n第四条 本条例自2022年1月1日起施行。\n",
            3,
            "a duty, and the day",
        ),
        ("第二章 附则\n第三条 进入紧急状态，由国务院依照宪法决定。\n", 3, "a power"),
        ("第三条 本条例所称丙，是指丁。\n", 3, "a definition elsewhere"),
        (
            "第三条\n（施行日期）\n本条例自2022年1月1日起施行。\n已取得批文的项目，沿用原有规定办理。\n",
            2,
            "a caption of its own above day and transition",
        ),
        (
            "第三条\n（施行日期）\n本条例自2022年1月1日起施行。\n未取得《许可证》的，应当补办。\n",
            3,
            "a duty below that caption",
        ),
    ],
)
def test_closing_articles_are_no_measures(end: str, counted: int, reason: str) -> None:
    assert len(measures_of(document(_ARTICLES + end))) == counted, reason


@pytest.mark.parametrize(
    ("article", "counted", "reason"),
    [
        ("国务院根据本法制定实施办法。", 2, "who carries it out in detail"),
        (
            "省、自治区、直辖市人民政府可以根据本条例，结合当地实际情况，制定实施办法。",
            2,
            "left to the provinces",
        ),
        ("本条例的实施细则由市人民政府制定，报省人民政府备案。", 2, "the thing named first"),
        ("著作权的保护办法由国务院另行规定。", 2, "left to another text"),
        ("出入境预防接种的采购，由检疫机关商财政部门另行规定。", 2, "no 办法 in it, but 另行规定"),
        ("居民家庭的收费办法另行制定。", 2, "nobody is named"),
        ("其他开发区的绿化工作，参照本条例执行。", 2, "reached out to further cases"),
        ("在内地投资设立的旅行社，参照适用本条例。", 2, "参照适用"),
        ("国有农场的规划管理，可以参照本条例的有关规定办理。", 2, "of its own provisions"),
        ("军队实施本条例的办法，由中央军事委员会制定。本条例自公布之日起施行。", 2, "left open, and the day"),
        ("新建小区应当配建充电桩。具体办法由市人民政府制定。", 3, "a duty, and how it is done in detail"),
        ("已经建成的应当并入管网，具体实施办法由市人民政府规定。", 3, "a duty in the same sentence"),
        (
            "食品安全标准由国务院卫生行政部门制定。",
            3,
            "a standard is a thing that binds, and who makes it a power",
        ),
        ("学校应当根据本条例制定应急预案。", 3, "a plan of one's own is a duty"),
        ("本条例适用于全民所有制企业，其他企业参照本条例执行。", 3, "scope"),
        ("违反本规定的，参照本条例第九条的规定处罚。", 3, "a penalty"),
        ("市人民政府应当参照本条例，完善配套政策。", 3, "a duty that goes on behind it"),
    ],
)
def test_rules_left_open_are_no_measures(article: str, counted: int, reason: str) -> None:
    assert len(measures_of(document(f"{_ARTICLES}第三条 {article}\n"))) == counted, reason


_TASKS = (
    "某区公园城市实施意见\n一、主要任务\n（一）增加绿地。新建公园十座。\n（二）开放绿地。公园全天开放。\n"
)


@pytest.mark.parametrize(
    ("rest", "own", "reason"),
    [
        ("二、工作职责\n（一）区发展改革委：负责项目审批。\n（二）区水务局：建设河道绿地。\n", "", "items headed by a body"),
        ("二、职责分工\n区房管局：指导物业企业。\n新城公司：动员下属企业。\n", "", "the same without numbers"),
        ("二、职责分工\n区政府负责本区绿化工作。\n区绿化市容局组织实施绿化工作。\n", "", "a verb instead of a colon"),
        ("二、职责分工\n（一）区交通委\n1.制定操作流程。\n2.调研停车资源。\n（二）区教育局\n开放学校绿地。\n", "", "all that stands below a body"),
        ("二、任务分工\n1.各镇、街道、开发区：推进本地绿化。\n2.奉发集团：建设更新项目。\n", "", "several at once, and a company"),
        ("二、部门职责\n（一）市规划资源部门职责。负责规划管理。\n（二）区人民政府职责。负责计划编制。\n", "", "BODY职责 as a heading"),
        ("二、责任分工\n1.公园管理由区绿化市容局负责。\n2.道路绿化，由区交通委、区建管委按照各自职责负责。\n", "", "the matter first"),
        ("二、组织保障\n（一）明确责任主体和职责分工\n1.区绿化委办公室建立协调机制。\n2.各街镇是实施的主体。\n", "", "a heading that says more"),
        ("二、职责分工\n（一）区发展改革委（区粮食物资局）负责立项。\n（二）区财政局会同区审计局监督资金。\n", "", "an aside behind the name"),
        ("二、职责分工\n（一）区水务局：建设河道绿地。\n（二）建立例会制度。每月召开例会。\n", "（二）", "an item that no body heads is a measure"),
        ("二、重点任务\n（一）区教育局开放学校绿地。年内开放二十所。\n（二）区水务局建设河道绿地。\n", "（一） （二）", "below tasks, a body that acts is a measure"),
        ("二、任务分解\n（一）开放学校绿地。年内开放二十所。（责任单位：区教育局）\n（二）建设河道绿地。（责任单位：区水务局）\n", "（一） （二）", "tasks with notes of responsibility"),
        ("二、组织保障\n（一）区政府成立领导小组，加强统筹。\n（二）落实经费。区财政安排资金。\n", "（一） （二）", "no heading parts the work"),
        ("二、职责履行\n（一）区水务局：建设河道绿地。\n（二）区房管局：指导物业企业。\n", "（一） （二）", "a heading that only sounds like it"),
        ("二、工作机制和职责分工\n建立联席会议制度。\n区房管局：指导物业企业。\n", "二、", "a mechanism beside the duties"),
    ],
)  # fmt: skip
def test_a_division_of_duties_is_no_measure_on_either_side(rest: str, own: str, reason: str) -> None:
    text = document(_TASKS + rest)
    assert " ".join(clause.label or "" for clause in measures_of(text)[2:]) == own, reason
    counted = 2 + len(own.split())
    as_local = compare_documents(text, document(SUPERIOR))
    as_superior = compare_documents(document(LOCAL.format(line="")), text)
    assert as_local.summary.own_measures.total == counted, "the local side"
    assert as_superior.summary.measures.total == counted, "the superior's side"


@pytest.mark.parametrize(
    "heading",
    [
        "职能分工",
        "组织分工",
        "职责与分工",
        "分工与职责",
        "职责划分",
        "职责",
        "领导小组职责",
        "各级职责",
        "责任部门及职责",
        "重点任务及分工",
        "各部门工作职责",
    ],
)
def test_a_division_of_duties_is_headed_in_many_ways(heading: str) -> None:
    text = document(
        f"{_TASKS}二、{heading}\n（一）区水务局：建设河道绿地。\n（二）区房管局：指导物业企业。\n"
    )
    assert len(measures_of(text)) == 2


@pytest.mark.parametrize(
    "heading", ["落实镇政府管养职责", "严格履行职责", "职责落实", "健全职责体系", "主要任务", "组织保障"]
)
def test_other_headings_part_no_work(heading: str) -> None:
    text = document(
        f"{_TASKS}二、{heading}\n（一）区水务局：建设河道绿地。\n（二）区房管局：指导物业企业。\n"
    )
    assert len(measures_of(text)) == 4


def test_a_division_of_duties_is_shown_with_its_bodies() -> None:
    text = document(_TASKS + "二、职责分工\n（一）区水务局：建设河道绿地。\n（二）各街镇：推进本地绿化。\n")
    assert [duty.lead for duty in text.responsibilities] == [("区水务局",), ("各街镇",)]


def test_a_text_of_nothing_but_closing_provisions_keeps_them() -> None:
    assert len(measures_of(document("某省决定\n第一条 本决定自公布之日起施行。\n"))) == 1


def test_a_clause_is_as_its_sentences() -> None:
    verdicts = clause_comparisons(
        Document(), [_said("a", 0.9, ("art_2", 0.9)), _said("a", 0.1), _said("b", 0.01)]
    )
    assert [(found.clause, found.relation.value, found.score) for found in verdicts] == [
        ("a", "adapted", 0.5),
        ("b", "added", 0.01),
    ]
    assert verdicts[0].sources == ("art_2",)


@pytest.mark.parametrize(
    ("score", "band"),
    [(1.0, Band.SURE), (0.7, Band.SURE), (0.69, Band.POSSIBLE), (0.3, Band.POSSIBLE), (0.29, Band.UNLIKELY)],
)
def test_bands(score: float, band: Band) -> None:
    assert band_of(score) is band


def test_every_sentence_and_clause_is_there_once_and_spans_quote_equal_words() -> None:
    local, superior = document(LOCAL.format(line="第六条 鼓励社会力量举办社区食堂。")), document(SUPERIOR)
    comparison = compare_documents(local, superior)
    assert [covered.clause for covered in comparison.coverage] == [clause.id for clause in superior.walk()]
    summary = comparison.summary
    counted = [found for found in comparison.sentences if found.kind is SentenceKind.SENTENCE]
    assert summary.sentences == len(counted)
    measures = summary.measures
    assert (
        measures.adopted + measures.touched + measures.omitted == measures.total == 10
    )  # the first is the purpose, the twelfth the day
    assert summary.verbatim + summary.adapted + summary.added == summary.sentences
    ids = {clause.id for clause in local.walk()}
    for found in comparison.sentences:
        assert found.clause in ids
        assert [source.score for source in found.sources] == sorted(
            (source.score for source in found.sources), reverse=True
        )
        for source in found.sources:
            for span in source.spans:
                assert 0 <= span.local_start < span.local_end <= len(found.text)
                assert 0 <= span.source_start < span.source_end <= len(source.text)
    assert comparison == compare_documents(local, superior)


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("第一条章、，。；（）()12%某市人民政府应当发展养老 \n"), max_size=120))
def test_any_two_texts_can_be_compared(text: str) -> None:
    comparison = compare_documents(document(text), document(SUPERIOR))
    assert all(0 <= found.score <= 1 for found in comparison.sentences)
    compare_documents(document(SUPERIOR), document(text))


def test_a_document_against_itself_is_verbatim() -> None:
    comparison = compare_documents(document(SUPERIOR), document(SUPERIOR))
    counted = [found for found in comparison.sentences if found.kind is SentenceKind.SENTENCE]
    derived = [found for found in counted if found.relation in {Relation.VERBATIM, Relation.ADAPTED}]
    assert len(derived) >= 0.8 * len(counted)
    assert {found.status for found in comparison.coverage} >= {Coverage.ADOPTED}
