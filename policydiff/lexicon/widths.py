"""Normalises characters for matching.

Full and half width and the many forms of a bracket become one; blanks between Chinese characters are removed;
invisible characters are made visible. A difference that this removes never counts as a change.
"""

import json
import re
from functools import cache, lru_cache
from importlib.resources import files

from policydiff.lexicon.numerals import CHINESE_DIGITS
from policydiff.lexicon.patterns import lazy_pattern

_OPENING = "〔［[【（﹝〖｛{〘〚⦅｟"
_CLOSING = "〕］]】）﹞〗｝}〙〛⦆｠"

_TABLE: dict[int, int] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
for _variants, _one in (
    (_OPENING, "("),
    (_CLOSING, ")"),
    ("“”„‟〝〞〟＂「」『』﹁﹂", '"'),
    ("‘’‚‛＇", "'"),
    ("〈＜", "《"),
    ("〉＞", "》"),
    ("—–―‐‑‒−－─━﹣", "-"),
    ("～〜∼˜", "~"),
    ("·・•‧∙･", "·"),
    ("､", "、"),
    ("｡", "。"),
    ("％", "%"),
    ("\u3000\xa0\u2002\u2003\u2009\u202f\t", " "),
):
    _TABLE.update((ord(variant), ord(_one)) for variant in _variants)


@lru_cache(maxsize=64)
def fold(text: str) -> str:
    """Return the text with width and bracket variants unified; the length stays the same.

    >>> fold("（沪府发［２０１８］２５号），“上海”")
    '(沪府发(2018)25号),"上海"'
    """
    return text.translate(_TABLE)


_KEPT = {code: one for code, one in _TABLE.items() if chr(code) not in "，；：！？“”"}


@lru_cache(maxsize=64)
def fold_but_marks(text: str) -> str:
    """Return the text as `fold` does, but for quotes and the marks at which Chinese sentences are cut; the length stays.

    >>> fold_but_marks("（１０）家，“３０”")
    '(10)家，“30”'
    """
    return text.translate(_KEPT)


_WIDE = lazy_pattern("[０-９]+")


def with_narrow_digits(words: str) -> str:
    """Return words with digits in half width and other characters unchanged; the length stays the same."""
    return _WIDE.sub(lambda wide: "".join(str(int(digit)) for digit in wide[0]), words)


_RAISED = lazy_pattern(r"\s*[0-9n+\-−]{1,4}\s*")
_RAISED_FORMS = str.maketrans("0123456789n+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ⁺⁻⁻")


def raised(words: str) -> str:
    """Return raised digits as separate characters, so that a power is no ordinary number; other words are unchanged.

    >>> "10" + raised("4"), "m" + raised("2"), "见" + raised("[1]")
    ('10⁴', 'm²', '见[1]')
    """
    return words.translate(_RAISED_FORMS) if _RAISED.fullmatch(words) else words


_FONTS_OF_SIGNS: dict[str, dict[int, str]] = {"symbol": {}, "wingdings": {}, "wingdings 2": {}}
for _font, _codes, _printed in (
    ("symbol", range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"),
    ("symbol", range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"),
    ("symbol", b"\"$'*-@\\^~\xa2\xa3\xa5\xae\xb0\xb1\xb2\xb3\xb4\xb5\xb6\xb7\xb8", "∀∃∋∗−≅∴⊥∼′≤∞→°±″≥×∝∂·÷"),
    ("symbol", b"\xb9\xba\xbb\xc7\xc8\xce\xd6\xde\xe5", "≠≡≈∩∪∈√⇒∑"),
    ("wingdings", range(0x81, 0x8B), "①②③④⑤⑥⑦⑧⑨⑩"),
    ("wingdings", range(0x8C, 0x96), "❶❷❸❹❺❻❼❽❾❿"),
    ("wingdings", b"lnoquvx\xa1\xa7\xa8\xab\xb7\xd8\xe0\xfb\xfc\xfd\xfe", "●■□❑◆❖☒○▪□★·➢→✗√☒☑"),
    ("wingdings 2", range(0x6A, 0x74), "①②③④⑤⑥⑦⑧⑨⑩"),
    ("wingdings 2", b"OPRST\xa2\xa3", "✗√☑☒☒■□"),
):
    for _number, _sign in zip(_codes, _printed, strict=True):
        _FONTS_OF_SIGNS[_font] |= {_number: _sign, 0xF000 + _number: _sign}
_FONTS_OF_SIGNS[""] = {code: sign for code, sign in _FONTS_OF_SIGNS["wingdings"].items() if code > 0xFF}
"""Private characters without a stated font are those of Wingdings, because they are never letters."""


def is_of_signs(font: str) -> bool:
    """Return whether the letters of a font print signs."""
    return bool(font) and font.lower() in _FONTS_OF_SIGNS


def in_signs(words: str, font: str = "") -> str:
    """Return characters as the signs they print in a font of signs; characters without a known sign are unchanged.

    >>> in_signs("R是 £否", "Wingdings 2"), in_signs("\uf0b3", "Symbol"), in_signs("£5", "SimSun")
    ('☑是 □否', '≥', '£5')
    """
    return words.translate(_FONTS_OF_SIGNS.get(font.lower(), {}))


_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
BLANKS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000" + _ZERO_WIDTH
)
"""All characters that `str.isspace` calls white space, and all characters without width."""

_RUN = lazy_pattern(f"[{BLANKS}]+")
_SPACED = lazy_pattern("(?:[^ \n][ 　]){5,}[^ \n]")
"""A line with a blank between all of its characters, as recognition gives titles set wide: its blanks part no words."""
_ONLY_ZERO_WIDTH = lazy_pattern(f"[{_ZERO_WIDTH}]+")
_LATIN = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_LATIN_PUNCTUATION = frozenset(".,;:!?)]&/+\"'")


def despace(text: str) -> str:
    """Remove stray blanks; blanks between Latin words or numbers become one space.

    >>> despace("到 2023 年, 占比达到 7%左右")
    '到2023年,占比达到7%左右'
    >>> despace(" Open  Data 平台 ")
    'Open Data平台'
    """
    return despace_with_offsets(text)[0]


def despace_with_offsets(text: str) -> tuple[str, list[int] | None]:
    """Return the text without stray blanks and, for each of its characters, its index in `text`.

    The indices are None where nothing was removed.
    """
    if _RUN.search(text) is None:
        return text, None
    spaced = _SPACED.fullmatch(text) is not None
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for run in _RUN.finditer(text):
        start, end = run.span()
        pieces.append(text[done:start])
        offsets.extend(range(done, start))
        done = end
        if start and end < len(text) and not spaced and _keeps_words_apart(text, start, end):
            pieces.append(" ")
            offsets.append(start)
    pieces.append(text[done:])
    offsets.extend(range(done, len(text)))
    return "".join(pieces), offsets


def _keeps_words_apart(text: str, start: int, end: int) -> bool:
    left, right = text[start - 1], text[end]
    if right not in _LATIN or _ONLY_ZERO_WIDTH.fullmatch(text, start, end):
        return False
    if left in _LATIN:
        return True
    return left in _LATIN_PUNCTUATION and start > 1 and text[start - 2] in _LATIN


_NO_MEASURE = lazy_pattern(
    r"(?<!\d)[.~]|(?<![\d于为到至达])-(?!\d+(?:\.\d+)?[%‰℃°])|(?<=[%‰℃°])-|[.~-](?!\d)|[<>+](?!\d)|×{2,}",
    marks=".~-<>+×",
)
"""Signs that separate or replace words (2024-05, <附件>, 互联网+, 张××); they have a meaning only beside digits, or alone."""
_LESS = lazy_pattern(r"[＜＞](?=\s*[0-9０-９])")
"""Less and more, which are brackets of a title elsewhere: ＜5, ＜某办法＞."""
_MEASURES = frozenset("%‰℃°¥$€£.~-+<>≥≤±√×□★☆↑↓")
"""Signs whose exchange changes the meaning: ≥60 and ≤60, √ and × in the cell of a table."""
_REFERENCE = lazy_pattern(rf"第[{CHINESE_DIGITS}0-9]+(?:[编章节条款项目](?:之[{CHINESE_DIGITS}]+)?)")


@cache
def variants() -> tuple[tuple[str, str], ...]:
    """Return the variant writings and the form each is read as."""
    table = files("policydiff.lexicon").joinpath("variants.tsv").read_text(encoding="utf-8")
    lines = (line for line in table.splitlines() if not line.startswith("#"))
    cells = (cell.split(" ") for line in lines for cell in line.split("\t"))
    return tuple((variant, form) for variant, form in cells)


class _Folding(dict[int, int | None]):
    """A table for `str.translate`, filled on demand: width and writing unified, all other characters removed."""

    def __missing__(self, code: int) -> int | None:
        character = fold(chr(code))
        character = self.one_writing().get(character, character)
        kept = character.isalnum() or character in _MEASURES
        self[code] = ord(character) if kept else None
        return self[code]

    @staticmethod
    @cache
    def one_writing() -> dict[str, str]:
        return {variant: form for variant, form in variants() if len(variant) == 1}


@cache
def _tables() -> tuple[re.Pattern[str], re.Pattern[str], _Folding, dict[str, str], re.Pattern[str]]:
    """Return a pattern of words and signs, one of the characters read as others, how each is read, and the same for longer variants.

    Few texts hold a character that is read as another one: to look for one is quicker than to look each character up.
    """
    table = _Folding()
    codes = {*_TABLE, *map(ord, table.one_writing())}
    others = re.escape("".join(chr(code) for code in sorted(codes) if table[code] not in (None, code)))
    longer = {variant: form for variant, form in variants() if len(variant) > 1}
    words = re.compile(rf"[\w{re.escape(''.join(sorted(_MEASURES)))}{others}]+")
    return words, re.compile(f"[_{others}]"), table, longer, re.compile("|".join(longer))


def fold_words(text: str) -> str:
    """Return only words, digits and signs of measure, in one width and one writing.

    >>> fold_words("（一） 会计帐簿，占 7.5％；") == fold_words("(一)会计账簿占7.5%。")
    True
    """
    words, others, table, longer, variant = _tables()
    if "＜" in text or "＞" in text:
        text = _LESS.sub(lambda found: "<" if found[0] == "＜" else ">", text)
    folded = text if text.isalnum() else "".join(words.findall(text))
    if others.search(folded):
        folded = folded.translate(table)
    if not folded.isalnum():
        folded = _NO_MEASURE.sub("", folded)
    return variant.sub(lambda found: longer[found[0]], folded) if variant.search(folded) else folded


_TRADITIONAL = str.maketrans(
    "條內號關項規應機業員國務發會辦資證經請為設計並時處報華書與學檢職審稱構記動備驗產執車區議權準營電專長訂費間標託財組實總編運單補護監畫數屬體對類認載別進廢則額該個選調網試險臺評當製責統變給導農劃醫質過訓場無稅級開轉許結貨註"
    "節轄適師決負錄約練衛預縣藥參銷領簡測裝滿團繳術協價訴視線戶獎違軍範異將檔現採舉點達輔義種廠訊擬療績續幣銀環勞維紀際確圍輸據織係駛償簽債從譯罰換購濟冊屆復課損擔帳圖築減萬庫傳納氣駕聯習漁優風終鑑併積細連願離須輛門礙說狀顧綜"
    "隊灣見園繼況餘館災訟養層親還棄歲問勵劑廣籌憑儲懲撥買診詢臨僱陳賣觀遺獲響兩兒陸飛遊帶刪郵來聲隨櫃閱戰傷畢碼歷創敘複強樣暫興讓銜緊識薦顯彙僑題艙揮鐵貼鄉輪東腦獄絕誤討駐撫鍰論遷頻鎮蒐蓋誌遞諮罷壓毀繫逕賠眾階態歸獨難話釋輕滅"
    "喪繕礎溫貸攜籤卹樁熱寬斷覽擇匯樓側倉語廳聽遲憲慮亞億屜屍嚴賬閉閒贈賄賂誠謹雙雖歐紙純於後徵佔儘沒汙裡証勛鬥",
    "条内号关项规应机业员国务发会办资证经请为设计并时处报华书与学检职审称构记动备验产执车区议权准营电专长订费间标托财组实总编运单补护监画数属体对类认载别进废则额该个选调网试险台评当制责统变给导农划医质过训场无税级开转许结货注"
    "节辖适师决负录约练卫预县药参销领简测装满团缴术协价诉视线户奖违军范异将档现采举点达辅义种厂讯拟疗绩续币银环劳维纪际确围输据织系驶偿签债从译罚换购济册届复课损担帐图筑减万库传纳气驾联习渔优风终鉴并积细连愿离须辆门碍说状顾综"
    "队湾见园继况余馆灾讼养层亲还弃岁问励剂广筹凭储惩拨买诊询临雇陈卖观遗获响两儿陆飞游带删邮来声随柜阅战伤毕码历创叙复强样暂兴让衔紧识荐显汇侨题舱挥铁贴乡轮东脑狱绝误讨驻抚款论迁频镇搜盖志递咨罢压毁系径赔众阶态归独难话释轻灭"
    "丧缮础温贷携签恤桩热宽断览择汇楼侧仓语厅听迟宪虑亚亿屉尸严账闭闲赠贿赂诚谨双虽欧纸纯于后征占尽没污里证勋斗",
)
"""The commonest traditional characters (nineteen in twenty) in statutes of Taiwan with their simple forms; 鍰 in 罰鍰 is read as 款."""
_SIGNS = frozenset(map(chr, _TRADITIONAL)) - frozenset("於後徵併帳裡証")
"""Characters that a simplified text uses only by mistake."""
_FEWEST_SIGNS = 2
"""Distinct signs from which a passage counts as traditional; a single one may be a name, or mistyped."""
_ALLOWED = lazy_pattern("(?<![不未应取获所值使懂免记觉晓求赢舍难])得(?![到知分票标失出利逞当力宜主心罪奖])")
_WHO = lazy_pattern(
    "(?<![^，。；：\n])(?P<case>(?:有|未|违反|经|不|依|符合|属|逾|因|曾|非|拒|擅自|以)[^，。；：\n]{2,60})者(?=[，。；])"
)


def in_simple_signs(*texts: str) -> tuple[str, ...]:
    """Return texts in traditional characters as simplified texts write them, including 得 (may) and 者 (who); lengths stay the same.

    Other texts are returned unchanged. For reading only; the result is never shown.

    >>> in_simple_signs("違反前條規定者，處新臺幣一萬元以下罰鍰，並得按次處罰。")
    ('违反前条规定的，处新台币一万元以下罚款，并可按次处罚。',)
    """
    if len(_SIGNS.intersection("".join(texts))) < _FEWEST_SIGNS:
        return texts
    simple = (text.translate(_TRADITIONAL).replace("备查", "备案").replace("左列", "下列") for text in texts)
    return tuple(_WHO.sub(r"\g<case>的", _ALLOWED.sub("可", text)) for text in simple)


_NO_SEPARATOR = lazy_pattern(r"[^\w,;:!?、。\n]+|_")
_AT_THE_END = lazy_pattern(r"[,;:!?、。\s]+(?=\n|\Z)|(?<=\d),(?=\d{3}(?!\d))")
"""Marks that separate nothing: at the end of a line, and in 3,000."""


def separated(text: str) -> str:
    """Return words with their separating marks, in one width; quotes, brackets, blanks and marks at line ends are left out.

    >>> separated("（一）检察官、律师；") == separated("(一) 检察官、律师。"), separated("死亡，继承") == separated("死，亡继承")
    (True, False)
    """
    return _AT_THE_END.sub("", _NO_SEPARATOR.sub("", fold(text)))


def mask_references(folded: str) -> str:
    """Return folded text with the numbers of cited clauses taken out: 第十二条第三款 becomes 第第.

    >>> mask_references("违反本法第十二条第一款规定")
    '违反本法第第规定'
    """
    return _REFERENCE.sub("第", folded) if "第" in folded else folded


_HIDDEN = lazy_pattern(
    r"""
    [\x00-\x08\x0b-\x1f\x7f-\x9f]       # controls but tab and line feed: escape sequences of a terminal
    | [\u2028-\u202e\u061c\u200b-\u200f\u2060-\u206f\ufeff]  # breaks of lines, marks of direction, characters of no width
    | [\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufff0-\ufffb]  # others that Unicode lets a reader ignore
    | [\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]  # the same of shorthand and music; tags: text hidden in text
    | [\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]              # not allowed in XML, or no characters at all
    """,
    re.VERBOSE,
)


_COMMAND = lazy_pattern(
    r"""
    (?:\A|(?<=[\n\x0b-\r\x1c-\x1e\x85\u2028\u2029]))[^\S\n\x0b-\r\x1c-\x1e\x85\u2028\u2029]*(?P<sign>:)(?=:[^\S\n\x0b-\r\x1c-\x1e\x85\u2028\u2029]*[A-Za-z])  # ::error:: of GitHub, at the start of a line
    | (?P<mark>\#)(?=\#(?:\[|vso\[|teamcity\[))          # ##[error] of GitHub, ##vso[…] of Azure, ##teamcity[…], anywhere
    | (?P<fold>s)(?=ection_(?:start|end):[0-9])            # section_start:… of GitLab
    | (?P<travis>t)(?=ravis_(?:fold|time):)
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Marks in a job's log by which a line commands the program that runs the job."""


def visible(text: str) -> str:
    r"""Return the text with each hidden character shown as its code: `U+202E` in angle brackets.

    So is the first character of what commands the runner of a job that prints it (`::set-output`, `##vso[`). Tab and line
    feed stay. The result is allowed in XML, and harmless on a terminal and in a log.

    Examples:
        >>> visible("第一条\u202e"), visible("::error::甲")
        ('第一条⟨U+202E⟩', '⟨U+003A⟩:error::甲')
    """
    return disarmed(_HIDDEN.sub(lambda match: _code(match[0]), text))


def disarmed(text: str) -> str:
    """Return the text without commands to the runner of a job; hidden characters stay."""
    return _COMMAND.sub(lambda match: match[0][:-1] + _code(match[0][-1]), text)


def _code(character: str) -> str:
    return f"⟨U+{ord(character):04X}⟩"


def escaped(data: str) -> str:
    r"""Return JSON with each hidden character written as its escape: the same data, harmless on a terminal and in a log.

    Examples:
        >>> escaped('{"title": "\u202e ##[error]"}')
        '{"title": "\\u202e \\u0023#[error]"}'
    """
    data = _HIDDEN.sub(lambda match: json.dumps(match[0])[1:-1], data)
    # Commands stand in strings: the first character of each may be told by its number there.
    return _COMMAND.sub(lambda match: match[0][:-1] + f"\\u{ord(match[0][-1]):04x}", data)


_FORMULA_STARTS = tuple("=+-@＝＋－＠")
"""Also in full width: East Asian Excel reads them so."""


def safe(text: str) -> str:
    """Return the text with a leading apostrophe if a spreadsheet would read it as a formula.

    Examples:
        >>> safe("=cmd|' /C calc'!A0")
        "'=cmd|' /C calc'!A0"
    """
    return f"'{text}" if text.lstrip().startswith(_FORMULA_STARTS) else text


_NO_XML = lazy_pattern(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_xml(text: str) -> str:
    """Return the text without the control characters that XML forbids."""
    return _NO_XML.sub("", text)
