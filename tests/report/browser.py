"""A headless Chromium of the system, for tests and benchmarks that use reports as readers do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def chromium() -> str | None:
    """Path of the system's Chromium, None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def is_required() -> bool:
    """Whether a missing browser is a failure: CI installs one."""
    return os.environ.get("CI", "").lower() == "true"


@contextmanager
def launched() -> Iterator[Browser]:
    """A running browser that ends with the block."""
    path = chromium()
    assert path, "no Chromium is installed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
