"""Debian's Chromium with scripts switched off."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.needs import need

need(shutil.which("chromium") and shutil.which("chromedriver"), "Chromium with its driver")

from selenium.webdriver import Chrome, ChromeOptions  # noqa: E402 - needless without a browser
from selenium.webdriver.chrome.service import Service  # noqa: E402

__all__ = ["Chrome", "open_browser"]

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1200,1600",
)


@contextmanager
def open_browser(profile: Path, languages: str = "en") -> Iterator[Chrome]:
    """A browser with a profile of its own, which accepts ``languages``, with commas between."""
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.add_experimental_option(
        "prefs",
        {
            "profile.managed_default_content_settings.javascript": 2,
            "intl.accept_languages": languages,
        },
    )
    driver = Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()
