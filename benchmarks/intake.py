"""Which document a file is: real files imported into one store, and what that costs.

    python -m benchmarks.intake [court] [formats] [cost]

court: all court files, whose titles, days and numbers are known; formats: pages of the State Council and laws, each saved
as HTML, DOCX and plain text; cost: import of all laws, and adding one file, in CPU seconds.
"""

import io
import resource
import sys
import tarfile
import tempfile
import time
from collections import defaultdict
from datetime import date
from html import escape
from pathlib import Path

from benchmarks.sources import SHARED
from policydiff.collection.importing import ImportItem, ImportSummary, import_files
from policydiff.extract import extract
from policydiff.intake.versions import prepare
from policydiff.lexicon.document_numbers import number_key
from policydiff.lexicon.titles import DocumentTitle
from policydiff.store import Store

TODAY = date(2026, 1, 1)
LAWS = 200


def imported(folder: Path, scratch: Path) -> tuple[ImportSummary, dict[str, ImportItem], int]:
    items: dict[str, ImportItem] = {}
    with Store.init(scratch / "store") as store:
        summary = import_files(
            store, folder, today=TODAY, progress=lambda _done, _all, item: items.__setitem__(item.file, item)
        )
        return summary, items, store.status().documents


def court(scratch: Path) -> None:
    with tarfile.open(SHARED / "npc_docx.tar.xz") as tar:
        tar.extractall(scratch, filter="data")
    folder = scratch / "npc_docx"
    rows = [line.split("\t") for line in (folder / "index.tsv").read_text("utf-8").splitlines()[1:]]
    (folder / "index.tsv").unlink()
    summary, items, documents = imported(folder, scratch)
    known = {row[0]: (DocumentTitle.parse(row[1]).key, number_key(row[3]) if row[3] else "") for row in rows}
    numbers: dict[str, set[str]] = defaultdict(set)
    works: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file, item in items.items():
        if item.outcome is not None and file in known:
            title, number = known[file]
            numbers[item.outcome.id] |= {number} - {""}
            works[title, number].add(item.outcome.id)
    fused = sum(len(found) > 1 for found in numbers.values())
    split = sum(len(found) > 1 for found in works.values())
    print(f"court files: {len(items)}, documents: {documents}")
    print(f"  documents that hold files of different numbers: {fused}")
    print(f"  works (one title, one number) split over documents: {split}")
    print(f"  doubtful, asked for: {len(summary.doubtful)} ({len(summary.doubtful) / len(items):.1%})")
    print(f"  refused: {len(summary.refused)}, unreadable: {len(summary.failed)}")


def _docx(lines: list[str]) -> bytes:
    from docx import Document

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _forms(text: str) -> dict[str, bytes]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    page = f'<html><body><div class="nav"><a href="/">首页</a></div><div id="UCAP-CONTENT">{body}</div></body></html>'
    return {"html": page.encode(), "docx": _docx(lines), "txt": "\n".join(lines).encode()}


def _law_texts() -> dict[str, str]:
    found: dict[str, str] = {}
    with tarfile.open(SHARED / "laws.tar.xz") as tar:
        members = sorted((one for one in tar if one.name.endswith(".md")), key=lambda one: one.name)
        step = max(1, len(members) // LAWS)
        for number, member in enumerate(members[::step][:LAWS]):
            file = tar.extractfile(member)
            if file is not None:
                found[f"law-{number:03}"] = extract(file.read()).text
    return found


def formats(scratch: Path) -> None:
    texts = {path.stem: extract(path.read_bytes()).text for path in sorted((SHARED / "govcn").glob("*.html"))}
    pages = len(texts)
    texts |= _law_texts()
    folder = scratch / "forms"
    folder.mkdir()
    for name, text in texts.items():
        for ending, data in _forms(text).items():
            (folder / f"{name}.{ending}").write_bytes(data)
    summary, items, _ = imported(folder, scratch)
    ids: dict[str, set[str]] = defaultdict(set)
    for file, item in items.items():
        ids[file.rpartition(".")[0]].add(item.outcome.id if item.outcome else f"not recorded: {item.error}")
    apart = {name: found for name, found in ids.items() if len(found) > 1}
    print(
        f"{pages} pages of the State Council and {len(texts) - pages} laws as HTML, DOCX and text: {len(items)} files"
    )
    print(
        f"  one document each: {len(ids) - len(apart)} of {len(ids)}, doubtful files: {len(summary.doubtful)}"
    )
    for name, found in apart.items():
        print(f"  apart: {name} {sorted(found)}")


def _cpu() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def cost(scratch: Path) -> None:
    with tarfile.open(SHARED / "laws.tar.xz") as tar:
        tar.extractall(scratch / "laws", filter="data")
    folder = scratch / "laws"
    before = _cpu()
    summary, items, documents = imported(folder, scratch)
    print(
        f"import of {len(items)} files of laws: {_cpu() - before:.1f} CPU s, {documents} documents, "
        f"{summary.added} versions, {len(summary.doubtful)} doubtful"
    )
    from policydiff import Store as PublicStore

    one = sorted(folder.rglob("*.md"))[:20]
    with PublicStore.open(scratch / "store") as store:
        reading, placing = [], []
        for path in one:
            start = time.process_time()
            prepare(path.read_bytes(), name=path.name, today=TODAY)
            read = time.process_time()
            store.add(path, dry_run=True)
            reading.append(read - start)
            placing.append(time.process_time() - read - (read - start))
    middle = len(one) // 2
    print(
        f"  adding one file to that store: reading {sorted(reading)[middle] * 1000:.0f} ms, deciding which document it is "
        f"{sorted(placing)[middle] * 1000:.0f} ms more (medians of {len(one)}, CPU)"
    )


def main() -> None:
    wanted = sys.argv[1:] or ["court", "formats", "cost"]
    for name, measure in (("court", court), ("formats", formats), ("cost", cost)):
        if name in wanted:
            with tempfile.TemporaryDirectory() as scratch:
                measure(Path(scratch))


if __name__ == "__main__":
    main()
