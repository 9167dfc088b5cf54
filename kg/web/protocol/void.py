"""``/.well-known/void``: what is loaded, described in VoID, in an RDF format by ``Accept``.

The address is that of the VoID note, section 7.2. The counts were made when the graph was loaded.
"""

from starlette.types import Receive, Scope, Send

from kg.web.problems import Problem
from kg.web.protocol.negotiate import choose, content_type, describable_formats
from kg.web.sending.responses import answer, header, send_reply, site_address
from kg.web.sending.validators import freshness
from kg.web.service import Service

__all__ = ["VOID_ADDRESS", "DataDescription"]

VOID_ADDRESS = "/.well-known/void"


class DataDescription:
    """Answers requests for the description of the data set; raises ``Problem``."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await answer(receive, self._respond(scope, send))

    async def _respond(self, scope: Scope, send: Send) -> None:
        offers = describable_formats()
        offer = choose(header(scope, b"accept"), offers)
        if offer is None:
            types = ", ".join(dict.fromkeys(o.media_type for o in offers))
            raise Problem(406, f"None of the formats asked for can be had. There are: {types}.")
        request = {"void": {"site": site_address(scope), "format": offer.what.name}}
        async with self._service.pool.ask(request) as reply:
            headers = {"Vary": "Accept", **freshness(True)}
            await send_reply(send, content_type(offer), reply, headers)
