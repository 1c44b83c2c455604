"""Where the bare words of two texts differ, a diff says where: no line can be deleted, changed or moved unseen."""

import random
from pathlib import Path

import pytest

from policydiff import diff, parse
from policydiff.lexicon.widths import fold_words
from policydiff.model import ChangeKind, OutsideKind, RevisionDiff

_NOTICE = """某省人民检察院
公    告
《关于某某问题的解释》已于2001年6月4日由某省人民检察院第八十九次会议通过，现予公布，自2001年6月11日起施行。

某省人民检察院
2001年6月11日

某省人民检察院
关于某某问题的解释
（2001年6月4日通过）
第一条　行为人应当知道的，依照规定处理。
第二条　本解释自2001年6月11日起施行。
"""


def changed(old: str, new: str) -> RevisionDiff:
    return diff(parse(old), parse(new))


@pytest.mark.parametrize(
    ("old", "new", "kind", "words"),
    [
        ("某省人民检察院\n公", "某省人民法院\n公", OutsideKind.HEAD, "某省人民法院"),
        ("2001年6月4日通过）", "2002年7月5日通过）", OutsideKind.HEAD, "2002年7月5日通过"),
        ("2001年6月11日\n\n", "2001年6月12日\n\n", OutsideKind.HEAD, "2001年6月12日"),
    ],
    ids=["issuing body", "day of adoption", "day of the notice"],
)
def test_the_head_is_compared(old: str, new: str, kind: OutsideKind, words: str) -> None:
    found = changed(_NOTICE, _NOTICE.replace(old, new, 1))
    assert found.differs
    assert any(each.kind is kind and words in (each.new or "") for each in found.outside)


def test_a_table_of_the_notice_is_compared_with_the_notice() -> None:
    found = changed(_NOTICE, _NOTICE.replace("施行。\n\n", "施行。\n指标\t目标值\n办结率\t98%\n\n", 1))
    (change,) = (each for each in found.changes if each.kind is not ChangeKind.UNCHANGED)
    assert [unit.id for unit in change.new] == ["carrier"]
    assert "办结率" in change.new[0].text


def test_a_line_that_changed_is_shown_with_both_wordings() -> None:
    (change,) = changed(_NOTICE, _NOTICE.replace("2001年6月4日通过）", "2002年7月5日通过）")).outside
    assert (change.old, change.new) == ("（2001年6月4日通过）", "（2002年7月5日通过）")
    assert [(signal.type.value, signal.direction.value) for signal in change.signals] == [
        ("deadline", "later")
    ]


def test_fields_stand_in_where_a_document_has_no_text() -> None:
    old, new = (type(parse(text)).model_validate_json(parse(text).to_json()) for text in (
        "某市人民政府文件\n某府发〔2020〕1号\n某办法\n第一条 应当公开。", "某市人民政府文件\n某府发〔2021〕2号\n某办法\n第一条 应当公开。",
    ))  # fmt: skip
    assert [(each.old, each.new) for each in diff(old, new).outside] == [
        ("某府发〔2020〕1号", "某府发〔2021〕2号")
    ]


def test_width_and_marks_are_no_difference() -> None:
    found = changed(
        _NOTICE, _NOTICE.replace("（2001年6月4日通过）", "(2001年6月4日通过)").replace("，现予", ", 现予")
    )
    assert not found.differs


def _texts(shared_data: Path, count: int) -> list[str]:
    paths = [
        *sorted((shared_data / "revisions").glob("*/new.*")),
        *sorted((shared_data / "shanghai").glob("*.txt")),
    ]
    return [path.read_text("utf-8", "replace") for path in paths[:count]]


_KINDS = ("delete", "change", "move")


def _edited(lines: list[str], number: int, kind: str, rng: random.Random) -> str:
    edited = list(lines)
    if kind == "delete":
        del edited[number]
    elif kind == "change":
        place = rng.randrange(len(edited[number]))
        edited[number] = f"{edited[number][:place]}龘{edited[number][place + 1 :]}"
    else:
        edited.insert(rng.randrange(len(edited)), edited.pop(number))
    return "\n".join(edited)


def _unseen(text: str, step: int) -> list[tuple[str, str]]:
    """Return the edits of lines that a diff does not see."""
    rng = random.Random(len(text))
    lines = text.split("\n")
    old, bare = parse(text), fold_words(text)
    missed = []
    for number in range(0, len(lines), step):
        for kind in _KINDS if lines[number].strip() else ():
            edited = _edited(lines, number, kind, rng)
            if fold_words(edited) != bare and not diff(old, parse(edited)).differs:
                missed.append((kind, lines[number]))
    return missed


def test_no_line_of_a_small_text_goes_unseen() -> None:
    assert _unseen(_NOTICE, 1) == []


def test_no_line_of_real_files_goes_unseen(shared_data: Path) -> None:
    assert [missed for text in _texts(shared_data, 6) for missed in _unseen(text, 23)] == []


@pytest.mark.slow
def test_no_line_of_any_real_file_goes_unseen(shared_data: Path) -> None:
    assert [missed for text in _texts(shared_data, 200) for missed in _unseen(text, 1)] == []


_ADDITIONS = {
    "table": "指标\t目标值\n绿地率\t35%",
    "note": "注：本表数据截至2025年底。",
    "attachment": "附件：目标任务分解表",
    "sentence": "此前规定与本文不一致的，以本文为准。",
}


@pytest.mark.parametrize("kind", _ADDITIONS)
def test_no_addition_to_a_real_file_goes_unseen(kind: str, shared_data: Path) -> None:
    missed = []
    for text in _texts(shared_data, 6):
        rng = random.Random(len(text) + len(kind))
        lines = text.split("\n")
        for place in rng.sample(range(len(lines) + 1), 4):
            more = [*lines[:place], _ADDITIONS[kind], *lines[place:]]
            if not diff(parse(text), parse("\n".join(more))).differs:
                missed.append((kind, lines[place - 1]))
    assert missed == []


def test_no_figure_of_a_table_goes_unseen(shared_data: Path) -> None:
    missed = []
    for text in _texts(shared_data, 6):
        lines = text.split("\n")
        for place in random.Random(len(text)).sample(range(len(lines) + 1), 4):
            old, new = (
                parse("\n".join([*lines[:place], table, *lines[place:]]))
                for table in (_ADDITIONS["table"], _ADDITIONS["table"].replace("35%", "45%"))
            )
            if not diff(old, new).differs:
                missed.append(lines[place - 1])
    assert missed == []
