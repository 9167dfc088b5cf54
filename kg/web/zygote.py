"""The zygote: a small process that loads the graph once and forks workers from itself on demand.

``python -m kg.web.zygote CONTROL SERVER BUILD MEMORY``, where ``CONTROL`` is an inherited
``SOCK_SEQPACKET`` socket and ``SERVER`` the server's process id. It has one thread and no server in
it, so forking is safe; a fork shares the graph's memory. It says what it has loaded, then forks a
worker for every socket sent to it, says which process that is (with a descriptor that stands for
it), and says how each worker ended.
"""

import ctypes
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from kg.asking.errors import AskingError
from kg.asking.query import Asker
from kg.asking.store import KnowledgeGraph, open_build
from kg.web.worker import bound_worker, leave, serve_questions

__all__ = ["main"]

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> int:
    """Load, then fork workers until the server is gone; returns 1 where there is no graph."""
    control = socket.socket(fileno=int(arguments[0]))
    server, build, memory = int(arguments[1]), Path(arguments[2]), int(arguments[3])
    _die_with_parent(server)
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C is the server's; it then closes the socket
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        graph = open_build(build)
    except AskingError as error:
        _say(control, {"unusable": str(error)})
        return 1
    graph.load_datasets()
    _ = graph.statistics  # counted once, here; workers share it
    asker = Asker(graph)
    _say(control, _describe(graph))
    gc.freeze()  # what is loaded stays: collections in workers then don't copy its pages
    _fork_on_demand(control, asker, memory)
    return 0


def _fork_on_demand(control: socket.socket, asker: Asker, memory: int) -> None:
    """Fork a worker for each message with a socket; report the end of each worker."""
    wake_read, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    poll = select.poll()
    poll.register(control, select.POLLIN)
    poll.register(wake_read, select.POLLIN)
    while True:
        for descriptor, _ in poll.poll():
            if descriptor == wake_read:
                os.read(wake_read, 4096)
                _report_ended(control)
                continue
            message, descriptors, _, _ = socket.recv_fds(control, 64, 1)
            if not message:
                return
            for received in descriptors:
                _fork_worker(control, socket.socket(fileno=received), asker, memory)


def _fork_worker(
    control: socket.socket, connection: socket.socket, asker: Asker, memory: int
) -> None:
    zygote = os.getpid()
    try:
        process = os.fork()
    except OSError as error:
        connection.close()
        _say(control, {"failed": str(error)})
        return
    if process:
        connection.close()
        handle = os.pidfd_open(process)
        socket.send_fds(control, [json.dumps({"started": process}).encode()], [handle])
        os.close(handle)
        return
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _die_with_parent(zygote)
        control.close()
        bound_worker(memory)
        serve_questions(connection, asker)
    finally:
        leave()


def _report_ended(control: socket.socket) -> None:
    """Tell how each worker ended: its exit code, or its signal as a negative number."""
    while True:
        try:
            process, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not process:
            return
        _say(control, {"ended": process, "status": os.waitstatus_to_exitcode(status)})


def _describe(graph: KnowledgeGraph) -> dict[str, Any]:
    """What is loaded: release, states, graphs and counts, as the server tells them."""
    return {
        "ready": True,
        "release": graph.release,
        "quads": graph.quad_count,
        "graphs": graph.graph_sizes,
        "states": [
            {
                "iri": state.iri,
                "from": state.valid_from.isoformat(),
                "until": state.valid_until.isoformat() if state.valid_until else None,
                "graph": state.graph,
                "possible": state.possible,
                "evidence": state.evidence,
                "latest": state.latest.isoformat() if state.latest else None,
            }
            for state in graph.states
        ],
    }


def _say(control: socket.socket, message: dict[str, Any]) -> None:
    try:
        control.send(json.dumps(message).encode())
    except OSError:
        leave()


def _die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when ``parent`` ends, and end now if it already has."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        leave()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
