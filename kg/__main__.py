"""The command line: build, validate, query, export, diff, explain.

Exit codes: 0 done; 1 the data or the answer is at fault; 2 the command is. Progress goes to a
terminal's standard error; answers and data go to standard output or a file.
"""

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from rdflib import Dataset
from rdflib.exceptions import ParserError

from kg.asking.anomalies import LANGUAGES
from kg.asking.asof import near_bounds, parse_day
from kg.asking.diff_formats import DIFF_FORMATS, answer_diff
from kg.asking.dumps import find_damage, write_dumps
from kg.asking.errors import AskingError, NotADay, OnlyInEnglish
from kg.asking.explain import explain
from kg.asking.explain_text import tell_explanation
from kg.asking.export import EXPORT_FORMATS, export_csv, export_rdf
from kg.asking.formats import FORMATS, format_named
from kg.asking.query import Asker, Question, preferred_formats
from kg.asking.rows import write_table
from kg.asking.store import create_store, open_build
from kg.build import build
from kg.dumps import DUMPS_FOLDER
from kg.graph.catalogue import QueryError
from kg.graph.check import check_dataset
from kg.graph.report import Report
from kg.graph.turtle import CuratedError
from kg.reading.source import ReadingError, SourceError

INPUT_ERRORS = (SourceError, ReadingError, CuratedError, QueryError)
_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
QUERY_FORMATS = ("table", *(f.name for f in FORMATS))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    options = _parser().parse_args(arguments)
    # A literal that isn't well formed is for us to tell, not for rdflib's log.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    try:
        code: int = options.run(options)
    except (*INPUT_ERRORS, AskingError) as error:
        print(f"{options.command}: {error}", file=sys.stderr)
        return 2 if isinstance(error, NotADay | OnlyInEnglish) else 1
    except BrokenPipeError:
        # The reader of a pipe has had enough; nothing is to be said to it, not at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        # A file or folder of the command that can't be read or written.
        print(f"{options.command}: {error}", file=sys.stderr)
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kg", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    folder = argparse.ArgumentParser(add_help=False)
    default = os.environ.get("KG_BUILD", "build")
    folder.add_argument(
        "--build", type=Path, default=Path(default), help="the folder of the built graph"
    )
    _add_making(commands, folder)
    _add_asking(commands, folder)
    return parser


def _add_making(commands: _Commands, folder: argparse.ArgumentParser) -> None:
    """The commands that make and check the graph."""
    making = commands.add_parser("build", parents=[folder], help="text to graph to checked store")
    making.add_argument(
        "--root", type=Path, default=Path(), help="the folder of data/, ontology/ …"
    )
    making.set_defaults(run=run_build)
    checking = commands.add_parser("validate", parents=[folder], help="check the built graph")
    checking.set_defaults(run=run_validate)


def _add_asking(commands: _Commands, folder: argparse.ArgumentParser) -> None:
    """The commands that answer from the built graph."""
    when = argparse.ArgumentParser(add_help=False)
    when.add_argument("--at", metavar="DATE", help="the day asked about, YYYY-MM-DD")
    which = argparse.ArgumentParser(add_help=False)
    which.add_argument("--include", choices=["possible"], help="count what only may have stood")
    asking = commands.add_parser("query", parents=[folder, when, which], help="run a query")
    asking.add_argument("file", metavar="FILE.rq", help="the query; - reads standard input")
    asking.add_argument("--format", choices=QUERY_FORMATS, help="table, unless output is a pipe")
    asking.set_defaults(run=run_query)
    leaving = commands.add_parser(
        "export", parents=[folder, when, which], help="write a state or everything"
    )
    leaving.add_argument("--format", choices=EXPORT_FORMATS, required=True)
    leaving.add_argument("-o", "--output", type=Path, help="a file; else standard output")
    leaving.set_defaults(run=run_export)
    comparing = commands.add_parser(
        "diff", parents=[folder], help="what changed between two days, and by which act"
    )
    comparing.add_argument("before", metavar="FROM", help="the first day, YYYY-MM-DD")
    comparing.add_argument("after", metavar="TO", help="the second day; it may be the earlier one")
    comparing.add_argument("--format", choices=list(DIFF_FORMATS), default="text")
    comparing.set_defaults(run=run_diff)
    reasoning = commands.add_parser(
        "explain",
        parents=[folder, when],
        help="why something has its grade, down to spans and facts",
    )
    reasoning.add_argument(
        "iri",
        metavar="IRI",
        help="a provision, version, cell, attestation, amendment, reference or anomaly; or a path "
        "such as plan/section-1",
    )
    reasoning.add_argument(
        "--lang", choices=LANGUAGES, default="en", help="the language that an anomaly is told in"
    )
    reasoning.set_defaults(run=run_explain)


def _progress(step: str) -> None:
    if sys.stderr.isatty():
        print(f"{step} …", file=sys.stderr, flush=True)


def _warn(sentence: str) -> None:
    print(f"build: {sentence}", file=sys.stderr)


def run_build(options: argparse.Namespace) -> int:
    """Build aside, check, then switch: a failed build leaves what is there untouched."""
    target: Path = options.build
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as aside:
        made = Path(aside) / "made"
        report = build(
            options.root,
            made,
            _progress,
            _warn,
            lambda nquads: write_dumps(nquads, made / DUMPS_FOLDER),
        )
        if not report.conforms:
            return _tell(report)
        _progress("writing the store")
        count = create_store(made / "kg.nq", made / "store")
        if target.exists():
            target.rename(Path(aside) / "before")
        made.rename(target)
    print(f"{count} quads in {target / 'kg.nq'}; they conform to the shapes.")
    return 0


def run_validate(options: argparse.Namespace) -> int:
    """Check the quads of a build against the shapes, and its files against their checksums."""
    nquads = options.build / "kg.nq"
    if not nquads.is_file():
        print(f"validate: there is no {nquads}: run python -m kg build first.", file=sys.stderr)
        return 1
    _progress("reading the graph")
    dataset = Dataset()
    try:
        dataset.parse(nquads, format="nquads")
    except (ParserError, UnicodeDecodeError) as error:
        print(f"validate: {nquads} is no N-Quads: {error}", file=sys.stderr)
        return 1
    _progress("checking the graph")
    code = _tell(check_dataset(dataset))
    if code == 0:
        _progress("checking the files of the release")
        for sentence in find_damage(open_build(options.build), options.build / DUMPS_FOLDER):
            print(f"validate: {sentence}: run python -m kg build again.", file=sys.stderr)
            code = 1
    return code


def _tell(report: Report) -> int:
    print(report, file=sys.stdout if report.conforms else sys.stderr)
    return 0 if report.conforms else 1


def run_query(options: argparse.Namespace) -> int:
    """Run one query on one day."""
    if options.file == "-":
        text = sys.stdin.read()
    else:
        path = Path(options.file)
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            print(f"query: {path} can't be read: {error}", file=sys.stderr)
            return 2
    day = parse_day(options.at) if options.at else None
    table = options.format == "table" or (options.format is None and sys.stdout.isatty())
    formats = preferred_formats("csv")
    if options.format and not table:
        # A format that was named is the only one that will do.
        form = format_named(options.format)
        formats = dict.fromkeys(form.kinds, form)
    question = Question(text, day, possible=options.include == "possible")
    graph = open_build(options.build)
    answer = Asker(graph).ask(question, formats).in_order()
    if table:
        write_table(answer, sys.stdout.buffer)
    else:
        answer.write(sys.stdout.buffer)
    sys.stdout.buffer.flush()
    if answer.state and day:
        for bound in near_bounds(graph.states, day):
            print(f"query: {bound}", file=sys.stderr)
    return 0


def run_export(options: argparse.Namespace) -> int:
    """Write a state, or everything, in one format."""
    day = parse_day(options.at) if options.at else None
    graph = open_build(options.build)
    possible = options.include == "possible"
    sink = options.output.open("wb") if options.output else sys.stdout.buffer
    try:
        if options.format == "csv":
            export_csv(graph, graph.state_on(day), sink, possible=possible)
        else:
            state = graph.state_on(day) if day else None
            export_rdf(graph, format_named(options.format), state, sink, possible=possible)
        sink.flush()
    finally:
        if options.output:
            sink.close()
    return 0


def run_diff(options: argparse.Namespace) -> int:
    """Compare two days."""
    before, after = parse_day(options.before), parse_day(options.after)
    answer = answer_diff(open_build(options.build), before, after, options.format)
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


def run_explain(options: argparse.Namespace) -> int:
    """Tell why something has its grade on a day."""
    day = parse_day(options.at) if options.at else None
    answer = tell_explanation(explain(open_build(options.build), options.iri, day), options.lang)
    sys.stdout.buffer.write(answer.encode())
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
