"""Answers that never mix: each frame belongs to one question, and a worker says nothing twice."""

import gc
import socket

import httpx

from kg.web.worker.answering import AnswerWriter, Channel
from kg.web.worker.frames import HEADER, QUESTION, WHOLE, split_whole
from tests.serving import Server


def test_a_small_answer_is_one_frame_and_nothing_follows_it() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(HEADER.pack(QUESTION, 7, 2) + b"{}")
        channel = Channel(theirs)
        assert channel.read() == b"{}"
        writer = AnswerWriter(channel, {"kind": "solutions"})
        writer.write(b"an answer")
        writer.end()
        del writer
        gc.collect()
        theirs.shutdown(socket.SHUT_WR)
        sent = b"".join(iter(lambda: ours.recv(4096), b""))
    kind, number, length = HEADER.unpack_from(sent)
    assert (kind, number, HEADER.size + length) == (WHOLE, 7, len(sent))
    assert split_whole(sent[HEADER.size :]) == ({"kind": "solutions"}, b"an answer")


def test_a_writer_given_up_says_no_more() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        writer = AnswerWriter(Channel(theirs), {})
        writer.write(b"half an answer")
        del writer
        gc.collect()
        theirs.shutdown(socket.SHUT_WR)
        assert ours.recv(4096) == b""


def test_answers_asked_one_after_another_are_each_their_own(server: Server) -> None:
    """More than workers, and back to back, so that each comes right after another's."""
    with httpx.Client(base_url=server.address, timeout=30) as client:
        for number in range(400):
            query = f'SELECT ("{number}" AS ?n) {{}}'
            response = client.get(
                "/sparql", params={"query": query}, headers={"Accept": "text/csv"}
            )
            assert (response.status_code, response.text.split()) == (200, ["n", str(number)])
