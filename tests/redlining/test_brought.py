"""What new paragraphs refer to comes along: lists, pictures and links of the new file, under names that are free in the old one."""

import io
import re
import zipfile

import pytest

from benchmarks.redline_check import faults
from policydiff.redlining.drawing_up import make_redline
from tests.redlining.conftest import NS, docx, p

A, B, C = "第一条　企业应当备案。", "第二条　主管部门公示名单。", "第三条　本办法自印发之日起施行。"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="图"/><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="rId9"/>'
    "</wp:inline></w:drawing></w:r>"
)
LINK = '<w:hyperlink r:id="rId9"><w:r><w:t>市政府网站</w:t></w:r></w:hyperlink>'


def with_part(data: bytes, kind: str, target: str, content: str | None = None, *, key: str = "rId9") -> bytes:
    """Return a file whose document refers to one more part, or to an address outside."""
    out = io.BytesIO()
    outside = ' TargetMode="External"' if content is None else ""
    with zipfile.ZipFile(io.BytesIO(data)) as held, zipfile.ZipFile(out, "w") as made:
        for name in held.namelist():
            part = held.read(name).decode("utf-8")
            if name == "word/_rels/document.xml.rels":
                added = f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"{outside}/>'
                part = part.replace("</Relationships>", f"{added}</Relationships>")
            if name == "[Content_Types].xml":
                part = part.replace(
                    "<Override", '<Default Extension="png" ContentType="image/png"/><Override', 1
                )
            made.writestr(zipfile.ZipInfo(name), part)
        if content is not None:
            made.writestr(zipfile.ZipInfo(f"word/{target}"), content)
    return out.getvalue()


def with_lists(data: bytes, *formats: str) -> bytes:
    """Return a file with numbered lists 1, 2 …, each with its format."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:nsid w:val="0000000{at}"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="{form}"/></w:lvl></w:abstractNum>'
        for at, form in enumerate(formats)
    )
    lists = "".join(
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(len(formats))
    )
    return with_part(
        data, "numbering", "numbering.xml", f"<w:numbering {NS}>{abstract}{lists}</w:numbering>", key="rId8"
    )


def held(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(
    ("old", "new", "number", "lists"),
    [
        pytest.param(("（%1）",), ("%1、",), "2", 2, id="another list under the same id is added"),
        pytest.param(("（%1）",), ("（%1）",), "1", 1, id="the same list is the same"),
        pytest.param(("（%1）", "%1、"), ("%1、",), "2", 2, id="a list is found under another id"),
        pytest.param((), ("%1、",), "1", 1, id="a file without lists gets one"),
    ],
)
def test_a_list_comes_along(old: tuple[str, ...], new: tuple[str, ...], number: str, lists: int) -> None:
    before = docx(p(A), p(C))
    before = with_lists(before, *old) if old else before
    after = with_lists(docx(p(A), p(B, LISTED.format(1)), p(C)), *new)
    made = make_redline(before, after).file
    assert faults(before, after, made) == []
    parts = {name: part.decode("utf-8") for name, part in held(made).items()}
    assert re.findall(r'<w:numId w:val="(\d+)"', parts["word/document.xml"]) == [number]
    assert parts["word/numbering.xml"].count("<w:num ") == lists
    assert f'w:lvlText w:val="{new[0]}"' in parts["word/numbering.xml"]


@pytest.mark.parametrize(
    ("other", "pictures"),
    [
        pytest.param(None, {b"new"}, id="the name is free"),
        pytest.param("old", {b"old", b"new"}, id="the old file has another picture of that name"),
        pytest.param("new", {b"new"}, id="the old file has the very picture"),
    ],
)
def test_a_picture_comes_along(other: str | None, pictures: set[bytes]) -> None:
    before = docx(p(A), p(C))
    if other is not None:
        before = with_part(before, "image", "media/image1.png", other, key="rId7")
    after = with_part(docx(p(A), p(B, more=PICTURE), p(C)), "image", "media/image1.png", "new")
    made = make_redline(before, after).file
    if other != "old":  # the check knows a picture by the name of its file, which is another one then
        assert faults(before, after, made) == []
    parts = held(made)
    assert {part for name, part in parts.items() if name.startswith("word/media/")} == pictures
    relations = parts["word/_rels/document.xml.rels"].decode("utf-8")
    for key in re.findall(r'r:embed="(\w+)"', parts["word/document.xml"].decode("utf-8")):
        (relation,) = re.findall(rf'<Relationship [^>]*Id="{key}"[^>]*>', relations)
        target = re.search(r'Target="/?(?:word/)?([^"]+)"', relation)
        assert target is not None
        assert f"word/{target[1]}" in parts


def test_a_link_to_an_address_comes_along() -> None:
    before = docx(p(A), p(C))
    after = with_part(docx(p(A), p(B, more=LINK), p(C)), "hyperlink", "https://www.example.gov.cn/a")
    made = make_redline(before, after).file
    assert faults(before, after, made) == []
    parts = {name: part.decode("utf-8") for name, part in held(made).items()}
    (key,) = re.findall(r'<w:hyperlink [^>]*r:id="(\w+)"', parts["word/document.xml"])
    (relation,) = re.findall(rf'<Relationship [^>]*Id="{key}"[^>]*>', parts["word/_rels/document.xml.rels"])
    assert 'Target="https://www.example.gov.cn/a"' in relation
    assert 'TargetMode="External"' in relation
