"""What a worker sends: each answer once, and nothing after it."""

import gc
import socket

from kg.web.answering import AnswerWriter
from kg.web.frames import DATA, HEAD, WHOLE, read_frame


def kinds_sent(connection: socket.socket) -> list[bytes]:
    """The kinds of the frames that came before the other side was closed."""
    kinds = []
    while (frame := read_frame(connection)) is not None:
        kinds.append(frame[0])
    return kinds


def test_an_answer_is_sent_once() -> None:
    """A writer that is let go must not send again what it gathered: it would be in the next one."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        writer = AnswerWriter(theirs, {})
        writer.write(b"true")
        writer.end()
        del writer
        gc.collect()
        theirs.close()
        assert kinds_sent(ours) == [WHOLE]


def test_an_answer_given_up_sends_nothing_more() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        writer = AnswerWriter(theirs, {})
        writer.write(b"x" * (64 << 10))
        writer.write(b"more")
        del writer
        gc.collect()
        theirs.close()
        assert kinds_sent(ours) == [HEAD, DATA]
