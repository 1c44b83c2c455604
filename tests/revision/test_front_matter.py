"""Notes of passing and publication above the first article are no rules, in whatever form a publisher prints them."""

import pytest

from policydiff import diff, parse

ARTICLES = "第一条　为了加强集市管理，制定本法。\n第二条　本法适用于集市。"

NOTES = [
    "中华人民共和国集市法中华人民共和国主席令第五号2002年12月28日第九届全国人民代表大会常务委员会第三十一次会议通过",
    "中华人民共和国主席令第17号《中华人民共和国集市法》已由中华人民共和国第十一届全国人民代表大会常务委员会第十次会议于2009年8月27日通过，现予公布，自公布之日起施行。",
    "1993年10月31日第八届全国人民代表大会常务委员会第四次会议通过根据2009年8月27日第十一届全国人民代表大会常务委员会第十次会议《关于修改部分法律的决定》第一次修正",
    "集市条例（1997年12月19日中华人民共和国国务院令第238号公布2007年12月19日国务院第201次常务会议修订通过）",
    "一九八三年九月二日第六届全国人民代表大会常务委员会第二次会议通过一九八三年九月二日中华人民共和国主席令第七号公布",
    "2020年12月23日由最高人民法院审判委员会第1823次会议通过，自2021年1月1日起施行",
]
RULES = [
    "本法经第九届全国人民代表大会第五次会议通过，各级人民政府应当在三个月内制定办法。",  # a duty
    "《集市法》已由第十届全国人民代表大会第三次会议通过，请遵照执行。",  # an order to the reader
    "为了保护消费者，第九届全国人民代表大会第五次会议通过本法，适用于国营集市。",  # a purpose and a scope
    "集市是国家兴办的公共设施，外国人不得经营。",  # a rule of a preamble
    "根据第十届全国人民代表大会第五次会议通过的决定，制定本法。",  # a basis
]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("comes", [False, True])
def test_a_note_of_passing_is_no_change_of_substance(note: str, comes: bool) -> None:
    texts = parse(f"集市法\n\n{ARTICLES}"), parse(f"集市法\n\n{note}\n\n{ARTICLES}")
    found = diff(*(texts if comes else texts[::-1]))
    assert found.summary.of_substance == 0
    assert found.summary.unchanged < len(found.changes) or found.outside or found.facts  # and yet it is told


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_of_a_preface_is_told(rule: str) -> None:
    found = diff(parse(f"集市法\n\n{ARTICLES}"), parse(f"集市法\n\n{rule}\n\n{ARTICLES}"))
    assert found.summary.of_substance or found.outside
