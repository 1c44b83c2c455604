"""What counts as a sentence, and what only stands beside the sentences; texts that are not Chinese."""

import pytest

import policydiff
from policydiff.comparison.compare import compare_documents
from policydiff.comparison.counted_measures import measures_of
from policydiff.comparison.folding import fold_words, language_of_text, split_words
from policydiff.comparison.sentence_units import is_commencement, matter_of, states_purpose, units_of
from policydiff.model import Band, Coverage, Effect, Relation, SentenceKind
from tests.comparison.documents import document

POLICY = """某区促进养老服务发展实施意见
一、总体要求
坚持以老年人为中心，到2025年建成服务网络。
二、重点任务
（一）扩大供给。支持社会力量举办养老机构，给予建设补贴。（责任单位：区民政局）
（二）应当保障用地。新增用地优先供应。
（三）补贴标准
机构类别|每床补贴（元）
护理型|10000
普通型|5000
责任单位：区民政局、区财政局
三、保障措施
加强组织领导，落实责任。
特此通知。
本意见自2022年1月1日起施行，有效期5年。
"""


def test_each_unit_has_its_kind() -> None:
    kinds = {unit.text: unit.kind.value for unit in units_of(document(POLICY))}
    expected = {
        "总体要求": "heading",
        "坚持以老年人为中心，到2025年建成服务网络。": "sentence",
        "扩大供给。": "heading",
        "支持社会力量举办养老机构，给予建设补贴。（责任单位：区民政局）": "sentence",
        "应当保障用地。": "sentence",  # a run-in heading that demands something is a sentence
        "新增用地优先供应。": "sentence",
        "加强组织领导，落实责任。": "sentence",
    }
    assert {text: kinds.get(text) for text in expected} == expected
    assert {text for text, kind in kinds.items() if kind == "row"} >= {"护理型|10000", "普通型|5000"} or {
        text for text, kind in kinds.items() if kind == "row"
    } >= {"护理型\t10000", "普通型\t5000"}
    assert "责任单位：区民政局、区财政局" not in kinds or kinds["责任单位：区民政局、区财政局"] == "note"
    assert kinds.get("特此通知。", "note") == "note"


@pytest.mark.parametrize(
    ("heading", "kind", "reason"),
    [
        ("提升医疗机构智慧化水平", SentenceKind.HEADING, "eleven characters, a name for what follows"),
        ("推进一二三四五六七八九十一二三四五六", SentenceKind.HEADING, "eighteen: the longest of its kind"),
        (
            "推进一二三四五六七八九十一二三四五六七",
            SentenceKind.SENTENCE,
            "nineteen: a sentence that says something",
        ),
        ("机构应当建立台账", SentenceKind.SENTENCE, "a demand"),
    ],
)
def test_run_in_headings_are_told_from_first_sentences(heading: str, kind: SentenceKind, reason: str) -> None:
    text = "某区方案\n一、任务\n" + "".join(
        f"{words}。支持社会力量举办机构并给予补贴。\n" for words in (heading, "加强协同")
    )
    [found] = [unit for unit in units_of(document(text)) if unit.text == f"{heading}。"] or [None]
    assert (found.kind if found else SentenceKind.SENTENCE) is kind, reason


@pytest.mark.parametrize(
    ("part", "first", "kind", "reason"),
    [
        ("一是严格行业监督。依托系统规范收运。", "严格行业监督。", "heading", "a name for what follows"),
        (
            "一是继续推动“两网融合”体系建设。坚持线上线下相结合。",
            "继续推动“两网融合”体系建设。",
            "heading",
            "quotation marks",
        ),
        (
            "一是提升分类收运能力。完成车辆配置900余辆。",
            "提升分类收运能力。",
            "heading",
            "the figure stands behind it",
        ),
        (
            "一是推进一二三四五六七八九十一二三四五六。加强监管。",
            "推进一二三四五六七八九十一二三四五六。",
            "heading",
            "eighteen: the longest",
        ),
        (
            "一是推进一二三四五六七八九十一二三四五六七。加强监管。",
            "推进一二三四五六七八九十一二三四五六七。",
            "sentence",
            "nineteen: it says something",
        ),
        ("一是严格行业监督。", "严格行业监督。", "sentence", "all there is of the part"),
        ("一是坚持高标准，加快项目落地。按要求推进。", "坚持高标准，加快项目落地。", "sentence", "two acts"),
        ("一是建成服务点8000个。推进集散场建设。", "建成服务点8000个。", "sentence", "a target"),
        ("一是企业应当自查。部门开展抽查。", "企业应当自查。", "sentence", "a demand"),
        ("一是加大净菜上市推进力度；", "加大净菜上市推进力度；", "sentence", "an item of a list"),
    ],
)
def test_parts_of_a_measure_have_run_in_headings(part: str, first: str, kind: str, reason: str) -> None:
    text = f"某区方案\n一、任务\n（一）强化执法监督。{part}二是鼓励社会监督。发挥监督员的作用。\n（二）加强协同。各部门密切配合。"
    kinds = {unit.text: unit.kind.value for unit in units_of(document(text))}
    assert kinds.get(first) == kind, (reason, kinds)


@pytest.mark.parametrize(
    ("line", "kind", "reason"),
    [
        ("推动源头减量。", "heading", "closed like a sentence, above its parts"),
        ("强化执法监督。", "heading", "the same"),
        ("明确以下职责。", "sentence", "it announces the list"),
        ("建立机制，落实责任。", "sentence", "two acts"),
        ("企业应当减量。", "sentence", "a demand"),
    ],
)
def test_a_heading_above_parts_may_end_in_a_full_stop(line: str, kind: str, reason: str) -> None:
    text = f"某区方案\n一、任务\n（一）{line}一是限制一次性用品使用；二是推广净菜上市。\n（二）加强协同。各部门密切配合。"
    kinds = {unit.text: unit.kind.value for unit in units_of(document(text))}
    assert kinds.get(line) == kind, (reason, kinds)


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        (
            "（一）指导思想。以服务企业为中心。",
            SentenceKind.HEADING,
            "a run-in heading every document of its genre has",
        ),
        ("（一）基本原则。坚持公平公开。", SentenceKind.HEADING, "the same"),
        ("工作目标。到2025年建成网络。", SentenceKind.HEADING, "without a number"),
        ("重点任务。加快建设平台。", SentenceKind.HEADING, "the same"),
        ("加强组织领导。各部门密切配合。", SentenceKind.HEADING, "the same"),
        ("平台应当公开。接受监督。", SentenceKind.SENTENCE, "short, and no heading of a genre"),
        ("落实属地责任。各街道负责。", SentenceKind.SENTENCE, "a duty, not a heading of a genre"),
        ("现将有关事项通知如下：", SentenceKind.NOTE, "a line of the letter"),
        ("经市政府同意，现将调整后的名单公布如下：", SentenceKind.NOTE, "the same with its authority"),
        ("现将2024年工作情况通报如下。", SentenceKind.NOTE, "the same"),
        ("为规范管理，现就有关工作制定办法如下。", SentenceKind.NOTE, "what the text is for"),
        ("现将补贴标准提高到三百元。", SentenceKind.SENTENCE, "a provision that begins with 现将"),
    ],
)
def test_lines_of_the_genre_are_no_sentences(text: str, kind: SentenceKind, reason: str) -> None:
    first = text.removeprefix("（一）").split("。")[0].removesuffix("。")
    units = units_of(document(f"某区方案\n一、总体要求\n{text}\n二、任务\n建设平台，方便群众。\n"))
    found = next(unit for unit in units if unit.text.rstrip("。") == first.rstrip("。"))
    assert found.kind is kind, reason


def test_a_caption_in_brackets_above_items_is_a_heading() -> None:
    text = "某市资金办法\n第一条（支持范围）\n（一）海上风电\n（二）光伏发电项目\n第二条 资金应当专款专用。\n"
    kinds = {unit.text: unit.kind for unit in units_of(document(text))}
    assert kinds["（支持范围）"] is SentenceKind.HEADING
    assert kinds["海上风电"] is SentenceKind.SENTENCE


def test_only_sentences_are_counted() -> None:
    local, superior = document(POLICY), document(POLICY.replace("某区", "某市"))
    comparison = compare_documents(local, superior)
    summary = comparison.summary
    counted = [each for each in comparison.sentences if each.kind is SentenceKind.SENTENCE]
    assert summary.sentences == len(counted) == len(comparison)
    assert summary.verbatim + summary.adapted + summary.added == len(counted)
    for each in comparison.sentences:
        if each.kind is not SentenceKind.SENTENCE:
            assert each.relation is Relation.VERBATIM, f"{each.text} has a counterpart of its own kind"
            assert each.band is Band.UNLIKELY, "and is no finding"


def test_rows_compare_by_row() -> None:
    local = document(POLICY.replace("护理型|10000", "护理型|12000"))
    found = {each.text: each for each in compare_documents(local, document(POLICY)).sentences}
    row = next(each for text, each in found.items() if text.startswith("护理型"))
    assert (row.kind, row.relation) == (SentenceKind.ROW, Relation.ADAPTED)
    assert "10000" in row.sources[0].text


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("本办法自2023年6月22日起施行，有效期至2028年6月22日。", True, "entry into force and term"),
        ("《某办法》（某府发〔2008〕28号）同时废止。", True, "repeal"),
        ("本办法由某局负责解释。", True, "who interprets"),
        ("本意见自印发之日起施行。", True, "from the day of issue"),
        ("本办法自2025年12月20日起试行，试行期2年。", True, "a trial is in force too"),
        ("本规定自印发之日起试实施。", True, "the same"),
        ("完善海外人才居住证制度，有效期限最长可达10年。", False, "the term of a card is a benefit"),
        ("从业资格证有效期为三年。", False, "the term of a licence"),
        ("试行期为一年。", True, "the term of a trial"),
        ("试行期满后应当组织评估。", False, "what is to be done after it is a rule"),
        ("企业开办试行名称告知承诺制。", False, "a measure tried out"),
        ("许可证有效期为五年，期满应当重新申请。", False, "a licence's term is a rule"),
        ("自收到申请之日起十日内作出决定。", False, "a time limit is a rule"),
        ("鼓励企业自愿采用新标准。", False, "自 of 自愿"),
        ("任期自任命之日起实施考核。", False, "a term of office"),
    ],
)
def test_commencement_is_a_class_of_its_own(text: str, expected: bool, reason: str) -> None:
    assert is_commencement(text) is expected, reason


def test_commencement_is_never_adopted() -> None:
    comparison = compare_documents(document(POLICY), document(POLICY.replace("某区", "某市")))
    last = comparison.sentences[-1]
    assert (last.matter.value, last.relation, last.score) == ("commencement", Relation.ADDED, 0.0)


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("违反规定的，处一万元以上十万元以下的罚款。", "sanction"),
        ("任何单位和个人有权投诉和举报。", "complaint"),
        ("编制机关应当将草案向社会公示。", "notice"),
        ("本办法所称养老服务，是指生活照料。", "definition"),
        ("支持社会力量举办养老机构。", "measure"),
    ],
)
def test_what_a_provision_is_for(text: str, matter: str) -> None:
    assert matter_of(text).value == matter


ENGLISH = """Ordinance on Waste Collection
1. The city shall collect household waste once a week. Fees are set by the council.
2. Owners of buildings shall provide containers (see Art. 5). No person shall burn waste in the open.
3. The director may grant an exemption on written application.
"""
OTHER_ENGLISH = """Library Statute
1. The library lends books, journals and recordings to residents of the county.
2. Readers return what they borrowed within four weeks; an extension can be requested online.
3. The board appoints a librarian for a term of five years.
"""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("第一条 为了规范管理，制定本办法。", "zh"),
        (ENGLISH, "en"),
        (
            "Die Stadt sammelt den Abfall und die Gebühren werden von dem Rat der Stadt nach der Satzung festgelegt.",
            "de",
        ),
        ("", "zh"),
        ("本办法所称 Internet of Things (IoT) 是指物联网，由 Shanghai Data Exchange 运营。", "zh"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of_text(text) == language


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One rule. Another rule.", 2),
        ("See No. 5 of 2019. It applies.", 2),
        ("Art. 5 applies.", 1),
        ("Fees rise by 3.5 percent. They are due.", 2),
        ("Mr. Li chairs the board. He votes.", 2),
        ("Is it due? Yes!", 2),
        ("no capital follows. so this stays one", 1),
        ("Article 5. Dues are paid. They are high.", 2),
        ("Article 5.\nDues are paid.", 1),
        ("Section 12a. Dues are paid.", 1),
        ("Art. 3. Dues are paid.", 1),
        ("§ 7. Dues are paid.", 1),
        ("Rule IV: Dues are paid.", 1),
        ("Artikel 3. Die Gebühr ist zu zahlen.", 1),
        ("Article 1er. La taxe est due.", 1),
        ("Schedule 2. Dues are paid.", 1),
        ("He cited article 5. Dues are paid.", 2),
        ("Articles are sold here. Dues are paid.", 2),
    ],
)
def test_english_sentences(text: str, sentences: int) -> None:
    assert len(split_words(text)) == sentences


@pytest.mark.parametrize(
    "label", ["Article 5.", "Section 5.", "§ 5", "Clause 5:", "Art. 5", "Chapter V", "Part 2"]
)
def test_labels_say_nothing_that_two_texts_share(label: str) -> None:
    assert fold_words(f"{label} Dues are paid.").text == fold_words("Dues are paid.").text


def test_a_label_inside_a_sentence_is_a_citation_and_stays() -> None:
    assert len(fold_words("Dues under Article 5 are paid.").text) > len(fold_words("Dues are paid.").text) + 2


def test_unrelated_english_statutes_share_nothing_but_their_labels() -> None:
    ports = (
        "The harbour master assigns berths.",
        "Dues are charged for each ton.",
        "Bunkering at night is forbidden.",
    )
    guilds = (
        "An apprentice attends school.",
        "Masters appoint examiners.",
        "Every journeyman may borrow tools.",
    )
    one, other = (
        document("\n\n".join((title, *(f"Article {n}. {words}" for n, words in enumerate(lines, 1)))))
        for title, lines in (("Act on Ports", ports), ("Guild Statute", guilds))
    )
    found = compare_documents(one, other).summary
    assert found.verbatim + found.adapted == 0


def test_a_text_without_chinese_is_read_as_such_and_never_sure() -> None:
    same = compare_documents(document(ENGLISH), document(ENGLISH))
    assert (same.reading.language, same.reading.calibrated) == ("en", False)
    assert not any(each.band is Band.SURE for each in same.sentences)
    assert same.summary.verbatim + same.summary.adapted >= 0.5 * same.summary.sentences
    strangers = compare_documents(document(ENGLISH), document(OTHER_ENGLISH))
    assert strangers.summary.verbatim + strangers.summary.adapted == 0
    mixed = compare_documents(document(ENGLISH), document(POLICY))
    assert mixed.reading.calibrated is False
    assert compare_documents(document(POLICY), document(POLICY)).reading.calibrated


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("为了规范养老服务，制定本办法。", True, "the purpose alone"),
        (
            "为规范养老服务，根据《某市养老服务条例》，结合本区实际，制定本细则。",
            True,
            "basis and local state beside it",
        ),
        ("根据宪法，制定本法。", True, "the basis alone"),
        ("依照《立法法》的规定，结合本省实际，制订本条例。", True, "制订"),
        ("为了弘扬美德，根据有关法律、行政法规，特制定此实施意见。", True, "此 for 本"),
        (
            "为深入贯彻《关于改革的意见》（国办发〔2019〕45号，以下简称《意见》），结合本市实际，制定本实施方案。",
            True,
            "numbers in a document number",
        ),
        (
            "深入贯彻落实党的二十大精神，根据市委部署，制定本行动方案。",
            True,
            "begins with 贯彻; 行动 is no 行政区域",
        ),
        ("坚持规划引领，结合实践需求，制定本实施意见。", True, "begins with 坚持"),
        ("为进一步优化营商环境，现提出如下意见：", True, "如下意见 and a colon"),
        ("现就加强社区治理工作提出如下实施意见。", True, "现就"),
        ("经区政府同意，现就有关事项提出以下意见：", True, "who agreed"),
        ("为保障消防安全，现就进一步加强本市消防工作提出意见如下：", True, "意见如下"),
        ("根据《基本法》的规定，现就有关问题规定如下：", True, "规定如下"),
        ("根据上级要求，经区政府同意，现就有关事项通知如下：", True, "the frame of a notice"),
        ("为做好防汛工作，现将有关事项安排如下：", True, "of a plan of work"),
        ("为加快推进充电设施建设，结合本镇实际，拟定工作方案如下：", True, "方案如下"),
        ("为切实做好噪声治理，经研究，制定实施细则如下：", True, "细则如下"),
        ("为了保护湿地，现结合实际制定实施办法如下。", True, "办法如下, with a full stop"),
        ("为规范征收工作，现结合我区实际，就补偿工作的实施意见制定如下：", True, "制定如下"),
        ("为确保安全，各单位应当制定应急预案如下：", False, "a plan of those bound, and a duty"),
        ("经研究，现就你局请示的事项批复如下：", False, "no ground is named: the letter of a reply"),
        ("根据规划，各街镇应当将名单公告如下：", False, "a duty beside it"),
        ("为进一步发展文化事业，特作如下决议：", True, "a resolution"),
        ("为正确审理案件，根据《民法典》，对适用法律的问题作出如下解释：", True, "an interpretation"),
        ("为贯彻《某条例》，特制定《某区实施细则》。", True, "its title instead of 本"),
        ("为了禁止乱收费，保护企业权益，制定本条例。", True, "a ban as what the text is for"),
        ("根据上级规划，制定本区养老设施规划。", False, "another text, for the own area"),
        ("根据实际，制定《社区服务清单》。", False, "another text by its title, without 特 or 现"),
        ("依法制定本单位应急预案。", False, "a plan of the one bound"),
        ("根据需要，提出本部门用地计划。", False, "a plan of a department"),
        ("依据《省绿色建筑发展行动计划》制定。", True, "without a name for itself"),
        ("补偿标准由区政府依据《某办法》制定。", False, "a rule left open"),
        ("根据《某办法》，由区财政局制定。", False, "a body that makes another text"),
        ("为了防止事故，生产经营单位必须制定本规程。", False, "a duty"),
        ("区民政局根据本办法，制定以下标准。", False, "a body that acts"),
        ("为到2025年建成50个示范点，制定本方案。", False, "a target with a figure"),
        ("为使覆盖率达到90%，根据《意见》，制定本方案。", False, "the same in percent"),
        ("为老年人提供以下服务：助餐、助浴。", False, "a service"),
        ("本办法所称养老机构，是指为老年人服务的机构。", False, "a definition says what is bound"),
    ],
)
def test_purpose_and_basis_say_nothing_that_can_be_taken_up(text: str, expected: bool, reason: str) -> None:
    assert states_purpose(text) is expected, reason


def test_a_purpose_counts_on_neither_side() -> None:
    local = document("某区养老服务细则\n根据《某市养老服务条例》，制定本细则。\n第一条 养老机构应当登记。\n")
    superior = document(
        "某市养老服务条例\n第一条 为了规范养老服务，制定本条例。\n第二条 养老机构应当登记。\n"
    )
    found = compare_documents(local, superior)
    summary = found.summary
    assert summary.measures.total == summary.own_measures.total == summary.sentences == 1
    purpose = found.coverage[0]
    assert (purpose.status, purpose.measure, len(purpose.by)) == (Coverage.TOUCHED, False, 1), (
        "nothing is missing"
    )


def test_a_purpose_is_missing_where_the_local_text_states_none() -> None:
    superior = document("某市条例\n第一条 为了规范养老服务，制定本条例。\n第二条 养老机构应当登记。\n")
    found = compare_documents(document("某区细则\n第一条 养老机构应当登记。\n"), superior)
    assert [each.status for each in found.coverage] == [Coverage.OMITTED, Coverage.ADOPTED]


def test_an_article_of_purpose_and_duty_counts_by_its_duty() -> None:
    text = "某市条例\n第一条 为了规范养老服务，制定本条例。养老机构应当登记。\n第二条 养老机构应当备案。\n"
    summary = compare_documents(document(text.replace("某市", "某区")), document(text)).summary
    assert summary.measures.total == summary.sentences == 2


@pytest.mark.parametrize(
    ("above", "here", "rules", "reason"),
    [
        ("保留社区卫生服务站。", "撤销社区卫生服务站。", True, "kept or closed"),
        ("保留村级卫生室", "取消村级卫生室", True, "a heading of a line of its own"),
        ("扩大公租房保障覆盖面。", "缩小公租房保障覆盖面。", True, "more or less of it"),
        ("允许非机动车跨区停放。", "禁止非机动车跨区停放。", True, "allowed or banned"),
        ("取消社区公章事项。", "保留社区公章事项。", True, "the other way round"),
        ("绿色建筑占比达到60%。", "绿色建筑占比达到50%。", True, "another figure"),
        ("2025年底前全面建成充电网络。", "2027年底前全面建成充电网络。", True, "another day"),
        ("鼓励私家车进入景区停放。", "限制私家车进入景区停放。", True, "welcome or kept out"),
        ("保留社区门诊。", "撤销社区门诊。", True, "short: like by two thirds, and nothing else differs"),
        (
            "鼓励车辆入园停放。",
            "限制车辆入园停放。",
            True,
            "like by three quarters, a word of wording differs too",
        ),
        ("鼓励高端医疗健康服务发展。", "促进健康服务发展。", False, "like by two thirds, and of two matters"),
        (
            "推动中医药服务高质量发展。",
            "推动长三角生物医药产业集群高质量发展。",
            False,
            "two matters",
        ),
        ("完善组织保障机制。", "强化组织保障机制。", False, "two words for one work"),
        ("推进生活垃圾分类。", "推动生活垃圾分类。", False, "the same"),
        ("加强河道综合管理。", "加强河湖综合管理。", False, "another subject, one work"),
        ("加强全市医师队伍建设。", "加强全区医师队伍建设。", False, "each its own area"),
        ("夯实基础，健全服务网络。", "健全服务网络。", False, "a slogan less"),
        ("保留社区卫生服务站。", "保留社区卫生服务站。", False, "word for word"),
    ],
)
def test_a_heading_that_rules_otherwise_is_a_sentence(
    above: str, here: str, rules: bool, reason: str
) -> None:
    text = "{}关于基层服务的意见\n一、健全服务网络\n（一）{}\n每个街道办好一所社区服务中心。\n（二）引导人才。支持医师到基层执业。\n"
    comparison = compare_documents(
        document(text.format("某区人民政府", here)), document(text.format("某市人民政府", above))
    )
    found = next(each for each in comparison.sentences if each.text == here)
    assert (found.kind is SentenceKind.SENTENCE) is rules, reason
    assert (found.effect not in {None, Effect.SAME, Effect.LOCALISED}) is rules, reason
    assert comparison.summary.clauses_omitted == 0


@pytest.mark.parametrize(
    ("lines", "counted", "reason"),
    [
        (["1. Dogs must be leashed.", "2. No dogs are allowed.", "3. The fine is 50 dollars."], 3, "short sentences in English"),
        (["1. Each county shall train its inspectors.", "2. Every county shall install at least 300 public charging points by 2025."], 2, "a short and a long one"),
        (["1. Les chiens sont tenus en laisse.", "2. La taxe est de 50 euros."], 2, "in French"),
        (["一、严禁收取押金", "二、每只犬补助三十元", "三、不得携犬进入公园"], 3, "without full stops"),
        (["一、严禁收取押金；", "二、每只犬补助三十元；", "三、每年免费注射疫苗。"], 3, "semicolons"),
        (["1.开放公园", "2.设立收容所", "3.培训执法人员，所需经费由市财政承担。"], 3, "tasks of a few words"),
        (["1.开放公园", "公园每日六时至二十二时开放。", "2.设立收容所", "每区设立一处收容所。"], 2, "headings over paragraphs"),
        (["一、开放公园", "（一）公园每日六时至二十二时开放。", "（二）周末延长一小时。", "二、保障措施"], 2, "a heading over items, a generic heading over nothing"),
    ],
)  # fmt: skip
def test_a_numbered_line_over_nothing_is_a_provision(lines: list[str], counted: int, reason: str) -> None:
    superior = policydiff.parse("\n".join(["江海市养犬若干措施", *lines]))
    measures = {part.id for clause in measures_of(superior) for part in clause.walk()}
    assert len(measures_of(superior)) == counted, reason
    sentences = [unit for unit in units_of(superior) if unit.kind is SentenceKind.SENTENCE]
    assert {unit.clause for unit in sentences} <= measures, reason
    assert len(sentences) == counted, reason
    local = policydiff.parse("南浦区图书馆管理办法\n一、图书馆每日九时至十七时开放，节假日另行公告。\n")
    found = policydiff.compare(local, superior)
    assert found.reading.untold or found.summary.measures.omitted == counted, reason
