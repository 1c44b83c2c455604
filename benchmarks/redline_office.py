"""Tracked changes accepted and rejected by LibreOffice itself, over UNO (the system's own Python holds its bindings)."""

import contextlib
import shutil
import subprocess
import tempfile
from pathlib import Path

SOFFICE = shutil.which("soffice")
_PYTHON = "/usr/bin/python3"
_SCRIPT = """
import sys, time, uno
from com.sun.star.beans import PropertyValue
def prop(name, value):
    each = PropertyValue(); each.Name, each.Value = name, value; return each
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(120):
    try:
        context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % sys.argv[2]); break
    except Exception: time.sleep(0.5)
manager = context.ServiceManager
desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
for line in open(sys.argv[1], encoding="utf-8"):
    source, order, target = line.rstrip("\\n").split("\\t")
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, (prop("Hidden", True),))
    if order:
        dispatcher.executeDispatch(document.CurrentController.Frame, order, "", 0, ())
    document.storeToURL(uno.systemPathToFileUrl(target), (prop("FilterName", "Text (encoded)"), prop("FilterOptions", "UTF8")))
    document.close(True)
try: desktop.terminate()
except Exception: pass
"""
_ACCEPT, _REJECT = ".uno:AcceptAllTrackedChanges", ".uno:RejectAllTrackedChanges"


def has_office() -> bool:
    """Return whether LibreOffice and its Python bindings are there."""
    if SOFFICE is None or not Path(_PYTHON).is_file():
        return False
    return subprocess.run([_PYTHON, "-c", "import uno"], check=False, capture_output=True).returncode == 0


_TOGETHER = 3
"""Files that one LibreOffice settles: it hangs on some, whose neighbours are then lost."""
_SECONDS = 240


def settled(files: dict[str, tuple[bytes, bytes, bytes]]) -> dict[str, tuple[bool, bool]]:
    """Return for each name whether LibreOffice's acceptance gives the new text, and its rejection the old one.

    Args:
        files: Old file, new file and redline by name.
    """
    found: dict[str, tuple[bool, bool]] = {}
    names = list(files)
    for start in range(0, len(names), _TOGETHER):
        found |= _settled({name: files[name] for name in names[start : start + _TOGETHER]})
    return found


def _settled(files: dict[str, tuple[bytes, bytes, bytes]]) -> dict[str, tuple[bool, bool]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        orders = []
        for name, contents in files.items():
            for kind, content in zip(("old", "new", "redline"), contents, strict=True):
                (home / f"{name}-{kind}.docx").write_bytes(content)
            for kind, order, out in (
                ("old", _REJECT, "old"),  # changes that were tracked before are settled on this side too
                ("new", _ACCEPT, "new"),
                ("redline", _ACCEPT, "accepted"),
                ("redline", _REJECT, "rejected"),
            ):
                orders.append(f"{home}/{name}-{kind}.docx\t{order}\t{home}/{name}-{out}.txt")
        (home / "orders.txt").write_text("\n".join(orders) + "\n", "utf-8")
        (home / "settle.py").write_text(_SCRIPT, "utf-8")
        pipe = f"redline{home.name}"
        office = subprocess.Popen(
            [
                *(SOFFICE or "soffice", "--headless", "--norestore", "--nologo"),
                *(f"-env:UserInstallation=file://{home}/profile", f"--accept=pipe,name={pipe};urp;"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with contextlib.suppress(subprocess.TimeoutExpired):
                subprocess.run(
                    [_PYTHON, home / "settle.py", home / "orders.txt", pipe], check=False, timeout=_SECONDS
                )
        finally:
            office.kill()
            office.wait(30)
        return {name: _verdict(home, name) for name in files}


def _verdict(home: Path, name: str) -> tuple[bool, bool]:
    texts = {}
    for kind in ("old", "new", "accepted", "rejected"):
        path = home / f"{name}-{kind}.txt"
        texts[kind] = path.read_text("utf-8", "replace") if path.is_file() else None
    accepted = texts["accepted"] is not None and texts["accepted"] == texts["new"]
    rejected = texts["rejected"] is not None and texts["rejected"] == texts["old"]
    return accepted, rejected
