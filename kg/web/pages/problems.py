"""What goes wrong in the part of the site that stands on FastAPI, told as all problems are."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.web.pages.rendering import Pages
from kg.web.problems import OUR_FAULT, Problem, Sentence
from kg.web.sending.responses import send_problem

__all__ = ["Delegated", "add_problems"]


class Delegated(Response):
    """A response that an ASGI application of ours makes."""

    def __init__(self, application: ASGIApp) -> None:
        super().__init__()
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._application(scope, receive, send)


def add_problems(app: FastAPI, pages: Pages) -> None:
    """Every error becomes a problem with a sentence, also those that the framework finds."""

    def respond(problem: Problem) -> Response:
        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            await send_problem(scope, send, problem, pages.problem)

        return Delegated(application)

    @app.exception_handler(Problem)
    async def on_problem(_: Request, problem: Problem) -> Response:
        return respond(problem)

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        detail = (
            Sentence("%(method)s is not possible here.", method=request.method)
            if error.status_code == 405
            else error.detail
        )
        headers = {"Allow": "GET, HEAD, OPTIONS"} if error.status_code == 405 else {}
        return respond(Problem(error.status_code, detail, headers=headers))

    @app.exception_handler(RequestValidationError)
    async def on_invalid(_: Request, error: RequestValidationError) -> Response:
        return respond(Problem(400, "; ".join(str(e["msg"]) for e in error.errors())))

    @app.exception_handler(Exception)
    async def on_anything(_: Request, __: Exception) -> Response:
        return respond(Problem(500, OUR_FAULT))
