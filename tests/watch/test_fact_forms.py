"""The form of words around a text: what may be a fact of the document, what is amended, and what only counts."""

import pytest

from policydiff.watch.judge.fact_forms import amends, has_form_of_fact, is_count

FACTS = (
    ("已停止受理", True, "a state"),
    ("征集中", True, "the state of a consultation"),
    ("2024-03-01版(修订,尚未施行)", True, "a state in brackets"),
    ("(根据2023年6月1日《关于修改部分文件的决定》修正)", True, "a day with a state, though it names a text"),
    ("某政发〔2024〕3号", True, "a number"),
    ("通函第3A/2024號", True, "the number of a circular"),
    ("L.N.40of2024", True, "the number of a legal notice"),
    ("石政令第41号06-18", True, "a number with a day"),
    ("2024No.701", True, "the number of an instrument"),
    ("5个工作日", True, "an amount with its unit"),
    ("解读单位:法规处", True, "a label with its value"),
    ("AppliestotheNorthernports", True, "words of a provision"),
    ("国家另有规定的,从其规定。", True, "a sentence"),
    ("某区直播电商扶持办法", False, "the title of another text"),
    ("关于2022年度选调生报到的公告", False, "a title with a year"),
    ("國際音樂節門票發售", False, "an offer"),
    ("全市选调生座谈会举行", False, "news"),
    ("TelecommunicationsOrdinance", False, "a title in English"),
    ("4.2顆星(31票)", False, "a rating"),
    ("在办人数412", False, "a count"),
)  # fmt: skip
PAIRS = (
    ("市级", "区级", True, "a level"),
    ("失业保险处", "就业促进处", True, "an office"),
    ("市区", "市区及各县", True, "an area widened"),
    ("关于某事的通知(某府〔2024〕9号)", "关于某事的通知(某府〔2024〕19号)", True, "a title with another number"),
    ("某镇租赁管理规定", "某镇租赁管理规定(试行)", True, "a title with a suffix more"),
    ("国际音乐节门票发售", "艺术节节目公布", False, "another offer"),
    ("某区直播电商扶持办法", "某区老字号保护办法", False, "titles resemble each other by their form"),
    ("某县:党旗飘在防汛一线", "某县:头雁领航强村", False, "other news of the same place"),
    ("在办人数412", "在办人数398", False, "a count"),
)  # fmt: skip
COUNTS = (
    ("收藏41", "收藏44", True, "a count"),
    ("9月3日星期二", "9月4日星期三", True, "a clock"),
    ("最长24个月", "最长12个月", False, "a term"),
    ("事项编码11330100MB1A2", "事项编码11330100MB1A7", False, "a code"),
    ("2025年1月1日", "2026年1月1日", False, "a day"),
    ("某府发〔2024〕3号", "某府发〔2024〕5号", False, "a number"),
)  # fmt: skip


@pytest.mark.parametrize(("words", "is_fact", "why"), FACTS, ids=[why for *_, why in FACTS])
def test_the_form_of_a_fact(words: str, is_fact: bool, why: str) -> None:
    assert has_form_of_fact(words) is is_fact, why


@pytest.mark.parametrize(("old", "new", "is_amended", "why"), PAIRS, ids=[why for *_, why in PAIRS])
def test_amended_words_and_others_in_their_place(old: str, new: str, is_amended: bool, why: str) -> None:
    assert amends(old, new) is is_amended, why


@pytest.mark.parametrize(("old", "new", "is_counted", "why"), COUNTS, ids=[why for *_, why in COUNTS])
def test_counts_and_what_looks_like_them(old: str, new: str, is_counted: bool, why: str) -> None:
    assert is_count(old, new) is is_counted, why
