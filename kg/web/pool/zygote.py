"""The zygote: a small process that loads the graph once and forks workers from itself on demand.

``python -m kg.web.pool.zygote CONTROL SERVER SETTINGS``, where ``CONTROL`` is an inherited
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
from typing import Any

from kg.asking.errors import AskingError
from kg.asking.query import Asker
from kg.asking.store import KnowledgeGraph, open_build
from kg.web.pool.network import try_to_leave_network
from kg.web.settings import InvalidSetting, Settings, unpack
from kg.web.worker.serving import bound_worker, leave, serve_questions

__all__ = ["main"]

_PR_SET_PDEATHSIG = 1
_LOWERED = 19
"""The niceness of a worker whose question was set aside: others go before it."""


def main(arguments: list[str]) -> int:
    """Load, then fork workers until the server is gone; returns 1 where there is no graph."""
    control = socket.socket(fileno=int(arguments[0]))
    server, settings = int(arguments[1]), unpack(arguments[2])
    _die_with_parent(server)
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C is the server's; it then closes the socket
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        network = _describe_network(settings)
        graph = open_build(settings.build)
    except InvalidSetting as error:
        _say(control, {"refused": str(error)})
        return 2
    except AskingError as error:
        _say(control, {"unusable": str(error)})
        return 1
    graph.load_datasets()
    _ = graph.statistics  # counted once, here; workers share it
    nursery = Nursery(control, Asker(graph, settings.services), settings)
    _say(control, {**_describe(graph), "network": network})
    gc.freeze()  # what is loaded stays: collections in workers then don't copy its pages
    nursery.serve()
    return 0


def _describe_network(settings: Settings) -> str:
    """Whether workers will be out of the network; raises ``InvalidSetting`` where they must be."""
    if settings.network_namespace == "never":
        return "left to workers, by KG_NETWORK_NAMESPACE; SERVICE is refused by syntax"
    reason = try_to_leave_network()
    if not reason:
        return "taken away from workers by the kernel"
    if settings.network_namespace == "required":
        raise InvalidSetting(
            "KG_NETWORK_NAMESPACE is 'required', but the kernel doesn't let workers leave the "
            f"network: {reason}. Allow user namespaces, or set it to 'auto'."
        )
    return f"left to workers, as the kernel refuses ({reason}); SERVICE is refused by syntax"


class Nursery:
    """Forks workers on demand, and tells how each ended."""

    def __init__(self, control: socket.socket, asker: Asker, settings: Settings) -> None:
        self._control = control
        self._asker = asker
        self._settings = settings
        self._alive: set[int] = set()

    def serve(self) -> None:
        """Do what each message asks, until the server is gone."""
        wake_read, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(wake_read, select.POLLIN)
        while True:
            for descriptor, _ in poll.poll():
                if descriptor == wake_read:
                    os.read(wake_read, 4096)
                    self._report_ended()
                elif not self._obey():
                    return

    def _obey(self) -> bool:
        """Do what the next message asks; false where the server is gone."""
        content, descriptors, _, _ = socket.recv_fds(self._control, 256, 1)
        if not content:
            return False
        message = json.loads(content)
        if "lower" in message and message["lower"] in self._alive:
            # A child that isn't waited for keeps its number: it is no other process.
            os.setpriority(os.PRIO_PROCESS, message["lower"], _LOWERED)
        for received in descriptors:
            self._fork(socket.socket(fileno=received), remote=message["fork"] == "remote")
        return True

    def _fork(self, connection: socket.socket, *, remote: bool) -> None:
        zygote = os.getpid()
        try:
            process = os.fork()
        except OSError as error:
            connection.close()
            _say(self._control, {"failed": str(error)})
            return
        if process:
            connection.close()
            self._alive.add(process)
            handle = os.pidfd_open(process)
            socket.send_fds(self._control, [json.dumps({"started": process}).encode()], [handle])
            os.close(handle)
            return
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._control.close()
            bound_worker(self._settings, remote=remote)
            _die_with_parent(zygote)
            serve_questions(connection, self._asker, self._settings, remote=remote)
        finally:
            leave()

    def _report_ended(self) -> None:
        """Tell how each worker ended: its exit code, or its signal as a negative number."""
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not process:
                return
            self._alive.discard(process)
            _say(self._control, {"ended": process, "status": os.waitstatus_to_exitcode(status)})


def _describe(graph: KnowledgeGraph) -> dict[str, Any]:
    """What is loaded: release, states, graphs and counts, as the server tells them."""
    return {
        "ready": True,
        "release": graph.release,
        "fingerprint": graph.fingerprint,
        "quads": graph.quad_count,
        "graphs": graph.graph_sizes,
        "dumps": [(dump.name, dump.size, dump.sha256) for dump in graph.dumps],
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
