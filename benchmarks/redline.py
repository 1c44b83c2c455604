"""Redlines on many pairs: proved or refused, right to an independent reader, how much is marked, how fast, how large.

Pairs: real files of the national law database, each dressed with what real files hold (tables, notes, headers, text
boxes, fields, links, controls, pictures, lists) and changed; the pairs of near versions among them; pairs of strangers.
"""

import argparse
import collections
import contextlib
import io
import random
import re
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from xml.etree import ElementTree as ET

import rjieba
from rapidfuzz.distance import Indel

from benchmarks.redline_check import View, W, faults, view
from benchmarks.redline_office import has_office, settled
from benchmarks.redline_pairs import File, added, into_items, made_pair, moved, removed, words
from benchmarks.sources import SHARED
from policydiff.redlining import RedlineChoices, RedlineRefusedError
from policydiff.redlining.drawing_up import make_redline

_SEED = 20261128
_CELLS = re.compile(rb"<w:(cellIns|cellDel|tcPrChange)\b")
"""Marks of single cells, which LibreOffice keeps and does not settle."""
_PAGE = 560
"""Characters of a page of law as the national database sets it: 28 characters in 22 lines, some of them short."""


def files() -> list[bytes]:
    """Return the Word files of the development data, smallest first."""
    with tarfile.open(SHARED / "npc_docx.tar.xz") as packed:
        members = [each for each in packed.getmembers() if each.name.endswith(".docx")]
        found = [stream.read() for each in members if (stream := packed.extractfile(each)) is not None]
    return sorted(found, key=len)


def words_of(block: object) -> Iterator[str]:
    if isinstance(block, str):
        yield block
    elif isinstance(block, list | tuple):
        for each in block[3:] if isinstance(block, tuple) and block[:1] == ("p",) else block:
            yield from words_of(each)


def told(found: View) -> str:
    """Return the text of a body, objects told in ‹›."""
    return "\n".join(words_of(found.body))


def said(found: View) -> str:
    """Return the text of a body; what stands for an object is no text."""
    return "".join(words for words, _ in _runs(told(found)) if words is not None)


def _runs(text: str) -> Iterator[tuple[str | None, str]]:
    """Yield the words outside objects, each with an empty string, and what is told of the objects, with None before it.

    An object that a paragraph begins and does not end (a field over several of them) is taken as words.
    """
    for line in text.splitlines(keepends=True):
        depth, start = 0, 0
        for at, character in enumerate(line):
            if character == "‹":
                if not depth and at > start:
                    yield line[start:at], ""
                start, depth = (at if not depth else start), depth + 1
            elif character == "›" and depth:
                depth -= 1
                if not depth:
                    yield None, line[start + 1 : at]
                    start = at + 1
        if start < len(line):
            yield line[start:], ""


def _tokens(text: str) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield the words of a text with the characters of each that a redline can mark.

    A word of a hyperlink is the same only with the same target, a field only whole: Word has no other mark for them.
    """
    for outside, told_of in _runs(text):
        if outside is not None:
            yield from (((word, ""), len(word)) for word in rjieba.cut(outside))
            continue
        kind, _, rest = told_of.partition(" ")
        if kind == "link":
            target, _, inner = rest.rpartition(":")
            yield from (((word, target), len(word)) for word in rjieba.cut(inner))
        elif kind == "field":
            yield (told_of, kind), len(rest.rpartition(":")[2]) if ":" in rest else 0
        else:
            yield (told_of, kind), 0


def smallest_edit(old: str, new: str) -> int:
    """Return the characters of the smallest edit by words."""
    sides = [list(_tokens(text)) for text in (old, new)]
    total = 0
    for step in Indel.opcodes(*([token for token, _ in side] for side in sides)):
        if step.tag != "equal":
            total += sum(size for _, size in sides[0][step.src_start : step.src_end])
            total += sum(size for _, size in sides[1][step.dest_start : step.dest_end])
    return total


def marked(redline: bytes) -> tuple[int, int]:
    """Return the characters marked in the body as put in or taken out, and those marked as moved.

    Text boxes are left out on this side too: they are objects to the reader that the smallest edit is taken from.
    """
    body = ET.fromstring(zipfile.ZipFile(io.BytesIO(redline)).read("word/document.xml"))
    for holder in list(body.iter()):
        for box in [each for each in holder if each.tag == W + "txbxContent"]:
            holder.remove(box)
    counts = []
    for names in (("ins", "del"), ("moveFrom", "moveTo")):
        own = (
            each
            for name in names
            for each in body.iter(W + name)
            if each.get(W + "author") == RedlineChoices().author
        )
        nodes = (node for each in own for node in each.iter())
        counts.append(sum(len(node.text or "") for node in nodes if node.tag in {W + "t", W + "delText"}))
    return counts[0], counts[1]


def pairs(found: list[bytes], count: int) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield the pairs of the run."""
    usable = [data for data in found if len(data) < 250_000]
    for number in range(count):
        old, new, names = made_pair(usable[(number * 7919) % len(usable)], _SEED + number)
        yield "changed: " + ", ".join(names), old, new
    for old, new in near_versions(found):
        yield "near versions", old, new
    chance = random.Random(_SEED)
    small = [data for data in found if len(data) < 60_000]
    for _ in range(count // 10):
        old, new = chance.sample(small, 2)
        yield "strangers", old, new


def near_versions(found: list[bytes]) -> list[tuple[bytes, bytes]]:
    """Return the pairs of files that share at least a sixth of their longer paragraphs."""
    lines: list[set[str]] = []
    where: collections.defaultdict[str, list[int]] = collections.defaultdict(list)
    for index, data in enumerate(found):
        words = {re.sub(r"^第.{1,6}条|\s", "", line) for line in said(view(data, "accept")).split("\n")}
        lines.append({line for line in words if len(line) >= 15})
        for line in lines[-1]:
            where[line].append(index)
    shared = collections.Counter(
        (a, b) for places in where.values() if len(places) < 6 for a in places for b in places if a < b
    )
    return [
        (found[a], found[b])
        for (a, b), n in shared.items()
        if n >= 4 and n * 6 >= min(len(lines[a]), len(lines[b]))
    ]


def run(count: int) -> None:
    found = files()
    outcome: collections.Counter[str] = collections.Counter()
    ratios, with_moves, times = [], [], []
    for what, old, new in pairs(found, count):
        started = time.process_time()
        try:
            redline = make_redline(old, new)
        except RedlineRefusedError as error:
            outcome["refused"] += 1
            print(f"refused: {error} ({what})")
            continue
        times.append(time.process_time() - started)
        wrong = faults(old, new, redline.file)
        outcome["wrong" if wrong else "proved and right"] += 1
        for each in wrong:
            print(f"WRONG: {each} ({what})")
        smallest = smallest_edit(told(view(old, "accept")), told(view(new, "accept")))
        if smallest >= 20 and what != "strangers":
            changed, away = marked(redline.file)
            ratios.append(changed / smallest) if not away else with_moves.append((changed + away) / smallest)
    total = sum(outcome.values())
    print(f"pairs {total}: " + ", ".join(f"{name} {n}" for name, n in outcome.items()))
    print(f"refused {outcome['refused'] / total:.1%}, wrong {outcome['wrong'] / total:.1%}")
    print(
        f"characters marked against the smallest edit by words ({len(ratios)} pairs without moves): {spread(ratios)}"
    )
    print(
        f"the same, pairs with moves ({len(with_moves)}; moved words count on both sides): {spread(with_moves)}"
    )
    print(f"processor time a redline, all pairs: median {statistics.median(times) * 1000:.0f} ms")


def others(found: list[bytes]) -> None:
    """Print what LibreOffice and a validator of the schema make of every eighth changed copy, sixty of them."""
    usable = [data for data in found if len(data) < 250_000]
    sample: dict[str, tuple[bytes, bytes, bytes]] = {}
    for number in range(0, 480, 8):
        old, new, _ = made_pair(usable[(number * 7919) % len(usable)], _SEED + number)
        with contextlib.suppress(RedlineRefusedError):
            sample[str(number)] = (old, new, make_redline(old, new).file)
    by_office(sample)
    by_schema(sample)


def spread(values: list[float]) -> str:
    if not values:
        return "none"
    ordered = sorted(values)
    return f"median {statistics.median(ordered):.2f}, 90th percentile {ordered[int(len(ordered) * 0.9)]:.2f}"


def by_office(sample: dict[str, tuple[bytes, bytes, bytes]]) -> None:
    if not has_office():
        print("LibreOffice or its Python bindings are not installed: its acceptance was not measured")
        return
    cells = {name: each for name, each in sample.items() if _CELLS.search(_document(each[2]))}
    rest = {name: each for name, each in sample.items() if name not in cells}
    controls = {name: each for name, each in rest.items() if b"<w:sdtContent" in _document(each[2])}
    bare = {name: each for name, each in rest.items() if name not in controls}
    for what, some in (
        ("without content controls", bare),
        ("with content controls", controls),
        ("with single cells put in, taken out or merged", cells),
    ):
        if some:
            verdicts = settled(some)
            print(
                f"LibreOffice, {len(some)} files {what}: accepted as the new file {sum(a for a, _ in verdicts.values())}, "
                f"rejected as the old file {sum(r for _, r in verdicts.values())}"
            )
            print(
                "  not so: " + (", ".join(name for name, both in verdicts.items() if not all(both)) or "none")
            )


def _document(data: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")


def by_schema(sample: dict[str, tuple[bytes, bytes, bytes]]) -> None:
    """Validate by the schema: a redline may have the faults of its two sides, and no other."""
    try:
        from openxml_audit import OpenXmlValidator
    except ImportError:
        print("openxml-audit is not installed: the schema was not checked")
        return
    new_faults: collections.Counter[str] = collections.Counter()
    clean = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, contents in sample.items():
            kinds = []
            for side, content in zip(("old", "new", "redline"), contents, strict=True):
                path = Path(folder) / f"{name}-{side}.docx"
                path.write_bytes(content)
                kinds.append(
                    {
                        re.sub(r"\d+", "N", str(each.description))
                        for each in OpenXmlValidator().validate(path).errors
                    }
                )
            fresh = kinds[2] - kinds[0] - kinds[1]
            clean += not fresh
            new_faults.update(fresh)
    print(f"schema (openxml-audit), {len(sample)} files: no fault that neither side has in {clean}")
    for kind, n in new_faults.most_common(10):
        print(f"  {n} x {kind}")


def splits(found: list[bytes]) -> None:
    """Print whether a paragraph that is divided into items, or moved, keeps its words unmarked."""
    only_new, tried, as_moves, movable = 0, 0, 0, 0
    for number, data in enumerate(each for each in found if len(each) < 60_000):
        if number % 4:
            continue
        chance = random.Random(number)
        file = File(data)
        if len(file.told()) < 6:
            continue
        old = file.saved()
        into_items(file, chance)
        new = file.saved()
        if new != old:
            tried += 1
            changed, _ = marked(make_redline(old, new).file)
            only_new += (
                changed <= smallest_edit(told(view(old, "accept")), told(view(new, "accept"))) * 1.15 + 2
            )
        file = File(data)
        moved(file, chance)
        new = file.saved()
        if said(view(old, "accept")) != said(view(new, "accept")):
            movable += 1
            changed, away = marked(make_redline(old, new).file)
            as_moves += away > 0 and changed == 0
    print(f"paragraph divided into items: only the new words marked in {only_new} of {tried}")
    print(f"paragraph moved: marked as a move and nothing else in {as_moves} of {movable}")


def speed(found: list[bytes]) -> None:
    """Print the processor time of files of about 30 pages, beside that of only opening and writing both packages."""
    long = [data for data in found if 25 * _PAGE <= len(said(view(data, "accept"))) <= 42 * _PAGE]
    taken, floor = [], []
    for number, data in enumerate(long * 6):
        old, new, _ = made_pair(data, number)
        make_redline(old, new)
        started = time.process_time()
        make_redline(old, new)
        taken.append(time.process_time() - started)
        started = time.process_time()
        for content in (old, new):
            File(content).saved()
        floor.append(time.process_time() - started)
    print(
        f"files of 25 to 42 pages ({len(taken)} pairs): median {statistics.median(taken) * 1000:.0f} ms a redline; "
        f"opening and writing both packages alone {statistics.median(floor) * 1000:.0f} ms"
    )


def memory(found: list[bytes]) -> None:
    """Print how much a redline of a file of 300 pages adds to a process that has made a small one."""
    data = max((each for each in found if len(each) < 400_000), key=len)
    file = File(data)
    page_share = 300 * _PAGE / len(said(view(data, "accept"))) - 1
    place = file.paragraphs()[-1]
    for each in (file.paragraphs() * 4)[: int(len(file.paragraphs()) * page_share)]:
        place.addprevious(deepcopy(each))
    old = file.saved()
    chance = random.Random(1)
    for _ in range(30):
        for change in (words, added, removed):
            change(file, chance)
    pages = len(said(view(old, "accept"))) / _PAGE
    with tempfile.TemporaryDirectory() as folder:
        small = File(found[0])
        words(small, chance)
        for name, content in (
            *(("old", old), ("new", file.saved())),
            *(("small", found[0]), ("small changed", small.saved())),
        ):
            (Path(folder) / name).write_bytes(content)
        code = f"from benchmarks.redline import grown; grown({folder!r})"
        out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    print(f"file of {pages:.0f} pages: {out.stdout.strip()}")


def _peak() -> int:
    """Return the peak of this process in KiB; what getrusage tells begins with the parent's peak."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1])  # type: ignore[index]


def grown(folder: str) -> None:
    """Print time and growth of one large redline; runs in a process of its own."""
    old, new, small, changed = (
        (Path(folder) / name).read_bytes() for name in ("old", "new", "small", "small changed")
    )
    make_redline(small, changed)
    before = _peak()
    started = time.process_time()
    make_redline(old, new)
    after = _peak()
    print(
        f"{time.process_time() - started:.2f} s of processor time, peak of the process {after / 1024:.0f} MB, "
        f"{(after - before) / 1024:.0f} MB above that of a small file"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=520, help="changed copies to try")
    parser.add_argument("--only", choices=("pairs", "others", "splits", "speed", "memory"), help="one part")
    given = parser.parse_args()
    if not (SHARED / "npc_docx.tar.xz").is_file():
        print("the Word files of the development data are absent: nothing measured")
        return
    found = files()
    parts = {"others": others, "splits": splits, "speed": speed, "memory": memory}
    if given.only in (None, "pairs"):
        run(given.pairs)
    for name, part in parts.items():
        if given.only in (None, name):
            part(found)


if __name__ == "__main__":
    main()
