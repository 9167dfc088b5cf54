"""Processes killed and halted from outside: others take their place."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.hostile.watching import anew
from tests.serving import Server, at_work, endless, wait_for


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGABRT, signal.SIGTERM, signal.SIGINT])
def test_free_workers_are_ended(hostile: Server, number: signal.Signals) -> None:
    before = hostile.children()["workers"]
    for worker in before:
        os.kill(worker, number)
    hostile.ask(anew())
    wait_for(lambda: hostile.ask(anew()).status_code == 200)


def test_free_workers_are_halted(hostile: Server) -> None:
    """A halted worker is found out by the deadline, and killed."""
    halted = hostile.children()["workers"]
    for worker in halted:
        os.kill(worker, signal.SIGSTOP)
    with ThreadPoolExecutor(8) as threads:
        asked = list(threads.map(lambda _: hostile.ask(anew()).status_code, range(8)))
    assert set(asked) <= {200, 503, 504}
    wait_for(lambda: hostile.ask(anew()).status_code == 200)
    wait_for(lambda: not set(halted) & set(hostile.children()["workers"]))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_working_workers(hostile: Server, number: signal.Signals) -> None:
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(hostile.ask, endless(number)) for number in range(2)]
        wait_for(lambda: at_work(hostile) == 2)
        for worker in hostile.children()["workers"]:
            os.kill(worker, number)
        assert {one.result().status_code for one in asked} <= {503, 504}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_zygote_is_ended(hostile: Server, number: signal.Signals) -> None:
    (zygote,) = hostile.children()["zygote"]
    os.kill(zygote, number)
    wait_for(lambda: hostile.children()["zygote"] not in ([zygote], []))
    wait_for(lambda: hostile.ask(anew()).status_code == 200)


def test_zygote_is_halted_for_a_while(hostile: Server) -> None:
    """While no worker can be made, those there are answer; then the lost ones are made."""
    (zygote,) = hostile.children()["zygote"]
    worker, *_ = hostile.children()["workers"]
    os.kill(zygote, signal.SIGSTOP)
    try:
        os.kill(worker, signal.SIGKILL)
        # One question may yet have gone to the worker that was killed.
        wait_for(lambda: hostile.ask(anew()).status_code == 200)
    finally:
        os.kill(zygote, signal.SIGCONT)
