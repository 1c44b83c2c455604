"""Pairs of Word files for the redline: real files, dressed with what real files hold, and changed copies of them."""

import io
import random
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_WORDS = [
    "补贴", "每月", "企业", "申请", "审核", "街道", "不得", "应当", "可以", "三十日", "五百元", "公示", "主管部门",
    "备案", "年度", "报告", "指标", "比例",
]  # fmt: skip
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def xml(text: str) -> Any:
    first = text.index(">") if "/>" not in text[: text.index(">") + 1] else text.index("/>")
    return etree.fromstring(f"{text[:first]} {NS}{text[first:]}")


class File:
    """A package whose parts can be edited."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            self.parts = {name: packed.read(name) for name in packed.namelist() if not name.endswith("/")}
        self.root: Any = etree.fromstring(self.parts["word/document.xml"])
        self.body: Any = self.root.find(w("body"))
        self.trees: dict[str, Any] = {}

    def tree(self, name: str) -> Any:
        if name not in self.trees:
            self.trees[name] = etree.fromstring(self.parts[name])
        return self.trees[name]

    def relate(self, kind: str, target: str, *, external: bool = False) -> str:
        root = self.tree("word/_rels/document.xml.rels")
        number = f"rId{900 + len(root)}"
        mode = ' TargetMode="External"' if external else ""
        root.append(
            etree.fromstring(
                '<Relationship xmlns="http://schemas.openxmlformats.org/package/2006/relationships" '
                f'Id="{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"{mode}/>'
            )
        )
        return number

    def declare(self, name: str, kind: str) -> None:
        root = self.tree("[Content_Types].xml")
        root.append(
            etree.fromstring(
                '<Override xmlns="http://schemas.openxmlformats.org/package/2006/content-types" '
                f'PartName="/{name}" ContentType="{kind}"/>'
            )
        )

    def paragraphs(self) -> list[Any]:
        return [each for each in self.body if each.tag == w("p")]

    def told(self) -> list[Any]:
        return [each for each in self.paragraphs() if len(said(each)) >= 12]

    def saved(self) -> bytes:
        parts = dict(self.parts)
        parts["word/document.xml"] = etree.tostring(
            self.root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        for name, root in self.trees.items():
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in parts.items():
                packed.writestr(zipfile.ZipInfo(name), content)
        return stream.getvalue()


def said(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter(w("t")))


def some(chance: random.Random, count: int) -> str:
    return "".join(chance.choice(_WORDS) for _ in range(count))


def paragraph(words: str, properties: str = "") -> Any:
    return xml(f'<w:p>{properties}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>')


# What is put into a real file before it is changed.


def with_table(file: File, chance: random.Random) -> None:
    columns, count = chance.randint(2, 4), chance.randint(3, 8)
    grid = "".join('<w:gridCol w:w="2000"/>' for _ in range(columns))
    rows = []
    for index in range(count):
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{_merge(chance, index, column)}</w:tcPr>'
            f"<w:p><w:r><w:t>{some(chance, chance.randint(1, 3))}{index}{column}</w:t></w:r></w:p></w:tc>"
            for column in range(columns)
        )
        rows.append(f"<w:tr>{cells}</w:tr>")
    table = xml(
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )
    chance.choice(file.told()).addnext(table)


def _merge(chance: random.Random, row: int, column: int) -> str:
    if column or row % 4 not in {1, 2}:
        return ""
    del chance
    return '<w:vMerge w:val="restart"/>' if row % 4 == 1 else "<w:vMerge/>"


def with_notes(file: File, chance: random.Random) -> None:
    if "word/footnotes.xml" in file.parts:
        return
    count = chance.randint(1, 4)
    notes = [
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>',
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>',
    ]
    places = sorted(chance.sample(range(len(file.told())), min(count, len(file.told()))))
    told = file.told()
    for number, place in enumerate(places, 1):
        notes.append(_note(number, some(chance, 6)))
        run = xml(
            f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
        )
        runs = [each for each in told[place] if each.tag == w("r")]
        (runs[-1].addnext(run) if runs else told[place].append(run))
    file.parts["word/footnotes.xml"] = f"<w:footnotes {NS}>{''.join(notes)}</w:footnotes>".encode()
    file.relate("footnotes", "footnotes.xml")
    file.declare(
        "word/footnotes.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    )


def _note(number: int, words: str) -> str:
    return (
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {words}</w:t></w:r></w:p></w:footnote>'
    )


def with_header(file: File, chance: random.Random) -> None:
    section = file.body.find(w("sectPr"))
    if section is None or section.find(w("headerReference")) is not None:
        return
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    file.parts["word/header77.xml"] = (
        f"<w:hdr {NS}><w:p><w:r><w:t>{some(chance, 3)}征求意见稿</w:t></w:r>{field}</w:p></w:hdr>".encode()
    )
    number = file.relate("header", "header77.xml")
    file.declare(
        "word/header77.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    )
    section.insert(0, xml(f'<w:headerReference w:type="default" r:id="{number}"/>'))


def with_box(file: File, chance: random.Random) -> None:
    inner = f"<w:txbxContent><w:p><w:r><w:t>{some(chance, 5)}</w:t></w:r></w:p><w:p><w:r><w:t>{some(chance, 4)}</w:t></w:r></w:p></w:txbxContent>"
    box = xml(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="1000000" cy="500000"/>'
        '<wp:docPr id="77" name="Box"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    chance.choice(file.told()).append(box)


def with_field(file: File, chance: random.Random) -> None:
    number = chance.randint(600, 699)
    home = chance.choice(file.told())
    place = 1 if home[0].tag == w("pPr") else 0
    home.insert(place, xml(f'<w:bookmarkStart w:id="{number}" w:name="ref{number}"/>'))
    home.insert(place + 1, xml(f"<w:r><w:t>第{chance.choice('二三四五')}条</w:t></w:r>"))
    home.insert(place + 2, xml(f'<w:bookmarkEnd w:id="{number}"/>'))
    words = said(home)[:3]
    field = f'<w:fldSimple w:instr=" REF ref{number} \\h "><w:r><w:t>{words}</w:t></w:r></w:fldSimple>'
    chance.choice(file.told()).append(xml(field))
    parts = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        "<w:r><w:t>1</w:t></w:r>",
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
    home = chance.choice(file.told())
    for part in parts:
        home.append(xml(part))


def with_link(file: File, chance: random.Random) -> None:
    number = file.relate("hyperlink", "https://example.org/law", external=True)
    link = xml(f'<w:hyperlink r:id="{number}"><w:r><w:t>{some(chance, 3)}</w:t></w:r></w:hyperlink>')
    chance.choice(file.told()).append(link)
    chance.choice(file.told()).append(xml(f"<w:r><w:t>{some(chance, 2)}</w:t></w:r>"))


def with_bookmark(file: File, chance: random.Random) -> None:
    home = chance.choice(file.told())
    place = 1 if home[0].tag == w("pPr") else 0
    home.insert(place, xml('<w:bookmarkStart w:id="501" w:name="art1"/>'))
    chance.choice(file.told()).append(xml('<w:bookmarkEnd w:id="501"/>'))


def with_control(file: File, chance: random.Random) -> None:
    home = chance.choice(file.told())
    home.append(
        xml(
            f'<w:sdt><w:sdtPr><w:id w:val="{chance.randint(1000, 9999)}"/></w:sdtPr><w:sdtContent><w:r><w:t>{some(chance, 2)}</w:t></w:r></w:sdtContent></w:sdt>'
        )
    )
    other = chance.choice([each for each in file.told() if each is not home])
    control = xml('<w:sdt><w:sdtPr><w:id w:val="77"/></w:sdtPr><w:sdtContent/></w:sdt>')
    other.addprevious(control)
    control.find(w("sdtContent")).append(other)


def with_picture(file: File, chance: random.Random) -> None:
    file.parts["word/media/dot.png"] = _PIXEL
    types = file.tree("[Content_Types].xml")
    if not any(each.get("Extension") == "png" for each in types):
        types.insert(
            0,
            etree.fromstring(
                '<Default xmlns="http://schemas.openxmlformats.org/package/2006/content-types" Extension="png" ContentType="image/png"/>'
            ),
        )
    number = file.relate("image", "media/dot.png")
    chance.choice(file.told()).append(
        xml(
            '<w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="78" name="Dot"/><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="d"/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
    )


def with_list(file: File, chance: random.Random) -> None:
    if "word/numbering.xml" not in file.parts:
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%{level + 1}）"/></w:lvl>'
            for level in range(3)
        )
        file.parts["word/numbering.xml"] = (
            f'<w:numbering {NS}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        ).encode()
        file.relate("numbering", "numbering.xml")
        file.declare(
            "word/numbering.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
        )
    place = chance.choice(file.told())
    for index in range(4):
        level = index % 2
        place.addnext(
            paragraph(
                some(chance, 4),
                f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>',
            )
        )


def with_nested_table(file: File, chance: random.Random) -> None:
    inner = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:tcPr/><w:p><w:r><w:t>{some(chance, 2)}</w:t></w:r></w:p></w:tc>' for _ in range(2))}</w:tr>"
        for _ in range(3)
    )
    table = xml(
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>"
        f"<w:tc><w:tcPr/><w:p><w:r><w:t>{some(chance, 3)}</w:t></w:r></w:p>"
        f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{inner}</w:tbl><w:p/></w:tc>"
        f"<w:tc><w:tcPr/><w:p><w:r><w:t>{some(chance, 3)}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    chance.choice(file.told()).addnext(table)


def with_controlled_rows(file: File, chance: random.Random) -> None:
    """A table with a row, a cell and the words of a cell in content controls."""

    def cell() -> str:
        return f"<w:tc><w:tcPr/><w:p><w:r><w:t>{some(chance, 3)}</w:t></w:r></w:p></w:tc>"

    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    words = control(f"<w:p><w:r><w:t>{some(chance, 3)}</w:t></w:r></w:p>")
    table = xml(
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
        f"<w:tr>{cell()}{cell()}</w:tr>{control(f'<w:tr>{cell()}{cell()}</w:tr>')}"
        f"<w:tr>{cell()}{control(cell())}</w:tr><w:tr><w:tc><w:tcPr/>{words}</w:tc>{cell()}</w:tr></w:tbl>"
    )
    chance.choice(file.told()).addnext(table)


def with_equation(file: File, chance: random.Random) -> None:
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    run = etree.fromstring(
        f'<m:oMath xmlns:m="{math}"><m:r><m:t>x+{chance.randint(1, 9)}</m:t></m:r></m:oMath>'
    )
    chance.choice(file.told()).append(run)


def with_right_to_left(file: File, chance: random.Random) -> None:
    home = paragraph(some(chance, 3), "<w:pPr><w:bidi/></w:pPr>")
    home.append(
        xml(
            '<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve"> \u0634\u0646\u063a\u0647\u0627\u064a </w:t></w:r>'
        )
    )
    home.append(xml(f"<w:r><w:t>{some(chance, 3)}</w:t></w:r>"))
    chance.choice(file.told()).addnext(home)


def with_tracked_changes(file: File, chance: random.Random) -> None:
    """Changes that another author tracked before: words put in, words taken out, a whole paragraph."""
    home = chance.choice(file.told())
    home.append(xml(f'<w:ins w:id="7001" w:author="甲"><w:r><w:t>{some(chance, 2)}</w:t></w:r></w:ins>'))
    home.append(
        xml(f'<w:del w:id="7002" w:author="甲"><w:r><w:delText>{some(chance, 2)}</w:delText></w:r></w:del>')
    )
    whole = xml(
        '<w:p><w:pPr><w:rPr><w:ins w:id="7003" w:author="甲"/></w:rPr></w:pPr>'
        f'<w:ins w:id="7004" w:author="甲"><w:r><w:t>{some(chance, 8)}</w:t></w:r></w:ins></w:p>'
    )
    chance.choice(file.told()).addnext(whole)


DRESS: tuple[Callable[[File, random.Random], None], ...] = (
    *(with_table, with_notes, with_header, with_box, with_field, with_link, with_bookmark, with_control),
    *(with_picture, with_list, with_table, with_nested_table, with_controlled_rows, with_equation),
    *(with_right_to_left, with_tracked_changes),
)


# What is changed in the copy.


def words(file: File, chance: random.Random) -> None:
    runs = [each for home in file.told() for each in home.iter(w("t")) if len(each.text or "") > 4]
    for node in chance.sample(runs, min(len(runs), chance.randint(1, 4))):
        text = node.text
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.randint(0, 4))
        node.text = text[:start] + some(chance, chance.randint(0, 2)) + text[end:]


def added(file: File, chance: random.Random) -> None:
    home = chance.choice(file.told())
    copy = deepcopy(home.find(w("pPr")))
    new = paragraph(f"第{chance.choice('三五七')}条 {some(chance, 8)}。")
    if copy is not None and copy.find(w("sectPr")) is None:
        new.insert(0, copy)
    (home.addnext if chance.random() < 0.5 else home.addprevious)(new)


def removed(file: File, chance: random.Random) -> None:
    home = chance.choice(file.told())
    if home.find(f".//{w('sectPr')}") is None and home.find(f".//{w('bookmarkStart')}") is None:
        file.body.remove(home)


def moved(file: File, chance: random.Random) -> None:
    home, other = chance.sample(file.told(), 2)
    if home.find(f".//{w('sectPr')}") is None:
        other.addnext(home)


def last_removed(file: File, chance: random.Random) -> None:
    del chance
    last = [each for each in file.paragraphs() if each.find(f".//{w('sectPr')}") is None][-1]
    if len(file.paragraphs()) > 3:
        file.body.remove(last)


def last_added(file: File, chance: random.Random) -> None:
    section = file.body.find(w("sectPr"))
    new = paragraph(some(chance, 6))
    (section.addprevious(new) if section is not None else file.body.append(new))


def split(file: File, chance: random.Random) -> None:
    homes = [each for each in file.told() if len([run for run in each if run.tag == w("r")]) >= 1]
    home = chance.choice(homes)
    runs = [run for run in home if run.tag == w("r") and len(run.findtext(w("t")) or "") > 6]
    if not runs or home.find(f".//{w('sectPr')}") is not None:
        return
    run = chance.choice(runs)
    text = run.findtext(w("t"))
    at = chance.randrange(2, len(text) - 2)
    second = deepcopy(home)
    index = home.index(run)
    home[index].find(w("t")).text = text[:at]
    second[index].find(w("t")).text = text[at:]
    for each in list(home)[index + 1 :]:
        home.remove(each)
    for each in list(second)[:index]:
        if each.tag != w("pPr"):
            second.remove(each)
    home.addnext(second)


def into_items(file: File, chance: random.Random) -> None:
    homes = [each for each in file.told() if said(each).count("，") >= 2 and len(each) <= 2]
    if not homes:
        return
    home = chance.choice(homes)
    run = next(each for each in home if each.tag == w("r"))
    if run.find(w("t")) is None:
        return
    texts = said(home).split("，")[:4]
    rest = "，".join(said(home).split("，")[4:])
    home_words = [
        f"{mark}{text}；" for mark, text in zip(("", "（一）", "（二）", "（三）"), texts, strict=False)
    ]
    if rest:
        home_words.append(rest)
    place = home
    for number, text in enumerate(home_words):
        copy = home if number == 0 else deepcopy(home)
        for each in list(copy):
            if each.tag == w("r") and each is not next(x for x in copy if x.tag == w("r")):
                copy.remove(each)
        next(each for each in copy if each.tag == w("r")).find(w("t")).text = text
        if number:
            place.addnext(copy)
            place = copy


def merged(file: File, chance: random.Random) -> None:
    homes = [each for each in file.told() if each.getnext() is not None and each.getnext().tag == w("p")]
    if not homes:
        return
    home = chance.choice(homes)
    other = home.getnext()
    if other.find(f".//{w('sectPr')}") is not None or home.find(f".//{w('sectPr')}") is not None:
        return
    home.extend([each for each in other if each.tag != w("pPr")])
    file.body.remove(other)


def restyled(file: File, chance: random.Random) -> None:
    styles = [
        each.get(w("styleId"))
        for each in file.tree("word/styles.xml")
        if each.get(w("type")) == "paragraph" and each.get(w("default")) is None
    ]
    file.trees.pop("word/styles.xml", None)
    home = chance.choice(file.told())
    properties = home.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        home.insert(0, properties)
    old = properties.find(w("pStyle"))
    if old is not None:
        properties.remove(old)
    if styles:
        style = etree.Element(w("pStyle"))
        style.set(w("val"), chance.choice(styles))
        properties.insert(0, style)


def relisted(file: File, chance: random.Random) -> None:
    levels = list(file.body.iter(w("ilvl")))
    if levels:
        chance.choice(levels).set(w("val"), str(chance.randint(0, 2)))


def _tables(file: File) -> list[Any]:
    return [each for each in file.body.iter(w("tbl")) if len(each.findall(w("tr"))) > 2]


def rows_changed(file: File, chance: random.Random) -> None:
    tables = _tables(file)
    if not tables:
        return
    table = chance.choice(tables)
    rows = [each for each in table.findall(w("tr")) if each.find(f".//{w('vMerge')}") is None]
    if len(rows) < 2:
        return
    what = chance.choice(("add", "remove", "move", "cell", "para"))
    row = chance.choice(rows)
    if what == "remove":
        table.remove(row)
    elif what == "move":
        other = chance.choice([each for each in rows if each is not row])
        other.addnext(row)
    elif what == "add":
        copy = deepcopy(row)
        for node in copy.iter(w("t")):
            node.text = some(chance, 3)
        row.addnext(copy)
    elif what == "cell":
        for node in list(row.iter(w("t")))[: chance.randint(1, 2)]:
            node.text = (node.text or "") + some(chance, 1)
    else:
        cell = chance.choice(list(row.iter(w("tc"))))
        cell.append(paragraph(some(chance, 3)))


def columns_changed(file: File, chance: random.Random) -> None:
    tables = [each for each in _tables(file) if each.find(f".//{w('gridSpan')}") is None]
    if not tables:
        return
    table = chance.choice(tables)
    drop = chance.random() < 0.5 and len(table.find(w("tblGrid"))) > 2
    for row in table.findall(w("tr")):
        cells = row.findall(w("tc"))
        if drop:
            row.remove(cells[-1])
        else:
            copy = deepcopy(cells[-1])
            for node in copy.iter(w("t")):
                node.text = some(chance, 2)
            cells[-1].addnext(copy)
    grid = table.find(w("tblGrid"))
    if drop:
        grid.remove(grid[-1])
    else:
        grid.append(deepcopy(grid[-1]))


def cells_merged(file: File, chance: random.Random) -> None:
    tables = _tables(file)
    if not tables:
        return
    row = chance.choice(chance.choice(tables).findall(w("tr")))
    cells = row.findall(w("tc"))
    if len(cells) > 2 and row.find(f".//{w('gridSpan')}") is None and cells[1].find(w("tcPr")) is not None:
        row.remove(cells[2])
        span = etree.Element(w("gridSpan"))
        span.set(w("val"), "2")
        properties = cells[1].find(w("tcPr"))
        properties.insert(1 if len(properties) else 0, span)


def table_gone(file: File, chance: random.Random) -> None:
    tables = [each for each in file.body if each.tag == w("tbl")]
    if tables and chance.random() < 0.4:
        file.body.remove(chance.choice(tables))
    else:
        with_table(file, chance)


def notes_changed(file: File, chance: random.Random) -> None:
    if "word/footnotes.xml" not in file.parts:
        return
    root = file.tree("word/footnotes.xml")
    what = chance.choice(("words", "remove", "add", "add"))
    references = list(file.body.iter(w("footnoteReference")))
    if what == "words":
        nodes = [each for each in root.iter(w("t")) if (each.text or "").strip()]
        if nodes:
            node = chance.choice(nodes)
            node.text += some(chance, 2)
    elif what == "remove" and references:
        run = chance.choice(references).getparent()
        run.getparent().remove(run)
    elif what == "add" and root.tag == w("footnotes"):
        number = max((int(each.get(w("id"), "0")) for each in root), default=0) + 1
        root.append(xml(_note(number, some(chance, 5))))
        home = chance.choice(file.told())
        run = xml(
            f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
        )
        runs = [each for each in home if each.tag == w("r")]
        (chance.choice(runs).addnext(run) if runs else home.append(run))


def header_changed(file: File, chance: random.Random) -> None:
    heads = [
        name
        for name in file.parts
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")
    ]
    if not heads:
        return
    root = file.tree(chance.choice(heads))
    nodes = [each for each in root.iter(w("t")) if (each.text or "").strip()]
    if nodes:
        chance.choice(nodes).text = some(chance, 3)
    elif root.find(w("p")) is not None:
        root.find(w("p")).append(xml(f"<w:r><w:t>{some(chance, 2)}</w:t></w:r>"))


def box_changed(file: File, chance: random.Random) -> None:
    for holder in file.body.iter(
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
    ):
        boxes = list(holder.iter(w("txbxContent")))
        if len(boxes) < 2 or len(boxes[0]) < 2:
            continue
        new = some(chance, 3)
        what = chance.random()
        for box in boxes:
            if what < 0.5:
                next(box.iter(w("t"))).text = new
            elif what < 0.75:
                box.append(paragraph(new))
            elif len(box) > 1:
                box.remove(box[-1])


def field_changed(file: File, chance: random.Random) -> None:
    for field in file.body.iter(w("fldSimple")):
        if chance.random() < 0.5:
            next(field.iter(w("t"))).text = "第九条"
        else:
            field.set(w("instr"), field.get(w("instr"), "").replace("\\h", "\\h \\n"))


def link_changed(file: File, chance: random.Random) -> None:
    links = list(file.body.iter(w("hyperlink")))
    if not links:
        return
    link = chance.choice(links)
    nodes = list(link.iter(w("t")))
    if not nodes:
        return
    if chance.random() < 0.6:
        nodes[0].text = (nodes[0].text or "") + some(chance, 1)
    else:
        link.getparent().remove(link)


def control_changed(file: File, chance: random.Random) -> None:
    for control in file.body.iter(w("sdtContent")):
        nodes = [each for each in control.iter(w("t")) if each.text]
        if nodes:
            nodes[0].text = nodes[0].text[:2] + some(chance, 1) + nodes[0].text[2:]


def picture_changed(file: File, chance: random.Random) -> None:
    drawings = [each for each in file.body.iter(w("drawing")) if each.getparent().tag == w("r")]
    if drawings and chance.random() < 0.6:
        run = chance.choice(drawings).getparent()
        run.getparent().remove(run)
    elif "word/media/dot.png" not in file.parts:
        with_picture(file, chance)


def nested_table_changed(file: File, chance: random.Random) -> None:
    inner = [each for each in file.body.iter(w("tbl")) if each.getparent().tag == w("tc")]
    if not inner:
        return
    table = chance.choice(inner)
    rows = table.findall(w("tr"))
    what = chance.choice(("words", "add", "remove", "gone"))
    if what == "words":
        next(table.iter(w("t"))).text += some(chance, 1)
    elif what == "add":
        copy = deepcopy(rows[-1])
        for node in copy.iter(w("t")):
            node.text = some(chance, 3)
        rows[-1].addnext(copy)
    elif what == "remove" and len(rows) > 1:
        table.remove(rows[0])
    else:
        table.getparent().remove(table)


def controlled_row_changed(file: File, chance: random.Random) -> None:
    controls = [
        each
        for each in file.body.iter(w("sdt"))
        if each.getparent().tag in {w("tbl"), w("tr"), w("tc")} and each.find(f".//{w('t')}") is not None
    ]
    for control in controls:
        if chance.random() < 0.6:
            next(control.iter(w("t"))).text = some(chance, 3)


def equation_changed(file: File, chance: random.Random) -> None:
    math = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
    for equation in list(file.body.iter(f"{math}oMath")):
        if chance.random() < 0.6:
            next(equation.iter(f"{math}t")).text += "+1"
        else:
            equation.getparent().remove(equation)


def right_to_left_changed(file: File, chance: random.Random) -> None:
    for mark in file.body.iter(w("rtl")):
        node = mark.getparent().getparent().find(w("t"))
        if node is not None:
            node.text = f"{node.text or ''}\u0628{some(chance, 1)}"


def link_target_changed(file: File, chance: random.Random) -> None:
    used = {each.get(R + "id") for each in file.body.iter(w("hyperlink"))}
    for relation in file.tree("word/_rels/document.xml.rels"):
        if relation.get("Id") in used and relation.get("TargetMode") == "External":
            relation.set("Target", f"{relation.get('Target')}?{chance.randint(1, 9)}")


def section_changed(file: File, chance: random.Random) -> None:
    held = [each for each in file.paragraphs() if each.find(f"{w('pPr')}/{w('sectPr')}") is not None]
    if held and chance.random() < 0.5:
        properties = chance.choice(held).find(w("pPr"))
        properties.remove(properties.find(w("sectPr")))
        return
    home = chance.choice(file.told())
    if home.find(f"{w('pPr')}/{w('sectPr')}") is None:
        home.addnext(xml('<w:p><w:pPr><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr></w:p>'))


def tracked_words_changed(file: File, chance: random.Random) -> None:
    for mark in list(file.body.iter(w("ins"))):
        nodes = list(mark.iter(w("t")))
        if nodes and chance.random() < 0.5:
            nodes[0].text = some(chance, 1) + (nodes[0].text or "")
        elif nodes and mark.getparent().tag == w("p"):
            mark.getparent().remove(mark)


def note_moved(file: File, chance: random.Random) -> None:
    calls = list(file.body.iter(w("footnoteReference")))
    if calls:
        run = chance.choice(calls).getparent()
        run.getparent().remove(run)
        chance.choice(file.told()).append(run)


CHANGES: tuple[Callable[[File, random.Random], None], ...] = (
    *(
        words,
        words,
        added,
        removed,
        moved,
        last_removed,
        last_added,
        split,
        into_items,
        merged,
        restyled,
        relisted,
    ),
    *(rows_changed, rows_changed, columns_changed, cells_merged, table_gone, notes_changed, header_changed),
    *(box_changed, field_changed, link_changed, control_changed, picture_changed),
    *(nested_table_changed, controlled_row_changed, equation_changed, right_to_left_changed),
    *(link_target_changed, section_changed, tracked_words_changed, note_moved),
)


def made_pair(data: bytes, seed: int) -> tuple[bytes, bytes, list[str]]:
    """Return a dressed file, a changed copy of it, and the names of the changes."""
    chance = random.Random(seed)
    file = File(data)
    if chance.random() < 0.85 and len(file.told()) > 3:
        for dress in chance.sample(DRESS, chance.randint(3, len(DRESS))):
            dress(file, chance)
    old = file.saved()
    copy = File(old)
    names = []
    for change in chance.sample(CHANGES, chance.randint(1, 6)):
        if len(copy.told()) > 3:
            change(copy, chance)
            names.append(change.__name__)
    return old, copy.saved(), names
