"""The files of the release at ``/data/…``: dumps, tables, and what a table says of itself.

``measures.csv`` and ``state.ttl`` without a day in their name are those of the day that ``at`` asks
for. Ranges (RFC 9110, section 14) are served of the files as they are. A table links to its
description (Model for Tabular Data, section 5.2).
"""

import os
import re
from urllib.parse import urlencode

from starlette.responses import FileResponse
from starlette.types import Message, Receive, Scope, Send

from kg.asking.asof import State
from kg.asking.csvw import CSVM, METADATA_SUFFIX, describe_table
from kg.asking.formats import FORMATS
from kg.dumps import DATA, DUMPS_FOLDER, Dump, state_file, table_file
from kg.web.pool.loaded import Loaded
from kg.web.problems import Problem, Sentence
from kg.web.protocol.operation import View, parse_parameters, read_view
from kg.web.sending.files import OpenFile, ReleaseFiles
from kg.web.sending.responses import answer, send_whole
from kg.web.sending.validators import freshness
from kg.web.service import Service, state_headers

__all__ = ["Downloads"]

_UNDATED = re.compile(r"(?P<what>measures|state)\.(?P<suffix>[a-z]+)")
_DATED = re.compile(r"measures-(?P<day>\d{4}-\d\d-\d\d)(?:-possible)?\.csv")
_MEDIA_TYPES = {form.suffix: form.media_type for form in FORMATS}
_RANGES = frozenset({b"range", b"if-range"})


class Downloads:
    """Answers requests for files; raises ``Problem``."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._loaded: Loaded | None = None
        self._files = ReleaseFiles(service.settings.build, ())

    def open(self) -> None:
        """Hold the files of what is served; done anew where that has changed."""
        loaded = self._service.pool.loaded
        if loaded is not self._loaded:
            self._files.close()
            self._files = ReleaseFiles(self._service.settings.build / DUMPS_FOLDER, loaded.dumps)
            self._loaded = loaded

    def close(self) -> None:
        """Let go of the files."""
        self._files.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.open()
        await answer(receive, self._respond(scope, receive, send))

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = scope["path"].removeprefix(f"/{DATA}")
        view = read_view(parse_parameters(scope["query_string"]))
        if name.endswith(METADATA_SUFFIX):
            await self._send_metadata(send, name.removesuffix(METADATA_SUFFIX), view)
            return
        undated = _UNDATED.fullmatch(name)
        state = self._service.state_of(view) if undated else None
        kept = (
            _name_of(undated["what"], undated["suffix"], state, view) if undated and state else name
        )
        dump = self._find_dump(kept)
        file = await self._files.find(kept)
        if file is None:
            raise Problem(
                404,
                Sentence(
                    "The file %(name)s of this release is not in the folder that is served from: "
                    "'make build' writes it, and the server is to be started again after that.",
                    name=kept,
                ),
            )
        headers = {
            **self._link_metadata(name, view),
            **freshness(view.day is not None or not undated),
        }
        if state is not None:
            named = {"state": state.iri, "evidence": state.evidence}
            headers |= state_headers(named, self._service.near(view))
            headers["Content-Location"] = f"/{DATA}{kept}"
        await _send_file(scope, receive, send, dump, file, headers)

    def _find_dump(self, name: str) -> Dump:
        """The file called ``name`` in the catalogue; raises ``Problem``."""
        for dump in self._service.pool.loaded.dumps:
            if dump.name == name:
                return dump
        raise Problem(
            404,
            Sentence(
                "There is no file %(name)s here; those there are stand at /catalogue.", name=name
            ),
        )

    def _link_metadata(self, name: str, view: View) -> dict[str, str]:
        """Where a table's description is; for other files nothing."""
        if not name.endswith(".csv"):
            return {}
        address = f"/{DATA}{name}{METADATA_SUFFIX}{_asked(view)}"
        return {"Link": f'<{address}>; rel="describedby"; type="{CSVM}"'}

    async def _send_metadata(self, send: Send, table: str, view: View) -> None:
        """Send what the table called ``table`` says of itself; raises ``Problem``."""
        dated = _DATED.fullmatch(table)
        if dated:
            self._find_dump(table)
            day, address = dated["day"], table
        elif table == "measures.csv":
            day = self._service.state_of(view).valid_from.isoformat()
            address = table + _asked(view)
        else:
            raise Problem(
                404,
                Sentence(
                    "There is no table %(name)s here; those there are stand at /catalogue.",
                    name=table,
                ),
            )
        body = describe_table(address, day, self._service.release)
        headers = freshness(view.day is not None or dated is not None)
        await send_whole(send, 200, CSVM, body, headers)


def _name_of(what: str, suffix: str, state: State, view: View) -> str:
    """The name of the file that has the day of ``state`` in it."""
    if what == "measures" and suffix == "csv":
        return table_file(state.valid_from, possible=view.possible)
    return state_file(state.valid_from, suffix) if what == "state" else f"{what}.{suffix}"


def _asked(view: View) -> str:
    """The query string that asks for ``view``."""
    asked = {"at": view.day} if view.day else {}
    asked |= {"include": "possible"} if view.possible else {}
    return f"?{urlencode(asked)}" if asked else ""


async def _send_file(
    scope: Scope, receive: Receive, send: Send, dump: Dump, file: OpenFile, headers: dict[str, str]
) -> None:
    """Send a file, or the ranges of it that are asked for; raises ``Problem``."""

    async def pass_on(message: Message) -> None:
        """Hand on what is sent, with what is said of it in the words of this server."""
        if message["type"] == "http.response.start":
            _refuse_range(message["status"], dump)
            message["headers"] = _say_headers(
                message["headers"], dump, whole=message["status"] == 200
            )
        await send(message)

    media_type = _MEDIA_TYPES.get(dump.suffix, "application/octet-stream")
    parameters = "; charset=utf-8" if media_type.startswith("text/") else ""
    parameters += "; header=present" if dump.suffix == "csv" else ""
    response = FileResponse(
        file.path,
        headers={**headers, "ETag": f'"{dump.sha256}"', "Content-Type": media_type + parameters},
        media_type=media_type,
        filename=dump.name,
        stat_result=os.fstat(file.descriptor),
    )
    # A HEAD says what a GET would, and is about the whole (section 14.2); its body never leaves.
    asked = dict(scope)
    if scope["method"] == "HEAD":
        asked["method"] = "GET"
        asked["headers"] = [item for item in scope["headers"] if item[0] not in _RANGES]
    await response(asked, receive, pass_on)


def _refuse_range(status: int, dump: Dump) -> None:
    """Raise ``Problem`` where ``status`` says that a Range of the file can't be served."""
    if status == 416:
        raise Problem(
            416,
            Sentence(
                "The file has %(size)s bytes: none are where the Range asks for them.",
                size=dump.size,
            ),
            headers={"Content-Range": f"bytes */{dump.size}"},
        )
    if status == 400:
        raise Problem(
            400, Sentence("The Range isn't one of bytes: 'bytes=0-1023' is the first KiB.")
        )


def _say_headers(
    fields: list[tuple[bytes, bytes]], dump: Dump, *, whole: bool
) -> list[tuple[bytes, bytes]]:
    """The headers of a response without a date, and with its tag as ``Outgoing`` takes it."""
    said = [(name, value) for name, value in fields if name not in (b"last-modified", b"etag")]
    if whole:
        return [*said, (b"etag", dump.sha256.encode())]
    return [*said, (b"etag", f'"{dump.sha256}"'.encode()), (b"vary", b"Accept-Encoding")]
