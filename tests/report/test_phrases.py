"""The chief changes of a revision in the words of a person: put together from signals, never guessed."""

import pytest

import policydiff
from policydiff.report.catalog import catalog
from policydiff.report.phrases import change_told, whole_clause_told, whole_texts
from policydiff.report.runs import plain

HEAD = "某某管理办法\n\n第一条 为了加强管理，制定本办法。\n\n"
TAIL = "\n\n第九条 本办法自公布之日起施行。\n"

TOLD = [
    (
        "第二条 违反规定的，可以并处5000元以上10000元以下的罚款。",
        "第二条 违反规定的，可以并处500元以上2000元以下的罚款。",
        "罚款 5000–10000元 → 500–2000元",
        "both ends of a fine are one change",
    ),
    (
        "第二条 违反规定的，处以2万元以上5万元以下罚款。",
        "第二条 违反规定的，处以3万元以上10万元以下罚款。",
        "罚款 2万–5万元 → 3万–10万元",
        "numbers with 万",
    ),
    (
        "第二条 违反规定的，处违法所得一倍以上三倍以下的罚款。",
        "第二条 违反规定的，处违法所得三倍以上五倍以下的罚款。",
        "一–三倍 → 三–五倍",
        "a range of times in words",
    ),
    (
        "第二条 开办企业，应当向公安机关申请领取特种行业许可证。",
        "第二条 开办企业，应当在取得营业执照后15日内向公安机关备案。",
        "取得营业执照后15日内",
        "a new period with what it runs from",
    ),
]


def _first(old: str, new: str) -> str:
    diff = policydiff.diff(policydiff.parse(HEAD + old + TAIL), policydiff.parse(HEAD + new + TAIL))
    change = next(each for each in diff.changes if each.signals)
    return plain(change_told(change, whole_texts(diff), catalog("zh")))


@pytest.mark.parametrize(("old", "new", "words", "reason"), TOLD, ids=[row[3] for row in TOLD])
def test_a_change_is_told_as_a_person_would(old: str, new: str, words: str, reason: str) -> None:
    assert words in _first(old, new), reason


def test_a_permit_that_stays_elsewhere_is_not_called_abolished() -> None:
    kept = "\n\n第三条 从事前款业务以外的，应当领取特种行业许可证。"
    told = _first(
        "第二条 开办企业，应当向公安机关申请领取特种行业许可证。" + kept,
        "第二条 开办企业，应当向公安机关备案。" + kept,
    )
    assert "许可证 取消" not in told


def test_a_removed_clause_names_what_it_abolishes() -> None:
    old = HEAD + "第二条 公安机关对领取执照的企业实行年审制度。\n\n第三条 企业应当配合检查。" + TAIL
    new = HEAD + "第二条 企业应当配合检查。" + TAIL
    diff = policydiff.diff(policydiff.parse(old), policydiff.parse(new))
    removed = next(each for each in diff.changes if not each.new)
    assert plain(whole_clause_told(removed, whole_texts(diff), catalog("zh"))) == "年审 取消"


def test_lesser_types_give_way_to_grave_ones_only() -> None:
    told = _first("第二条 本办法适用于本市企业。", "第二条 本办法适用于本市企业和个体工商户。")
    assert told, "a change of scope alone is told"
