"""What a test needs of the machine: without it a skip with a sentence, or under CI a failure."""

import os

import pytest


def need(condition: object, what: str) -> None:
    """Go on where ``condition`` is true; else skip the test, or fail it where CI is set.

    ``what`` completes "this machine has no …": ``need(shutil.which("chromium"), "Chromium")``. At
    the top of a module it stands for all the module's tests.
    """
    if condition:
        return
    sentence = f"this machine has no {what}"
    if os.environ.get("CI", "").lower() not in {"", "0", "false"}:
        pytest.fail(f"{sentence}, and CI must have it", pytrace=False)
    pytest.skip(sentence, allow_module_level=True)
