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
        ("由市有关部门（以下称主管部门）负责。", [], "a name for short is no note"),
        ("设立基金（市财政出资。首位认购者除外）。", [], "the first place alone makes no note"),
    ],
)
def test_notes_are_found_whole(text: str, notes: list[str], reason: str) -> None:
    assert [text[start:end] for start, end in responsibility_notes(text)] == notes, reason
