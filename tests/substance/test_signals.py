"""How two passages differ in substance, and what is no difference."""

import pytest
from hypothesis import given, strategies as st

from policydiff.model import Genre
from policydiff.substance.following import Numbering
from policydiff.substance.signalling import signals_between

Expected = tuple[str, str]


def found(old: str, new: str, genre: Genre = Genre.STATUTE) -> list[Expected]:
    return [(signal.type.value, signal.direction.value) for signal in signals_between(old, new, genre=genre)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("机构不得收取押金。", "机构可以收取押金。", ("prohibition", "looser"), id="must not to may"),
        pytest.param("机关可以公开信息。", "机关应当公开信息。", ("duty", "stricter"), id="may to must"),
        pytest.param("机关应当公开信息。", "机关可以公开信息。", ("duty", "looser"), id="must to may"),
        pytest.param("机关应当公开信息。", "机关原则上应当公开信息。", ("duty", "looser"), id="hedge"),
        pytest.param("机关应当公开信息。", "机关一般应当公开信息。", ("duty", "looser"), id="hedge 一般"),
        pytest.param("单位不得收费。", "单位不得擅自收费。", ("prohibition", "looser"), id="擅自"),
        pytest.param("企业应当购买保险。", "鼓励企业购买保险。", ("duty", "looser"), id="must to encourage"),
        pytest.param("情节严重的，可以处一万元罚款。", "情节严重的，处一万元罚款。", ("sanction", "stricter"), id="可以处 to 处"),
        pytest.param("补助十万元。", "补助二十万元。", ("amount", "higher"), id="amount"),
        pytest.param("处九千元罚款。", "处1万元罚款。", ("amount", "higher"), id="amount across writings"),
        pytest.param("减按15%征收。", "减按10%征收。", ("percentage", "lower"), id="percentage"),
        pytest.param("占百分之三十。", "占三分之一。", ("percentage", "higher"), id="fraction"),
        pytest.param("三十日内答复。", "六十日内答复。", ("period", "higher"), id="period"),
        pytest.param("三十日内答复。", "十五个工作日内答复。", ("period", "lower"), id="working days, surely fewer"),
        pytest.param("三个工作日内答复。", "五日内答复。", ("period", "changed"), id="working days, not to be ordered"),
        pytest.param("不少于3名。", "不少于5名。", ("number", "higher"), id="number"),
        pytest.param("每年检查一次。", "每半年检查一次。", ("frequency", "higher"), id="frequency"),
        pytest.param("占地十亩。", "占地二公顷。", ("area", "higher"), id="area"),
        pytest.param("2025年底前完成。", "2026年底前完成。", ("deadline", "later"), id="year end"),
        pytest.param("“十五五”末完成。", "2027年6月底前完成。", ("deadline", "earlier"), id="end of a plan"),
        pytest.param("由市民政局负责。", "由市教育局负责。", ("body", "changed"), id="another body"),
        pytest.param("经公安机关审批。", "向公安机关备案。", ("instrument", "looser"), id="permit to filing"),
        pytest.param("机构不得收费。", "除不可抗力外，机构不得收费。", ("exception", "looser"), id="exception put in"),
        pytest.param("应当退还押金。", "应当退还押金，当事人另有约定的，从其约定。", ("exception", "looser"), id="从其约定"),
        pytest.param("机构不得收费。", "非营利机构不得收费。", ("scope", "narrower"), id="attribute"),
        pytest.param("补助企业。", "补助企业和社会组织。", ("scope", "wider"), id="noun joined"),
        pytest.param("年满六十周岁的老年人免费。", "年满七十周岁的老年人免费。", ("number", "higher"), id="age"),
        pytest.param("处五万元罚款。", "处五万元罚款；情节严重的，吊销许可证。", ("sanction", "stricter"), id="sanction put in"),
        pytest.param("当事人可以申请复议。", "当事人可以申请复议，也可以依法提起行政诉讼。", ("permission", "looser"), id="right to sue"),
        pytest.param("依照《公司法》办理。", "依照《民法典》办理。", ("reference", "changed"), id="another law"),
        pytest.param(
            "应当符合下列条件：\n（一）年满十八周岁；\n（二）有本市户籍；\n（三）无违法记录。",
            "应当符合下列条件：\n（一）年满十八周岁；\n（二）无违法记录。",
            ("item_removed", "looser"),
            id="item of a list of conditions",
        ),
        pytest.param(
            "本办法适用于全市。\n企业可以申请补助。\n政府负责审核。",
            "本办法适用于全市。\n政府负责审核。",
            ("permission", "stricter"),
            id="paragraph with a right",
        ),
    ],
)  # fmt: skip
def test_found(old: str, new: str, expected: Expected) -> None:
    assert expected in found(old, new)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("处五千元罚款。", "处5000元罚款。", "Chinese and Arabic numerals"),
        ("处5000元罚款。", "处0.5万元罚款。", "scale"),
        ("处伍万元整罚款。", "处50000元罚款。", "financial numerals"),
        ("三十日内答复。", "30日内答复。", "numerals of a period"),
        ("十五个工作日内。", "15个工作日内。", "working days"),
        ("不低于百分之三十五。", "不低于35%。", "percentage"),
        ("为三分之二以上。", "为2/3以上。", "fraction"),
        ("保存24个月。", "保存2年。", "months and years"),
        ("保存半年。", "保存六个月。", "half a year"),
        ("占地10000平方米。", "占地1公顷。", "area"),
        ("达到500公斤。", "达到0.5吨。", "mass"),
        ("占5‰。", "占0.5%。", "per mille"),
        ("占三成。", "占30%。", "tenths"),
        ("于14时停止。", "于下午2时停止。", "clock"),
        ("60-70%。", "60%—70%。", "range"),
        ("2024年底前完成。", "2024年12月31日前完成。", "year end"),
        ("二〇二四年一月五日起。", "2024年1月5日起。", "date"),
        ("“十四五”末完成。", "2025年底完成。", "end of a plan"),
        ("每年两次检查。", "每半年一次检查。", "frequency"),
        ("经营者必须公示。", "经营者应当公示。", "必须 and 应当 are one class"),
        ("经营者须公示。", "经营者应当公示。", "须"),
        ("严禁收费。", "禁止收费。", "严禁"),
        ("严禁收费。", "不得收费。", "禁止 and 不得"),
        ("不得收费。", "不可以收费。", "不可以"),
        ("（一）会计帐簿；", "(一)会计账簿;", "width, marks, variant characters"),
        ("由市卫生计生委负责。", "由市卫生健康委负责。", "a reform renamed the body"),
        ("应当切实公开信息。", "应当公开信息。", "a filler"),
        ("依照本法规定，责令改正。", "按照本法的规定，责令改正。", "synonyms"),
        ("由公安、税务、海关负责。", "由税务、海关、公安负责。", "order of a list"),
    ],
)
def test_nothing_found(old: str, new: str, why: str) -> None:
    for genre in Genre:
        assert found(old, new, genre) == [], why


def test_a_reference_that_follows_its_clause_is_no_difference() -> None:
    numbering = Numbering({"条": {"46": frozenset({"56"})}})
    old, new = "对本法第四十六条规定的罚款，可以减轻。", "对本法第五十六条规定的罚款，可以减轻。"
    assert signals_between(old, new, genre=Genre.STATUTE, numbering=numbering) == ()
    assert [signal.type.value for signal in signals_between(old, new, genre=Genre.STATUTE)] == ["reference"]


_TEXTS = st.text(alphabet="应当不得可以万元以上日内的，。\n（一）1 条款除外机关", max_size=60)


@given(_TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert signals_between(text, text, genre=Genre.STATUTE) == ()


@given(_TEXTS, _TEXTS)
def test_places_hold_the_words(old: str, new: str) -> None:
    for signal in signals_between(old, new, genre=Genre.POLICY):
        for words, span, text in ((signal.old, signal.old_span, old), (signal.new, signal.new_span, new)):
            assert (words is None) == (span is None)
            if words is not None and span is not None and not words.endswith("…"):
                assert text[span.start : span.end].replace("\n", "") == words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("学校应当每年组织两次演练。", "学校应当每年组织一次演练。"),
        ("学校应当每年至少组织两次演练。", "学校应当每年至少组织四次演练。"),
        ("单位每季度自查一次。", "单位每季度自查两次。"),
        ("单位每月巡查3次。", "单位每月巡查1次。"),
        ("每半年公布一次。", "每半年公布两次。"),
        ("每年检查一次。", "每半年检查一次。"),
        ("每两年评估一次。", "每三年评估一次。"),
        ("补助十万元。", "补助二十万元。"),
        ("补助不超过十万元。", "补助不少于十万元。"),
        ("三日内办结。", "五日内办结。"),
    ],
)
def test_the_words_shown_of_two_values_differ(old: str, new: str) -> None:
    """每年两次 and 每年一次 are not shown as 每年 and 每年."""
    (signal,) = signals_between(old, new, genre=Genre.STATUTE)
    assert signal.old != signal.new
