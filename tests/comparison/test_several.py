"""More than one superior, peers, and a superior that was revised."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from policydiff.comparison.compare import compare_documents
from policydiff.comparison.counted_measures import measures_of
from policydiff.comparison.encoders import CachingEncoder
from policydiff.comparison.several import _pace, compare_many, compare_over_time, compare_peers
from policydiff.model import ClauseKind, Coverage, Pace, PaceOfClause, SidesDoubt
from policydiff.report import page_of
from policydiff.report.catalog import catalog
from tests.comparison.documents import LOCAL, SUPERIOR, document

LINE = "第六条 鼓励社会力量举办社区食堂、日间照料中心、老年大学，为居家老年人提供助餐、助浴、助洁、助行、助医等服务。"
OTHER = """某省无障碍环境建设条例
第一条 为了加强无障碍环境建设，保障残疾人平等参与社会生活，制定本条例。
第二条 城市道路、公共建筑、居住小区的新建、改建、扩建，应当符合无障碍设施工程建设标准。
第三条 公共停车场应当设置无障碍停车位，并设置显著标志，不得收取停车费用。
第四条 电视台应当播出配播手语的新闻节目，公共图书馆应当设立盲文阅览室。
第五条 违反本条例规定，损毁无障碍设施的，由住房城乡建设部门责令改正，处五百元以上五千元以下的罚款。
"""


def test_each_sentence_names_the_superior_it_comes_from() -> None:
    line = "第六条 公共停车场应当设置无障碍停车位，并设置显著标志，不得收取停车费用。"
    result = compare_many(document(LOCAL.format(line=line)), [document(SUPERIOR), document(OTHER)])
    by_text = {origin.text: origin.comparison for origin in result.origins}
    parking = next(origin for text, origin in by_text.items() if "停车位" in text)
    contract = next(origin for text, origin in by_text.items() if "服务协议" in text)
    assert (parking, contract) == (1, 0)
    assert len(result.origins) == len(result.comparisons[0].sentences)


def test_without_superiors_nothing_is_compared() -> None:
    result = compare_many(document(SUPERIOR), [])
    assert result.comparisons == ()
    assert result.origins == ()


def test_peers_against_a_superior() -> None:
    local = document(LOCAL.format(line=LINE))
    result = compare_peers([local, document(OTHER)], document(SUPERIOR))
    row = next(row for row in result.measures if "签订服务协议" in row.text)
    assert [cell.status for cell in row.cells] == [Coverage.ADOPTED, Coverage.OMITTED]
    assert row.document is None


def test_the_measures_of_peers_are_articles() -> None:
    local, superior = document(LOCAL.format(line=LINE)), document(SUPERIOR)
    articles = [clause.id for clause in superior.walk() if clause.kind is ClauseKind.ARTICLE]
    result = compare_peers([local], superior)
    assert [row.clause for row in result.measures] == articles[1:-1], (
        "no chapter heading, no paragraph beside its article, no purpose, no day of entry into force"
    )
    [supervision] = [row for row in result.measures if row.label == "第四条"]
    assert "民政部门负责" in supervision.text
    assert "各自职责" in supervision.text


def test_no_measure_of_a_peer_is_lost_and_none_is_listed_twice() -> None:
    documents = [document(LOCAL.format(line=LINE)), document(SUPERIOR), document(OTHER)]
    result = compare_peers(documents)
    for index, peer in enumerate(documents):
        rows = [row.clause for row in result.measures if row.document == index]
        named = {clause for row in result.measures for clause in row.cells[index].clauses}
        for clause in measures_of(peer):
            assert rows.count(clause.id) <= 1
            assert {part.id for part in clause.walk()} & named, f"{clause.label} of document {index}"


@pytest.mark.parametrize(
    ("texts", "peers", "doubts", "reason"),
    [
        ([SUPERIOR, SUPERIOR.replace("二十", "四十")], False, ["versions", "versions"], "one superior before and after"),
        ([SUPERIOR, OTHER], False, [None, None], "two superiors"),
        ([OTHER, SUPERIOR, SUPERIOR], False, [None, "versions", "versions"], "a third beside two versions"),
        (["甲县方案\n一、建学校。", "甲县方案\n一、建医院。"], True, ["versions", "versions"], "one title, one place"),
        (["甲县2024年方案\n一、建学校。", "甲县2025年方案\n一、建医院。"], True, [None, None], "plans of two years"),
        (["甲县办法\n一、建学校。", "乙县办法\n一、建学校。"], True, [None, None], "two counties"),
        (["甲县细则\n根据《某市办法》，制定本细则。\n一、建学校。", "某市办法\n一、建学校。"], True, [None, "swapped"], "a peer is the basis of the other"),
        (["某市办法\n一、建学校。", "甲县细则\n根据《某市办法》，制定本细则。\n一、建学校。", "乙县细则\n一、修路。"], True, ["swapped", None, None], "among three"),
        (["甲县细则\n根据《某市办法》，制定本细则。\n一、建学校。", "某市办法\n一、建学校。"], False, [None, None], "of two superiors one may rest on the other"),
    ],
)  # fmt: skip
def test_documents_that_do_not_stand_beside_each_other_are_doubted(
    texts: list[str], peers: bool, doubts: list[str | None], reason: str
) -> None:
    given = [document(text) for text in texts]
    if peers:
        found = compare_peers(given).doubts
        assert compare_peers(given, document(SUPERIOR)).doubts == found
    else:
        found = compare_many(document(LOCAL.format(line=LINE)), given).doubts
    assert [*found] == doubts, reason


def test_a_measure_within_a_wider_one_of_an_earlier_peer_is_found_there() -> None:
    wide = "某区办法\n第一条 " + "".join(
        f"{words}。"
        for words in (
            "养老机构应当与老年人签订服务协议，明确双方的权利和义务",
            "公共停车场应当设置无障碍停车位，并设置显著标志",
            "公共图书馆应当设立盲文阅览室",
        )
    )
    narrow = (
        "某市办法\n第一条 发展海水养殖和远洋捕捞。\n第二条 公共停车场应当设置无障碍停车位，并设置显著标志。\n"
    )
    result = compare_peers([document(wide), document(narrow)])
    assert [(row.document, row.clause) for row in result.measures] == [(0, "art_1"), (1, "art_1")]
    assert result.measures[0].cells[1].clauses == ("art_2",)


def test_peers_against_each_other_name_a_shared_measure_once() -> None:
    local = document(LOCAL.format(line=LINE))
    result = compare_peers([document(SUPERIOR), local])
    rows = [row for row in result.measures if "签订服务协议" in row.text]
    assert len(rows) == 1
    assert [cell.status for cell in rows[0].cells] == [Coverage.ADOPTED, Coverage.ADOPTED]
    own = [row for row in result.measures if row.document == 1]
    assert all(row.cells[0].status is Coverage.OMITTED for row in own)


def test_a_revision_of_the_superior_leaves_clauses_behind() -> None:
    revised = (
        SUPERIOR.replace("不少于二十平方米", "不少于四十平方米")
        .replace("第九条 养老机构应当与老年人签订服务协议，明确双方的权利和义务。\n", "")
        .replace("第十二条", "第十二条 养老机构应当安装视频监控设备，监控录像保存不少于九十日。\n第十三条")
    )
    line = "第六条 养老机构应当建立入院评估制度，根据老年人身体状况确定照料护理等级。"
    result = compare_over_time(document(LOCAL.format(line=line)), document(SUPERIOR), document(revised))
    assert any(found.pace is Pace.BEHIND and "三十平方米" in found.text for found in result.clauses)
    assert any(found.pace is Pace.MISSING and "视频监控" in found.text for found in result.clauses)
    assert any(found.pace is Pace.UNFOUNDED and "服务协议" in found.text for found in result.clauses)
    assert not any("入院评估" in found.text for found in result.clauses), "its source was left as it was"


@pytest.mark.parametrize(
    ("old", "new", "own", "pace", "reason"),
    [
        ("养老机构应当建立评估制度", "养老机构应当建立评估制度", None, None, "left as it was: not listed"),
        ("每年检查一次", "每年检查两次", "每年检查一次", Pace.BEHIND, "it holds what was struck out"),
        ("每年检查一次", "每年检查两次", "每年检查两次", Pace.CURRENT, "it holds what was put in"),
        (
            "每年检查一次",
            "每年检查一次并公布检查结果",
            "每年检查一次",
            Pace.BEHIND,
            "nothing was struck out, but what was put in is not there",
        ),
        (
            "每年检查一次并在报纸上刊登启事",
            "每年检查一次",
            "每年检查一次",
            Pace.CURRENT,
            "what was struck out it never held",
        ),
        (
            "每年检查一次",
            "每年检查两次",
            "每半年抽查三次",
            Pace.APART,
            "a figure of its own: neither text says it",
        ),
    ],
)
def test_pace_is_told_by_what_the_revision_changed(
    old: str, new: str, own: str | None, pace: Pace | None, reason: str
) -> None:
    line = "第九条 民政部门应当对养老机构的消防安全、食品安全和服务质量{words}。"
    before, after = (
        SUPERIOR.replace(
            "第九条 养老机构应当与老年人签订服务协议，明确双方的权利和义务。", line.format(words=words)
        )
        for words in (old, new)
    )
    local = LOCAL.format(line=line.format(words=own or old).replace("第九条", "第六条"))
    found = compare_over_time(document(local), document(before), document(after)).clauses
    assert [one.pace for one in found if "消防安全" in one.text] == ([pace] if pace else []), reason


OLD_DOGS = """江海市养犬管理条例
第一条 饲养犬只应当到公安机关办理登记。
第二条 携带犬只外出应当束牵引带。犬只排泄的粪便应当立即清除。
第三条 未登记养犬的，处五百元罚款。
第四条 犬只诊疗机构应当建立诊疗档案，保存不少于二年。
第五条 养犬人应当每年为犬只注射狂犬病疫苗。
"""


@pytest.mark.parametrize(
    ("struck", "put_in", "paces", "reason"),
    [
        ("办理登记。", "办理登记。登记犬只应当植入电子标识。", {"植入电子标识": Pace.MISSING}, "a sentence put into a kept article"),
        ("五百元罚款。", "五百元罚款；逾期不改正的，没收犬只。", {"没收犬只": Pace.MISSING}, "a half-sentence with a sanction of its own"),
        ("狂犬病疫苗。", "狂犬病疫苗。\n接种单位应当免费发放免疫证明。", {"免疫证明": Pace.MISSING}, "a paragraph put into a kept article"),
        ("犬只排泄的粪便应当立即清除。", "", {"粪便": Pace.UNFOUNDED}, "a sentence struck out of a kept article"),
        ("束牵引带。犬只排泄的粪便应当立即清除。", "由成年人束牵引带。", {"牵引带": Pace.BEHIND, "粪便": Pace.UNFOUNDED}, "one reworded, one struck out"),
        ("五百元", "一千元", {"罚款": Pace.BEHIND}, "the old amount is held"),
        ("二年", "三年", {"诊疗档案": Pace.APART}, "the local text sets five years: neither"),
        ("二年", "八年", {"诊疗档案": Pace.BEHIND}, "neither, and less than the revised text asks for"),
        ("第四条 犬只诊疗", "第四条 宠物诊疗", {}, "words exchanged of which the local text holds the old ones"),
        ("每年为犬只注射狂犬病疫苗。", "为犬只注射狂犬病疫苗，每年一次。", {"狂犬病": Pace.BEHIND}, "order changed and 次 put in: to be read"),
        ("第五条", "第五条 ", {}, "a blank says nothing"),
    ],
)  # fmt: skip
def test_a_revision_within_an_article_is_told(
    struck: str, put_in: str, paces: dict[str, Pace], reason: str
) -> None:
    local = OLD_DOGS.replace("江海市养犬管理条例", "南浦区养犬管理实施细则").replace("二年", "五年")
    found = compare_over_time(document(local), document(OLD_DOGS), document(OLD_DOGS.replace(struck, put_in)))
    told = {words: one.pace for one in found.clauses for words in paces if words in one.text}
    assert told == paces, reason


OPINION = """江海市人民政府关于促进夜间经济的意见
一、优化商业布局
（一）打造特色街区。每个区建设两条夜间特色街区。
二、完善保障
（一）加强交通保障。延长轨道交通运营时间至二十四时。
"""


@pytest.mark.parametrize(
    ("put_in", "told", "reason"),
    [
        ("三、强化监督检查\n（一）开展评估。每半年开展一次第三方评估。\n", ["第三方评估"], "a heading over a new item is no provision"),
        ("三、强化监督检查\n（一）第三方评估\n每半年开展一次评估，结果向社会公开。\n", ["结果向社会公开"], "an item whose heading has a line of its own"),
        ("三、强化监督检查\n1.开展评估\n（1）每半年开展一次评估。\n（2）评估结果向社会公开。\n", ["每半年", "结果"], "two headings over two items"),
        ("三、强化监督检查\n每半年开展一次第三方评估。\n", ["第三方评估"], "a heading with one paragraph below is told by it"),
        ("三、强化监督检查。每半年开展一次第三方评估。\n", ["第三方评估"], "a heading in the line of its sentence"),
        ("三、强化监督检查\n各单位要落实下列措施：\n1.每半年开展一次评估。\n2.评估结果向社会公开。\n", ["下列措施", "每半年", "结果"], "a lead-in counts, as in every comparison"),
        ("第三章 监督检查\n第一节 评估\n", [], "divisions alone"),
        ("三、强化监督检查\n（一）评估\n（二）公开\n", ["评估", "公开"], "numbered lines over nothing, no heading"),
    ],
)  # fmt: skip
def test_new_provisions_are_told_by_their_own_words(put_in: str, told: list[str], reason: str) -> None:
    local = document(OPINION.replace("江海市人民政府", "南浦区人民政府").replace("两条", "一条"))
    found = compare_over_time(local, document(OPINION), document(OPINION + put_in)).clauses
    missing = [each.text for each in found if each.pace is Pace.MISSING]
    assert len(missing) == len(told), (reason, missing)
    assert all(words in text for words, text in zip(told, missing, strict=True)), (reason, missing)


def test_a_sentence_put_into_an_item_that_moved_under_a_new_heading_is_told() -> None:
    item = "（一）打造特色街区。每个区建设两条夜间特色街区。"
    local = document(OPINION.replace("江海市人民政府", "南浦区人民政府"))
    moved = OPINION.replace(f"一、优化商业布局\n{item}\n", "").replace("二、", "一、")
    new = f"{moved}二、做强品牌\n{item}街区管理机构应当公布投诉电话。\n"
    found = compare_over_time(local, document(OPINION), document(new)).clauses
    assert [each.text for each in found if each.pace is Pace.MISSING] == ["街区管理机构应当公布投诉电话。"]


@pytest.mark.parametrize("break_", ["", "\n"], ids=["one paragraph", "two paragraphs"])
def test_a_new_article_is_one_provision_told_by_its_paragraphs(break_: str) -> None:
    new = OLD_DOGS + f"第六条 本市设立犬只收容场所。{break_}收容的犬只十五日内无人认领的，可以由他人领养。\n"
    local = document(OLD_DOGS.replace("江海市养犬管理条例", "南浦区养犬管理实施细则"))
    [found] = compare_over_time(local, document(OLD_DOGS), document(new)).clauses
    assert (found.pace, found.new) == (Pace.MISSING, "art_6")
    assert "收容场所" in found.text
    assert "领养" in found.text


def test_a_sentence_of_two_sources_lags_behind_the_second_too() -> None:
    old = "江海市阅读条例\n第一条 每年四月举办全民阅读周。\n第二条 图书馆应当为老年人送书上门。\n第三条 学校开设阅读课程。\n"
    new = old.replace("送书上门", "提供大字图书")
    local = "南浦区阅读细则\n第一条 每年四月举办全民阅读周，图书馆应当为老年人送书上门。\n第二条 建设书店。\n"
    [found] = compare_over_time(document(local), document(old), document(new)).clauses
    assert (found.pace, found.old) == (Pace.BEHIND, "art_2")


def test_over_time_counts_measures_as_a_pair_does_and_doubts_the_order() -> None:
    texts = [SUPERIOR.replace("二十平方米", size) for size in ("二十平方米", "四十平方米")]
    dated = [
        document(f"{text.splitlines()[0]}\n（{year}年3月1日通过）\n" + text.split("\n", 1)[1])
        for year, text in zip((2019, 2024), texts, strict=True)
    ]
    local = document(LOCAL.format(line="第六条 本市支持社会力量参与养老服务。"))
    found = compare_over_time(local, *dated)
    assert found.doubt is None
    assert [found.before, found.after] == [compare_documents(local, one).summary.measures for one in dated]
    assert compare_over_time(local, *dated[::-1]).doubt is SidesDoubt.SWAPPED


def test_what_moved_to_another_chapter_is_not_unfounded() -> None:
    """A revision that breaks an article up and rewords it is seen as removal and addition."""
    line = "第九条 养老机构应当与老年人签订服务协议，明确双方的权利和义务。\n"
    revised = SUPERIOR.replace(line, "").replace(
        "第三章 居家社区养老\n",
        "第三章 服务规范\n第七条之一 举办养老服务的单位应当依法与接受服务的老年人签订服务协议，明确服务内容、收费标准、"
        "双方的权利和义务以及违约责任，并向民政部门备案。\n",
    )
    local = document(LOCAL.format(line="第六条 本市支持社会力量参与养老服务。"))
    found = compare_over_time(local, document(SUPERIOR), document(revised)).clauses
    [agreement] = [one for one in found if one.clause and "服务协议" in one.text]
    assert (agreement.pace, agreement.new) == (Pace.BEHIND, "chp_3__art_7-1")
    ids = {clause.id for clause in document(revised).walk() if clause.kind is ClauseKind.CHAPTER}
    assert ids.isdisjoint({one.new for one in found}), "a chapter's heading lags behind nothing"


class _Counting:
    """An encoder of two numbers that counts what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        self.asked.extend(texts)
        return [[float(len(text)), float(text.count("老"))] for text in texts]


def test_an_encoder_bears_on_scores_and_is_the_same_every_time() -> None:
    local, superior = document(LOCAL.format(line=LINE)), document(SUPERIOR)
    with_meaning = compare_documents(local, superior, encoder=_Counting())
    assert with_meaning == compare_documents(local, superior, encoder=_Counting())
    without = compare_documents(local, superior)
    assert [found.score for found in with_meaning.sentences] != [found.score for found in without.sentences]
    assert [found.text for found in with_meaning.sentences] == [found.text for found in without.sentences]


def test_a_text_is_encoded_once() -> None:
    inner = _Counting()
    encoder = CachingEncoder(inner)
    first = encoder.encode(["甲", "乙", "甲"])
    again = encoder.encode(["乙", "丙"])
    assert inner.asked == ["甲", "乙", "丙"]
    assert first[1] == again[0]


@pytest.mark.parametrize("pair", [("", SUPERIOR), (SUPERIOR, ""), ("", "")])
def test_an_empty_document_is_compared_too(pair: tuple[str, str]) -> None:
    comparison = compare_documents(document(pair[0]), document(pair[1]), encoder=_Counting())
    assert comparison.summary.sure == 0


@pytest.mark.parametrize(
    ("own", "old", "new", "pace", "reason"),
    [
        ("应当登记住所", "应当登记住所电话", "应当登记", Pace.BEHIND, "half of what was struck out is held"),
        ("应当登记住所", "应当登记住所电话邮", "应当登记", Pace.CURRENT, "less than half of it is"),
        ("应当登记住所", "应当登记", "应当登记住所电话", Pace.CURRENT, "half of what was put in is held"),
        ("应当登记住所", "应当登记", "应当登记住所电话邮", Pace.BEHIND, "less than half of it is"),
        ("保存五年", "保存二年", "保存三年", Pace.APART, "words were exchanged, and neither is held"),
    ],
)
def test_half_of_the_change_tells_the_pace(own: str, old: str, new: str, pace: Pace, reason: str) -> None:
    assert _pace(own, old, new) is pace, reason


@pytest.mark.parametrize("name", ["care", "market", "parking"])
def test_beside_a_second_superior_effects_and_ledger_are_those_of_the_pair(name: str) -> None:
    gold = Path(__file__).parents[2] / "benchmarks" / "gold" / "burdens_written"
    local, superior, other = (
        document((gold / f"{each}.txt").read_text("utf-8"))
        for each in (f"{name}.local", f"{name}.superior", "scaffold.superior")
    )
    pair = compare_documents(local, superior)
    beside = compare_many(local, [superior, other]).comparisons[0]
    assert [each.effect for each in beside.sentences] == [each.effect for each in pair.sentences]
    assert beside.burdens == pair.burdens
    assert beside.burdens


@pytest.mark.parametrize(
    ("score", "pace", "told", "reason"),
    [
        (0.95, Pace.BEHIND, "滞后", "the sentence surely comes from the old clause"),
        (0.70, Pace.BEHIND, "滞后", "just sure"),
        (0.69, Pace.BEHIND, "滞后？", "it may come from elsewhere"),
        (0.51, Pace.APART, "另有表述？", "likelier than not"),
        (0.51, Pace.CURRENT, "已跟进？", "so may one that kept up"),
        (0.40, Pace.MISSING, "上位新增未承接", "nothing takes it up: there is no source to doubt"),
    ],
)
def test_a_pace_of_a_possible_source_bears_a_question_mark(
    score: float, pace: Pace, told: str, reason: str
) -> None:
    found = compare_over_time(document(LOCAL.format(line="")), document(SUPERIOR), document(SUPERIOR))
    clause = PaceOfClause(pace=pace, clause=None, text="建立制度。", old=None, new=None, score=score)
    page = page_of(found.model_copy(update={"clauses": (clause,)}), catalog("zh"))
    assert told in {run.text for row in page.tables[0].rows for cell in row.cells for run in cell}, reason
