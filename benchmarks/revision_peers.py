"""What others say of two versions: governdiff, in a virtual environment of its own, and difflib by article number."""

import difflib
import json
import re
import resource
import subprocess
import tempfile
import time
import venv
from pathlib import Path
from typing import Any

from benchmarks.revision_scoring import Link, Outcome, article
from policydiff.extract import extract
from policydiff.lexicon.widths import fold_words
from policydiff.model import Document
from policydiff.parsing import parse_text

ROOT = Path(__file__).resolve().parent.parent
GOVERNDIFF = ROOT / ".bench" / "governdiff"
CAP = 60
"""CPU seconds after which governdiff is stopped on one pair; its figures then read `> 60 s`."""
_LONG = 3
"""CPU seconds from which one run is enough."""
_INFO = re.compile(r"\A.*?<!-- INFO END -->", re.DOTALL)
_RUN = """
import json, resource, sys, time
from governdiff import analyze_texts
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]), int(sys.argv[1])))
old, new = json.load(sys.stdin)
begun = time.process_time()
report = analyze_texts(old, new)
seconds = time.process_time() - begun
json.dump([seconds, report.to_dict()["changes"], report.to_dict()["article_mappings"]], sys.stdout)
"""


def read(text: str) -> Document:
    """Return the document of a Markdown or plain text, read as the command line reads a file."""
    return parse_text(extract(text.encode(), name="text.md").text)


def governdiff_python() -> Path | None:
    """Return the interpreter that has governdiff, None where it cannot be installed (offline)."""
    python = GOVERNDIFF / "bin" / "python"
    if not python.exists():
        venv.create(GOVERNDIFF, with_pip=True)
    if subprocess.run([python, "-c", "import governdiff"], check=False, capture_output=True).returncode:
        command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "governdiff"]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return None
    return python


def governdiff(python: Path, old: str, new: str) -> Outcome | None:
    """Run governdiff on a pair; links by its own mapping of articles, kinds by its changes. None if it hit the cap."""
    texts = json.dumps([_INFO.sub("", text, count=1) for text in (old, new)])
    run = subprocess.run(
        [python, "-c", _RUN, str(CAP)], input=texts, capture_output=True, text=True, check=False
    )
    if run.returncode < 0:
        return None
    if run.returncode:
        raise RuntimeError(run.stderr)
    seconds, changes, mappings = json.loads(run.stdout)
    return _governdiff_outcome(seconds, changes, mappings)


def _governdiff_outcome(
    seconds: float, changes: list[dict[str, Any]], mappings: list[dict[str, Any]]
) -> Outcome:
    links: set[Link] = set()
    for mapping in mappings:
        old, new = article(mapping["old_article"]), article(mapping["new_article"])
        if old and new:
            links.add((old, new))
    kinds: dict[tuple[str, str], str] = {}
    for change in changes:
        for side in ("old", "new"):
            block = change.get(f"{side}_block")
            number = next(
                (n for part in reversed((block or {}).get("section") or []) if (n := article(part))), None
            )
            if number is None:
                continue
            kind = {"moved": "unchanged", "format_only": "unchanged"}.get(
                change["change_type"], change["change_type"]
            )
            known = kinds.get((side, number))
            kinds[side, number] = kind if known in (None, kind) else "modified"
    for number in {new for _, new in links} & {number for side, number in kinds if side == "new"}:
        if kinds["new", number] == "added":
            kinds["new", number] = "modified"
    for number in {number for side, number in kinds if side == "old"} - {old for old, _ in links}:
        kinds["old", number] = "removed"
    return Outcome(links, kinds, seconds)


def whole_process(command: list[str | Path], old: str, new: str) -> float | None:
    """Return the CPU seconds of a command over two files, starting included; None at the cap.

    The least of three runs, or of one that takes long.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("old.md", "new.md")]
        for file, text in zip(files, (old, new), strict=True):
            file.write_text(_INFO.sub("", text, count=1), encoding="utf-8")
        times: list[float] = []
        while len(times) < 3 and (not times or times[0] < _LONG):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            run = subprocess.run(
                [*command, *files], check=False, capture_output=True, preexec_fn=_limit_time, cwd=ROOT
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if run.returncode < 0:
                return None
            if run.returncode:
                raise RuntimeError(run.stderr.decode())
            times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return min(times)


def _limit_time() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CAP, CAP))


def articles(document: Document) -> dict[str, str]:
    return {
        clause.number: clause.full_text()
        for clause in document.walk()
        if clause.kind == "article" and clause.number
    }


def difflib_by_number(old: str, new: str) -> Outcome:
    """Pair articles of one number and compare them with difflib, as a script without this package would."""

    def run() -> Outcome:
        before, after = articles(read(old)), articles(read(new))
        links = {(number, number) for number in before.keys() & after.keys()}
        kinds = {("old", number): "removed" for number in before.keys() - after.keys()}
        for number, text in after.items():
            if number not in before:
                kinds["new", number] = "added"
            elif fold_words(before[number]) == fold_words(text):
                kinds["new", number] = "unchanged"
            else:
                kinds["new", number] = "modified"
                difflib.SequenceMatcher(None, before[number], text, autojunk=False).get_opcodes()
        return Outcome(links, kinds)

    begun = time.process_time()
    outcome = run()
    outcome.seconds = time.process_time() - begun
    return outcome
