"""Requests a second of each question: our server and the peer, measured in turns in one run."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure, figure_of
from bench.load import Generator
from bench.questions import Question, ask
from bench.servers import start_ours, start_peer

__all__ = ["PEER", "AnswersDiffer", "Rates", "measure_serving"]

PEER = "rdflib-endpoint"
OURS = "zhospar"

Endpoints = dict[str, dict[str, str]]
"""By question, then by server: the SPARQL endpoint that the question goes to."""


class AnswersDiffer(Exception):
    """The servers don't answer a question alike: their rates can't be compared."""


@dataclass(frozen=True, slots=True)
class Rates:
    """A question's requests a second by server, and their ratio to the peer's, turn by turn."""

    per_second: dict[str, Figure]
    ratio: dict[str, Figure]


def measure_serving(
    root: Path,
    nquads: Path,
    questions: list[Question],
    generate: Generator,
    rounds: int,
    progress: Callable[[str], None],
) -> dict[str, Rates]:
    """The rates of each question by its name.

    Raises ``AnswersDiffer``, and what starting and loading the servers raises.
    """
    with ExitStack() as running:
        progress("starting the servers")
        endpoints = _start_servers(running, root, nquads, questions)
        rates = {}
        for question in questions:
            _compare_answers(question, endpoints[question.name])
            rates[question.name] = _measure_question(
                question, endpoints[question.name], generate, rounds, progress
            )
        return rates


def _start_servers(
    running: ExitStack, root: Path, nquads: Path, questions: list[Question]
) -> Endpoints:
    ours = running.enter_context(start_ours(root))
    # The peer knows no days: a server for each, so that every question is asked in the same words.
    peers = {
        day: running.enter_context(start_peer(root, nquads, day))
        for day in {question.day for question in questions}
    }
    return {
        question.name: {
            OURS: _our_endpoint(ours, question),
            PEER: f"{peers[question.day]}/sparql",
        }
        for question in questions
    }


def _our_endpoint(address: str, question: Question) -> str:
    return f"{address}/at/{question.day}/sparql" if question.day else f"{address}/sparql"


def _compare_answers(question: Question, endpoints: dict[str, str]) -> None:
    answers = {name: ask(question, endpoint) for name, endpoint in endpoints.items()}
    for name, answer in answers.items():
        if not answer:
            raise AnswersDiffer(f"{question.name}: {name} finds nothing")
        if answer != answers[PEER]:
            more, fewer = answer - answers[PEER], answers[PEER] - answer
            example = next(iter(more or fewer))
            raise AnswersDiffer(
                f"{question.name}: {name} has {len(more)} rows that {PEER} has not, "
                f"and lacks {len(fewer)}, such as {example}"
            )


def _measure_question(
    question: Question,
    endpoints: dict[str, str],
    generate: Generator,
    rounds: int,
    progress: Callable[[str], None],
) -> Rates:
    readings: dict[str, list[float]] = {name: [] for name in endpoints}
    # Servers take turns within a round, so that a change of the machine's mood meets them all.
    for turn in range(1, rounds + 1):
        progress(f"{question.name}, {turn} of {rounds}")
        for name, endpoint in endpoints.items():
            readings[name].append(generate(question.address(endpoint), question.media_type))
    return Rates(
        {name: figure_of(values) for name, values in readings.items()},
        {
            name: figure_of(
                ours / peers for ours, peers in zip(values, readings[PEER], strict=True)
            )
            for name, values in readings.items()
            if name != PEER
        },
    )
