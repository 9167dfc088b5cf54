"""The home page: the plan on a day."""

from fastapi.responses import HTMLResponse
from starlette.types import Scope

from kg.web.pages.labels import iris_in, read_labels
from kg.web.pages.plan import arrange_plan, read_translations
from kg.web.pages.rendering import Pages
from kg.web.protocol.operation import parse_parameters, read_view
from kg.web.sending.validators import freshness
from kg.web.service import Service, state_headers

__all__ = ["show_plan"]


async def show_plan(service: Service, pages: Pages, scope: Scope) -> HTMLResponse:
    """The page of the day that the request's address names; raises ``Problem``."""
    view = read_view(parse_parameters(scope["query_string"]))
    state = service.state_of(view)
    provisions = await service.rows("plan-provisions", view)
    cells = await service.rows("plan-cells", view)
    translations = read_translations(await service.rows("plan-translations", view))
    removed = await service.rows("plan-removed", view)
    named = [
        *iris_in([*provisions, *removed], "provision"),
        *iris_in(cells, "what", "recipient"),
        *iris_in((cell for cell in cells if "what" not in cell), "cell"),
    ]
    labels = await read_labels(service, view, named)
    blocks = arrange_plan(provisions, cells, labels, translations)
    page = pages.home(view, state, blocks, removed, labels)
    known = {"state": state.iri, "evidence": state.evidence}
    headers = {**state_headers(known, service.near(view)), **freshness(view.day is not None)}
    return HTMLResponse(page, headers=headers)
