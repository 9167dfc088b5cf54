"""What a worker sends of one answer: its frames, and not a byte more once it is done with it."""

import socket

import pytest

from kg.web.worker.answering import AnswerWriter, Channel, TooManyRows
from kg.web.worker.frames import DATA, END, ERROR, HEAD, HEADER, WHOLE, split_whole

SMALL, LARGE = b"x" * 1000, b"y" * 200_000


def read_frames(connection: socket.socket) -> list[tuple[bytes, bytes]]:
    """All the frames that were sent, the other end being closed."""
    content = b"".join(iter(lambda: connection.recv(1 << 20), b""))
    frames = []
    while content:
        kind, _, length = HEADER.unpack_from(content)
        frames.append((kind, content[HEADER.size : HEADER.size + length]))
        content = content[HEADER.size + length :]
    return frames


def test_a_small_answer_is_one_frame() -> None:
    """Also once its writer is collected: nothing of it stands before the next answer."""
    far, near = socket.socketpair()
    with far:
        with near:
            AnswerWriter(Channel(near), {"kind": "boolean"}).end()
            writer = AnswerWriter(Channel(near), {"kind": "solutions"})
            writer.write(SMALL)
            writer.end()
            del writer
        first, second = read_frames(far)
    assert [first[0], second[0]] == [WHOLE, WHOLE]
    assert split_whole(second[1]) == ({"kind": "solutions"}, SMALL)


def test_a_large_answer_is_a_head_parts_and_an_end() -> None:
    """Together the parts are the answer."""
    far, near = socket.socketpair()
    with far:
        near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        with near:
            writer = AnswerWriter(Channel(near), {"kind": "solutions"})
            for start in range(0, len(LARGE), 8192):
                writer.write(LARGE[start : start + 8192])
            writer.end()
            del writer
        frames = read_frames(far)
    kinds = [kind for kind, _ in frames]
    assert kinds == [HEAD, *[DATA] * (len(kinds) - 2), END]
    assert b"".join(content for kind, content in frames if kind == DATA) == LARGE


def test_after_an_error_nothing_more_of_the_answer_is_sent() -> None:
    """What was gathered and not sent yet is dropped with the answer that failed."""
    far, near = socket.socketpair()
    with far:
        with near:
            writer = AnswerWriter(Channel(near), {"kind": "solutions"}, most=2, counted="tsv")
            writer.write(b"?a\n1\n2\n")
            writer.write(b"3\n")
            with pytest.raises(TooManyRows):
                writer.end()
            Channel(near).send_error("ResultTooLarge", "2 rows")
            del writer
        frames = read_frames(far)
    assert [kind for kind, _ in frames] == [ERROR]
