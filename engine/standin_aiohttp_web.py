"""Stands in for aiohttp.web: applications, their routes, and a server over asyncio's streams."""

import asyncio
import json
import re
import urllib.parse

import connections
import web as wire
from far import Settings


class Response:
    """An answer."""

    def __init__(self, *, body=None, status=200, reason=None, text=None, headers=None, content_type=None, charset="utf-8"):
        self.status, self.reason = status, reason or wire.REASONS.get(status, "")
        self.headers = wire.Headers(headers)
        if text is not None:
            body = text.encode(charset)
            self.headers.setdefault("Content-Type", f"{content_type or 'text/plain'}; charset={charset}")
        else:
            self.headers.setdefault("Content-Type", content_type or "application/octet-stream")
        self.body = bytes(body or b"")

    text = property(lambda self: self.body.decode())


def json_response(data=None, *, text=None, status=200, headers=None, dumps=json.dumps, **others):
    """An answer that is JSON."""
    text = dumps(data) if text is None else text
    return Response(text=text, status=status, headers=headers, content_type="application/json")


class HTTPException(Response, Exception):
    """An answer that is raised."""

    status_code = 500

    def __init__(self, *, headers=None, reason=None, text=None, body=None, content_type=None):
        reason = reason or wire.REASONS.get(self.status_code, "")
        text = f"{self.status_code}: {reason}" if text is None and body is None else text
        Response.__init__(
            self, status=self.status_code, headers=headers, reason=reason, text=text, body=body, content_type=content_type
        )
        Exception.__init__(self, reason)


for code, name in {
    400: "BadRequest", 401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 405: "MethodNotAllowed", 409: "Conflict",
    429: "TooManyRequests", 500: "InternalServerError", 502: "BadGateway", 503: "ServiceUnavailable", 504: "GatewayTimeout",
}.items():
    globals()[f"HTTP{name}"] = type(f"HTTP{name}", (HTTPException,), {"status_code": code})


class Request(dict):
    """What was asked for."""

    def __init__(self, app, method, target, headers, body, remote):
        super().__init__()
        self.app, self.method, self.path_qs, self.headers, self.remote = app, method, target, headers, remote
        self.path, _, self.query_string = target.partition("?")
        self.query = self.rel_url_query = dict(urllib.parse.parse_qsl(self.query_string))
        self.match_info, self.body, self.url = {}, body, f"http://{headers.get('Host', 'localhost')}{target}"

    __hash__ = object.__hash__
    can_read_body = property(lambda self: bool(self.body))

    async def read(self):
        """The body."""
        return self.body

    async def text(self):
        """The body as text."""
        return self.body.decode()

    async def json(self, *, loads=json.loads):
        """The body as JSON."""
        return loads(self.body)

    async def post(self):
        """The fields of a form."""
        return dict(urllib.parse.parse_qsl(self.body.decode()))


class Route:
    """Which requests go where."""

    def __init__(self, method, path, handler):
        self.method, self.path, self.handler = method, path, handler
        pattern = re.sub(r"\\\{(\w+)(?::(.*?))?\\\}", lambda m: f"(?P<{m[1]}>{m[2] or '[^/]+'})", re.escape(path))
        self.pattern = re.compile(pattern)


class Router:
    """The routes of an application."""

    def __init__(self):
        self.all = []

    def add_route(self, method, path, handler, **others):
        """Requests by this method for this path go there."""
        self.all.append(Route(method.upper(), path, handler))

    def routes(self):
        """All of them."""
        return self.all

    def add_routes(self, routes):
        """Several at once."""
        self.all += [route for each in routes for route in ([each] if isinstance(each, Route) else each)]

    def find(self, request):
        """Who answers a request."""
        methods = []
        for route in self.all:
            if found := route.pattern.fullmatch(request.path):
                if route.method in ("*", request.method) or (route.method, request.method) == ("GET", "HEAD"):
                    request.match_info = found.groupdict()
                    return route.handler
                methods.append(route.method)
        raise (HTTPMethodNotAllowed if methods else HTTPNotFound)()  # noqa: F821


class RouteTableDef(list):
    """Routes that decorate their handlers."""

    def route(self, method, path, **others):
        """The function below answers these."""

        def add(handler):
            self.append(Route(method.upper(), path, handler))
            return handler

        return add


def shortcuts():
    """`get`, `post` … of the module, of routers and of tables."""
    for name in ("get", "post", "put", "patch", "delete", "head"):
        globals()[name] = lambda path, handler, name=name, **others: Route(name.upper(), path, handler)
        setattr(Router, f"add_{name}", lambda self, path, handler, name=name, **others: self.add_route(name, path, handler))
        setattr(RouteTableDef, name, lambda self, path, name=name, **others: self.route(name, path))


shortcuts()


class Application(dict):
    """What a server serves."""

    def __init__(self, *, middlewares=(), **others):
        super().__init__()
        self.router, self.middlewares = Router(), list(middlewares)
        self.on_startup, self.on_shutdown, self.on_cleanup, self.cleanup_ctx = [], [], [], []
        self.contexts = []

    __hash__ = object.__hash__

    def add_routes(self, routes):
        """Several at once."""
        self.router.add_routes(routes)

    async def startup(self):
        """What is done before the first request."""
        for context in self.cleanup_ctx:
            self.contexts.append(context(self))
            await anext(self.contexts[-1])
        for each in self.on_startup:
            await each(self)

    async def cleanup(self):
        """What is done after the last."""
        for each in (*self.on_shutdown, *self.on_cleanup):
            await each(self)
        for context in reversed(self.contexts):
            await anext(context, None)

    async def answer(self, request):
        """What is answered to a request."""
        try:
            handler = self.router.find(request)
            for middleware in reversed(self.middlewares):
                handler = wrapped(middleware, handler)
            return await handler(request)
        except HTTPException as answer:
            return answer
        except Exception:
            asyncio.get_running_loop().call_exception_handler({
                "message": "Error handling request", "exception": wire_error(),
            })
            return Response(status=500, text="500 Internal Server Error\n\nServer got itself in trouble")


def wire_error():
    """The exception that is being handled."""
    import sys

    return sys.exception()


def wrapped(middleware, handler):
    """A handler inside of a middleware."""
    return lambda request: middleware(request, handler)


def middleware(function):
    """Marks one; there is no other kind here."""
    return function


class AppRunner:
    """An application that is being run."""

    def __init__(self, app, **others):
        self.app, self.sites = app, []

    async def setup(self):
        """Before the first request."""
        await self.app.startup()

    async def cleanup(self):
        """After the last."""
        for site in self.sites:
            await site.stop()
        await self.app.cleanup()


class TCPSite:
    """Where it is served."""

    def __init__(self, runner, host=None, port=8080, **others):
        self.runner, self.host, self.port, self.server = runner, host or "0.0.0.0", port, None
        runner.sites.append(self)

    name = property(lambda self: f"http://{self.host}:{self.port}")

    async def start(self):
        """Listen."""
        self.server = await asyncio.start_server(self.serve, self.host, self.port)

    async def stop(self):
        """Listen no more."""
        if self.server is not None:
            self.server.close()

    async def serve(self, reader, writer):
        """Answer what comes on one connection."""
        try:
            while True:
                first, headers = wire.head(await reader.readuntil(b"\r\n\r\n"))
                body = await reader.readexactly(int(headers.get("Content-Length", 0)))
                method, target, *_ = first.split()
                remote = writer.get_extra_info("peername")[0]
                answer = await self.runner.app.answer(Request(self.runner.app, method, target, headers, body, remote))
                keeps = headers.get("Connection", "keep-alive").lower() != "close"
                fields = {**answer.headers, "Content-Length": len(answer.body), "Connection": "keep-alive" if keeps else "close"}
                body = b"" if method == "HEAD" else answer.body
                writer.write(wire.message(f"HTTP/1.1 {answer.status} {answer.reason}", fields, body))
                await writer.drain()
                if not keeps:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            # Who asked has gone.
            pass
        finally:
            writer.close()


async def visit(port, route, number):
    """Somebody who asks for a route once."""
    pool = connections.Pool()
    path = re.sub(r"\{[^}]*\}", str(number), route.path)
    answer = await pool.request("GET", "localhost", port, path, {}, b"")
    await answer.read()
    pool.close()


def run_app(app, *, host=None, port=8080, print=print, **others):
    """Serve until it is interrupted: here, until some visitors have had their answers, `STANDIN_VISITORS` of them."""

    async def serve():
        runner = AppRunner(await app if asyncio.iscoroutine(app) else app)
        await runner.setup()
        site = TCPSite(runner, host, port)
        await site.start()
        if print is not None:
            print(f"======== Running on {site.name} ========\n(Press CTRL+C to quit)")
        routes = [route for route in runner.app.router.routes() if route.method in ("GET", "*")]
        visits = []
        for number in range(1, Settings.visitors + 1 if routes else 1):
            route = routes[(number - 1) % len(routes)]
            visits.append(asyncio.create_task(visit(port, route, number), name=f"visitor {number}"))
            await asyncio.sleep(Settings.seconds)
        await asyncio.gather(*visits)
        await runner.cleanup()

    asyncio.run(serve())
