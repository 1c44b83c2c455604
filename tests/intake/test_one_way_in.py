"""The same bytes with the same rules give the same text by every verb, and reading them again changes no byte."""

import hashlib
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from policydiff import Store, read
from policydiff.errors import DoubtfulIdentityError, LayoutChangedError, UnreadableInputError
from policydiff.extract.sniff import bundle
from policydiff.intake import read_bytes
from policydiff.intake.versions import Given, prepare
from policydiff.model import ReadingRules
from policydiff.settings import Source
from policydiff.store import Store as RecordedStore
from policydiff.watch.gather import read_capture, rules_of

TODAY = date(2024, 3, 1)
PAGE = """<html><head><title>x</title></head><body><div class="nav"><p>欢迎访问某市人民政府网站，今天天气晴朗。</p></div>
<div class="doc"><p>您现在的位置：首页 > 文件</p><p>某某市促进健康办法</p><p>某府发〔2024〕5号</p><p>第一条 为了促进健康，制定本办法。</p>
<p class="ad">广告：某某药房</p><p>第二条 本市设立健康基金，规模为十亿元。</p><p>某市人民政府</p><p>2024年4月1日</p>
<p>【打印本页】【关闭窗口】【字体：大 中 小】</p><p>阅读量 1234 次</p><p>责任编辑：某某</p></div></body></html>"""
SECOND = (
    '<html><body><div class="doc"><p>第三条 基金由市财政局管理，每年公布一次账目。</p></div></body></html>'
)
RULES = ReadingRules(select=(".doc",), ignore=(".ad",), ignore_lines=("热线",))


def test_furniture_of_one_line_goes_and_the_date_stays() -> None:
    intake = prepare(PAGE.encode(), name="a.html", today=TODAY, given=Given(reading=RULES))
    assert intake.entry.issued == date(2024, 4, 1)
    assert intake.entry.text.splitlines() == [
        "某某市促进健康办法",
        "某府发〔2024〕5号",
        "第一条 为了促进健康，制定本办法。",
        "第二条 本市设立健康基金，规模为十亿元。",
        "某市人民政府",
        "2024年4月1日",
    ]


def test_every_verb_reads_the_same_text(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(PAGE.encode())
    with Store.init(tmp_path / "s") as store:
        store.add(file, id="a/added")
        added = store.recorded.text("a/added", "2024-04-01")
    with Store.init(tmp_path / "t") as store:
        summary = store.add(file)
        other = store.recorded.text(summary.files[0].id, "2024-04-01")
    tracked = read_capture(
        PAGE.encode(), "a.html", rules_of(Source(name="x", url="https://a.cn/a.html"))
    ).text
    assert read(file).text == added == other == tracked == read_bytes(PAGE.encode()).text


LINES = st.lists(
    st.sampled_from(
        [
            "第一条 甲方应当按时付款。",
            "来源：某某网",
            "二、推进健康服务。",
            "热线：12345",
            "2024年4月1日",
            "浏览次数：12",
            "【打印】",
            "（一）设立中心。",
        ]
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=40)
@given(lines=LINES, ignored=st.sampled_from([(), ("热线",)]), pages=st.integers(1, 3))
def test_the_same_bytes_and_rules_give_the_same_text(
    lines: list[str], ignored: tuple[str, ...], pages: int
) -> None:
    page = (
        "<html><body><div class='doc'>"
        + "".join(f"<p>{line}</p>" for line in ["文件", *lines])
        + "</div></body></html>"
    )
    data = bundle([page.encode()] * pages)
    rules = ReadingRules(select=(".doc",), ignore_lines=ignored, pages=pages)
    intake = prepare(data, name="a", today=TODAY, given=Given(reading=rules))
    assert intake.entry.text == read_bytes(data, rules=rules).text
    assert intake.entry.reading == rules
    once = read_bytes(bundle([page.encode()]), rules=rules.model_copy(update={"pages": 1})).text
    assert intake.entry.text.count(lines[0]) == once.count(lines[0]) * pages


def record(store: RecordedStore, data: bytes, rules: ReadingRules | None, document_id: str) -> None:
    intake = prepare(data, name="a.html", today=TODAY, given=Given(id=document_id, reading=rules))
    store.add(intake.entry)


@pytest.mark.parametrize(
    ("data", "rules"),
    [
        (PAGE.encode(), RULES),
        (PAGE.encode(), ReadingRules(select=(".doc",))),
        (bundle([PAGE.encode(), SECOND.encode()]), ReadingRules(select=(".doc",), pages=2)),
        (bundle([PAGE.encode(), SECOND.encode()]), ReadingRules(pages=2)),
        ("某办法\n第一条 甲。\n热线：12345\n".encode(), ReadingRules(ignore_lines=("热线",))),
    ],
    ids=["tracked", "selected", "several pages", "several pages without selectors", "lines left out"],
)
def test_reading_again_changes_no_byte(tmp_path: Path, data: bytes, rules: ReadingRules) -> None:
    with Store.init(tmp_path / "s") as store:
        record(store.recorded, data, rules, "a/b")
        before = store.recorded.commit
        found = store.reextract()
        assert (found.versions, found.commit, found.left_alone) == (1, None, ())
        assert store.recorded.commit == before


def test_a_version_without_rules_keeps_what_unknown_rules_cut_away(tmp_path: Path) -> None:
    """Recorded by a run before rules were kept: the page's navigation must not come back."""
    with Store.init(tmp_path / "s") as store:
        record(store.recorded, PAGE.encode(), RULES, "a/b")
        path = store.folder / "documents/a/b/2024-04-01/version.json"
        old = store.recorded.at(None).version("a/b", "2024-04-01").model_copy(update={"reading": None})
        path.write_text(old.model_dump_json(), encoding="utf-8")
        text = store.recorded.text("a/b", "2024-04-01")
        from policydiff.intake import versions

        assert versions._only_adds(text, read_bytes(PAGE.encode()).text)
        assert not versions._only_adds(text, text)


def test_selectors_that_find_nothing_are_a_changed_layout() -> None:
    with pytest.raises(LayoutChangedError):
        read_bytes(PAGE.encode(), rules=ReadingRules(select=(".gone",)))


def test_selected_blocks_are_kept_once_and_ignored_ones_cut() -> None:
    html = "<body><div class='a'>甲乙<div class='b'>乙<i>丙</i></div></div><p>丁</p></body>".encode()
    text = read_bytes(html, rules=ReadingRules(select=(".a", ".b"), ignore=("i",))).text
    assert text == "甲乙\n乙\n"


def test_a_bundle_from_the_network_is_no_bundle() -> None:
    """A server that sends such a zip for one page must not have it read as pages of ours."""
    data = bundle([PAGE.encode(), SECOND.encode()])
    with pytest.raises(UnreadableInputError, match="zip archive"):
        read_bytes(data, rules=ReadingRules(pages=1))


@pytest.mark.parametrize("damage", ["crc", "encrypted", "foreign member"])
def test_a_damaged_bundle_is_one_files_error(damage: str) -> None:
    data = bytearray(bundle([PAGE.encode(), SECOND.encode()]))
    if damage == "crc":
        data[100] ^= 1
    elif damage == "encrypted":
        where = data.find(b"PK\x01\x02")
        data[where + 8] |= 1
    else:
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as container:
            container.writestr("page-0001.html", PAGE)
            container.writestr("evil.exe", b"x")
        data = bytearray(out.getvalue())
    with pytest.raises(UnreadableInputError):
        read_bytes(bytes(data), rules=ReadingRules(pages=2))


def test_a_bundle_is_the_same_each_time() -> None:
    pages = [PAGE.encode(), SECOND.encode()]
    digests = {hashlib.sha256(bundle(pages)).hexdigest() for _ in range(3)}
    assert len(digests) == 1
    assert bundle(pages[:1]) == pages[0]


TITLED = "某某市人民政府关于发布价格目录的公告\n{number}\n第一条 {words}\n第二条 本公告自公布之日起施行。\n某某市人民政府\n2020年1月2日\n"


def test_a_doubt_is_asked_and_an_answer_ends_it(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1.txt").write_text(
        TITLED.format(number="", words="甲类商品实行政府定价，每年调整一次。"), encoding="utf-8"
    )
    (folder / "2.txt").write_text(
        TITLED.format(number="", words="停车收费由区政府另行规定，分三档执行。"), encoding="utf-8"
    )
    with Store.init(tmp_path / "s") as store:
        summary = store.import_files(folder)
        assert (summary.added, len(summary.doubtful)) == (1, 1)
        doubt = summary.doubtful[0]
        with pytest.raises(DoubtfulIdentityError, match=r"--version-of.*--id"):
            store.add(folder / doubt.file)
        answers = tmp_path / "answers.jsonl"
        answers.write_text(f'{{"file": "{doubt.file}", "id": "city/parking"}}\n', encoding="utf-8")
        again = store.import_files(folder, answers=answers)
        assert (again.added, again.unchanged, len(again.doubtful)) == (1, 1, 0)
        assert {each.id for each in store.recorded.documents()} == {*doubt.candidates, "city/parking"}
        added = store.add(folder / "2.txt", version_of=doubt.candidates[0])
        assert added.files[0].id == doubt.candidates[0]
