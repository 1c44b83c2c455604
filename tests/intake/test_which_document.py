"""Pairs of files as offices publish them, through the whole of `import`: one document, two, or a question; why, beside each."""

from pathlib import Path

import pytest

from policydiff import Store

HEALTH = (
    "推进社区卫生服务中心标准化建设，每个街道设一个中心。",
    "家庭医生签约率达到百分之四十。",
    "支持社会力量举办护理机构，优先供应土地。",
    "鼓励三级医院的医师到基层多点执业。",
)
PRICES = (
    "停车收费实行政府指导价，每小时不超过十元。",
    "景区门票价格每三年核定一次。",
    "教育收费目录由市发展改革委另行公布。",
    "经营者应当明码标价，不得在标价之外加价。",
)
SMALL_EDIT = (*HEALTH[:3], "鼓励三级医院的医师到基层执业，每周不少于半天。")


def text(
    title: str,
    number: str = "",
    articles: tuple[str, ...] = HEALTH,
    *,
    issuer: str = "某某市人民政府",
    day: str = "2021年5月6日",
    to: str = "",
    more: str = "",
) -> str:
    lines = [title, number, to]
    lines += [f"第{numeral}条 {words}" for numeral, words in zip("一二三四五六", articles, strict=False)]
    lines += [more, issuer, day]
    return "\n".join(line for line in lines if line) + "\n"


def annex(name: str, title: str, articles: tuple[str, ...]) -> str:
    return text(f"{name}\n{title}", "", articles, issuer="", day="")


T = "某某市社区健康服务管理办法"
ONE, TWO, ASK = "one document", "two documents", "a question"
LATER = "2022年7月8日"
PAIRS: list[tuple[str, str, str, str]] = [
    # generic titles
    (ONE, "the same notice again", text("通知", "某卫发〔2021〕3号"), text("通知", "某卫发[2021]3号")),
    (TWO, "通知 of two bureaus", text("通知", issuer="某某市教育局"), text("通知", "", PRICES, issuer="某某市财政局")),
    (TWO, "通知 of two bureaus, the same words", text("通知", "某教发〔2021〕1号", issuer="某某市教育局"), text("通知", "某财发〔2021〕1号", issuer="某某市财政局")),
    (TWO, "公告 of one office, other matters", text("公告", "", HEALTH), text("公告", "", PRICES, day=LATER)),
    (ASK, "公告 of one office, half its words", text("公告", "", HEALTH), text("公告", "", (*HEALTH[:2], *PRICES[:2]), day=LATER)),
    (TWO, "关于有关问题的通知, two numbers", text("关于有关问题的通知", "某府发〔2021〕3号"), text("关于有关问题的通知", "某府发〔2021〕4号", PRICES)),
    (TWO, "补充通知 of other matters", text("补充通知"), text("补充通知", "", PRICES, day=LATER)),
    (TWO, "会议纪要 of two meetings", text("会议纪要", "某府阅〔2021〕3号"), text("会议纪要", "某府阅〔2021〕4号", PRICES)),
    # revisions
    (ONE, "修订版 in the title", text(T, "某府发〔2021〕3号"), text(f"{T}（2022年修订）", "某府发〔2022〕8号", SMALL_EDIT, day=LATER)),
    (ONE, "（修订版） without a year", text(T, "某府发〔2021〕3号"), text(f"{T}（修订版）", "某府发〔2022〕8号", SMALL_EDIT, day=LATER)),
    (ONE, "（新修订）", text(T, "某府发〔2021〕3号"), text(f"{T}（新修订）", "某府发〔2022〕8号", SMALL_EDIT, day=LATER)),
    (ONE, "（修正）without numbers", text(T), text(f"{T}（2022年修正）", "", SMALL_EDIT, day=LATER)),
    (ONE, "（修订稿）", text(T), text(f"{T}（修订稿）", "", SMALL_EDIT, day=LATER)),
    (ONE, "it repeals its forerunner by number", text(T, "某府发〔2021〕3号"), text(T, "某府发〔2022〕8号", SMALL_EDIT, day=LATER, more="第六条 《某某市社区健康服务管理办法》（某府发〔2021〕3号）同时废止。")),
    (ONE, "the other's number in other brackets", text(T, "某府发〔2021〕3号"), text(T, "某府发〔2022〕8号", SMALL_EDIT, day=LATER, more="第六条 本办法施行后，某府发[2021]03号文件停止执行。")),
    (TWO, "it only mentions the other's number", text(T, "某府发〔2021〕3号"), text(T, "某府发〔2022〕8号", SMALL_EDIT, day=LATER, more="第六条 某府发〔2021〕3号文件确定的任务应当按期完成。")),
    (TWO, "it repeals a third document", text(T, "某府发〔2021〕3号"), text(T, "某府发〔2022〕8号", SMALL_EDIT, day=LATER, more="第六条 某府发〔2019〕5号文件同时废止。")),
    (TWO, "the number repealed ends as the other's does", text(T, "某府发〔2021〕3号"), text(T, "某府发〔2022〕8号", SMALL_EDIT, day=LATER, more="第六条 某教发〔2021〕13号文件同时废止。")),
    (TWO, "a serial that begins the other's", text(T, "某府发〔2021〕3号"), text(T, "某府发〔2022〕8号", SMALL_EDIT, day=LATER, more="第六条 某府发〔2021〕33号文件同时废止。")),
    (TWO, "the other's serial under another code", text(T, "某府发〔2021〕3号"), text(T, "某府发〔2022〕8号", SMALL_EDIT, day=LATER, more="第六条 某教发〔2021〕3号文件同时废止。")),
    (TWO, "it keeps the other and repeals a third", text(T, "某府发〔2021〕3号"), text(T, "某府发〔2022〕8号", SMALL_EDIT, day=LATER, more="第六条 某府发〔2021〕3号文件继续有效，某府发〔2019〕5号文件废止。")),
    (ONE, "two numbers repealed in one breath", text(T, "某府发〔2021〕3号"), text(T, "某府发〔2022〕8号", SMALL_EDIT, day=LATER, more="第六条 某府发〔2019〕5号、某府发（2021）3号文件同时废止。")),
    (ONE, "its number without the place in front", text(T, "某府发〔2021〕3号"), text(T, "某府发〔2022〕8号", SMALL_EDIT, day=LATER, more="第六条 废止府发〔2021〕3号文件。")),
    # trial and final
    (ONE, "试行 → 正式, no numbers", text(f"{T}（试行）"), text(T, "", SMALL_EDIT, day=LATER)),
    (TWO, "试行 → 正式 under a number of its own, unsaid", text(f"{T}（试行）", "某府发〔2021〕3号"), text(T, "某府发〔2022〕8号", SMALL_EDIT, day=LATER)),
    (ONE, "试行 → 正式, which repeals it", text(f"{T}（试行）", "某府发〔2021〕3号"), text(T, "某府发〔2022〕8号", SMALL_EDIT, day=LATER, more="第六条 《某某市社区健康服务管理办法（试行）》（某府发〔2021〕3号）同时废止。")),
    (ONE, "征求意见稿 and what came of it", text(f"{T}（征求意见稿）"), text(T, "某府发〔2021〕3号", SMALL_EDIT, day=LATER)),
    (ONE, "暂行 behind the title", text(f"{T}（暂行）"), text(T, "", SMALL_EDIT, day=LATER)),
    # one number, several spellings
    (ONE, "〔〕 and []", text(T, "某府发〔2021〕3号"), text(T, "某府发[2021]3号", SMALL_EDIT)),
    (ONE, "（） and leading zeros", text(T, "某府发（2021）03号"), text(T, "某府发〔2021〕3号", SMALL_EDIT)),
    (ONE, "第 before the serial", text(T, "某府发〔2021〕第3号"), text(T, "某府发【2021】3号", SMALL_EDIT)),
    (ONE, "full width", text(T, "某府发〔２０２１〕３号"), text(T, "某府发〔2021〕3号", SMALL_EDIT)),
    (TWO, "3号 and 13号", text(T, "某府发〔2021〕3号"), text(T, "某府发〔2021〕13号", PRICES)),
    (ASK, "one number over two titles and texts", text(T, "某府发〔2021〕3号"), text("某某市停车收费管理办法", "某府发〔2021〕3号", PRICES)),
    (TWO, "某府发 of two cities", text(T, "府发〔2021〕3号"), text("乙乙市停车收费管理办法", "府发〔2021〕3号", PRICES, issuer="乙乙市人民政府")),
    # what forwards, what carries
    (TWO, "转发 by a bureau under its own number", text(T, "某府发〔2021〕3号"), text(f"某某市卫生局转发某某市人民政府《{T}》的通知", "某卫发〔2021〕9号", PRICES, issuer="某某市卫生局", to="各区卫生局：")),
    (ONE, "the text alone and with the notice that carries it", text(f"某某市人民政府关于印发《{T}》的通知\n某府发〔2021〕3号\n各区人民政府：\n现将《{T}》印发给你们，请认真贯彻执行。\n某某市人民政府\n2021年5月6日\n{T}", "", HEALTH, issuer="", day=""), text(T)),
    (TWO, "an office reissues it with other words", text(T, "某府发〔2021〕3号"), text(f"某某市人民政府办公厅关于落实《{T}》的实施意见", "某府办〔2021〕7号", PRICES, issuer="某某市人民政府办公厅")),
    # annexes
    (TWO, "附件1 and 附件2 of one notice", annex("附件1", "任务分工表说明", HEALTH), annex("附件2", "经费标准表说明", PRICES)),
    (TWO, "附件1 and 附件2 without titles", annex("附件1", "", HEALTH), annex("附件2", "", PRICES)),
    # bodies
    (ONE, "renamed: 卫生计生委 → 卫生健康委", text(T, issuer="某某市卫生和计划生育委员会"), text(T, "", SMALL_EDIT, issuer="某某市卫生健康委员会", day=LATER)),
    (ONE, "short and full name", text(T, issuer="某某市发展改革委"), text(T, "", SMALL_EDIT, issuer="某某市发展和改革委员会", day=LATER)),
    (ONE, "with and without the place above", text(T, issuer="静安区人民政府"), text(T, "", SMALL_EDIT, issuer="上海市静安区人民政府", day=LATER)),
    (TWO, "one title of two cities", text("社区健康服务管理办法", issuer="甲甲市人民政府"), text("社区健康服务管理办法", "", SMALL_EDIT, issuer="乙乙市人民政府")),
    (ONE, "a congress and its standing committee", text("某某市社区健康服务条例", issuer="某某市人民代表大会"), text("某某市社区健康服务条例", "", SMALL_EDIT, issuer="某某市人民代表大会常务委员会", day=LATER)),
    # texts
    (ASK, "one title, nothing in common", text(T), text(T, "", PRICES, day=LATER)),
    (ONE, "a part is gone", text(T), text(T, "", HEALTH[:2], day=LATER)),
    (TWO, "实施办法 and 实施细则 of one matter", text("某某市健康服务实施办法"), text("某某市健康服务实施细则", "", SMALL_EDIT)),
    (TWO, "yearly: 2020年 and 2021年工作要点", text("某某市2020年健康工作要点", "某府办〔2020〕3号"), text("某某市2021年健康工作要点", "某府办〔2021〕3号", SMALL_EDIT)),
    (TWO, "（一） and （二） of one series", text("最高人民法院关于适用健康法若干问题的解释（一）", "法释〔2020〕3号"), text("最高人民法院关于适用健康法若干问题的解释（二）", "法释〔2021〕5号", PRICES)),
    (TWO, "（一） and （二） without numbers", text("最高人民法院关于适用健康法若干问题的解释（一）", issuer="最高人民法院"), text("最高人民法院关于适用健康法若干问题的解释（二）", "", PRICES, issuer="最高人民法院", day=LATER)),
    (TWO, "第一批 and 第二批", text("某某市取消行政许可事项目录（第一批）"), text("某某市取消行政许可事项目录（第二批）", "", PRICES, day=LATER)),
    (TWO, "a decision to amend and the text amended", text(T), text(f"某某市人民政府关于修改《{T}》的决定", "", ("将第一条修改为：“每个街道设两个中心。”",), day=LATER)),
    (TWO, "a decision to repeal it", text(T), text(f"某某市人民政府关于废止《{T}》的决定", "", ("《某某市社区健康服务管理办法》自即日起废止，其他规定继续有效。",), day=LATER)),
    (TWO, "its explanation (解读)", text(T), text(f"《{T}》解读", "", PRICES, day=LATER)),
]  # fmt: skip


def outcome(place: Path, held: str, own: str) -> str:
    folder = place / "in"
    folder.mkdir(parents=True)
    (folder / "1.txt").write_text(held, encoding="utf-8")
    (folder / "2.txt").write_text(own, encoding="utf-8")
    with Store.init(place / "s") as store:
        summary = store.import_files(folder)
        assert not summary.refused
        assert not summary.failed
        if summary.doubtful:
            [doubt] = summary.doubtful
            assert doubt.error is not None
            assert "--version-of" in doubt.error
            assert "--id" in doubt.error
            assert all(each in doubt.error for each in doubt.candidates)
            return ASK
        return ONE if len(store.recorded.documents()) == 1 else TWO


@pytest.mark.parametrize(("expected", "why", "held", "own"), PAIRS, ids=[pair[1] for pair in PAIRS])
def test_which_document_a_file_is(tmp_path: Path, expected: str, why: str, held: str, own: str) -> None:
    assert outcome(tmp_path / "first", held, own) == expected, why
    assert outcome(tmp_path / "other", own, held) == expected, "in whatever order they come"


def test_a_store_is_not_imported_into_itself(tmp_path: Path) -> None:
    """The folder may hold the store: its settings and its documents are no new texts, files beside them are."""
    home = tmp_path / "texts"
    (home / "new").mkdir(parents=True)
    (home / "new" / "a.txt").write_text(
        "某市停车办法\n某府发〔2021〕3号\n第一条 规范停车。\n第二条 自2021年5月1日起施行。\n某市人民政府\n2021年4月1日\n",
        encoding="utf-8",
    )
    with Store.init(home) as store:
        first = store.import_files(tmp_path)
        again = store.import_files(home)
    assert (first.added, first.unchanged, len(first.failed)) == (1, 0, 0)
    assert (again.added, again.unchanged, len(again.failed)) == (0, 1, 0)
