"""Bracketed notes of who carries a measure are told from other brackets."""

import pytest

from policydiff.lexicon.text_marks import responsibility_notes


@pytest.mark.parametrize(
    ("text", "notes", "reason"),
    [
        ("推进试点。（责任部门：区科委）", ["（责任部门：区科委）"], "a role and a colon"),
        ("推进试点。（财政部、海关总署负责）", ["（财政部、海关总署负责）"], "bodies and a verb of duty"),
        (
            "推进试点。（财政部、商务部等负责。列第一位者为牵头单位，下同）",
            ["（财政部、商务部等负责。列第一位者为牵头单位，下同）"],
            "an aside on the order of bodies, as the State Council's first note prints it",
        ),
        (
            "推进试点。（财政部、商务部负责，排在首位的为牵头部门）",
            ["（财政部、商务部负责，排在首位的为牵头部门）"],
            "the same behind a comma",
        ),
        (
            "推进试点。（各区政府，市商务委负责，下同）",
            ["（各区政府，市商务委负责，下同）"],
            "it holds for all notes below",
        ),
        (
            "推进试点（含村（居）委会）。（责任单位：区民政局（牵头）、区卫生健康委）",
            ["（责任单位：区民政局（牵头）、区卫生健康委）"],
            "brackets inside a note, and one before it that is none",
        ),
        ("每人每月补助二十五元。（市财政局）", ["（市财政局）"], "one body behind the sentence"),
        (
            "按八元执行。（市财政局、市卫生健康局）",
            ["（市财政局、市卫生健康局）"],
            "a list of bodies behind the sentence",
        ),
        (
            "全部接入平台；(区数据局、各街镇)",
            ["(区数据局、各街镇)"],
            "the same behind a semicolon, in narrow brackets",
        ),
        ("开展督查。（市政府督查室）。", ["（市政府督查室）"], "a full stop behind the bracket"),
        (
            "配齐乡村医生。（市卫生健康局牵头，各县区政府落实）",
            ["（市卫生健康局牵头，各县区政府落实）"],
            "who leads, and who carries out",
        ),
        ("（区教育局、区体育局）", ["（区教育局、区体育局）"], "bodies on a line of their own"),
        ("由主管部门（市财政局）审核。", [], "bodies in a sentence say which ones are meant"),
        ("报登记机关。（市局和县分局，以下统称“登记机关”。）", [], "a name for short behind a sentence"),
        ("施行。（2010年12月23日删除）", [], "no body at all"),
        ("推进试点。（市级试点）", [], "an aside that names no body"),
        ("推进试点。（含市属单位）", [], "how far it reaches"),
        ("推进试点。（市财政局）鼓励社会参与。", [], "more follows on the line"),
        ("由市有关部门（以下称主管部门）负责。", [], "a name for short is no note"),
        ("设立基金（市财政出资。首位认购者除外）。", [], "the first place alone makes no note"),
    ],
)
def test_notes_are_found_whole(text: str, notes: list[str], reason: str) -> None:
    assert [text[start:end] for start, end in responsibility_notes(text)] == notes, reason
