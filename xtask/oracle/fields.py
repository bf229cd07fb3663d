"""What fields the statements of `cargo xtask differential` have, and what these hold: anything else is refused.

The other side reads the same in `xtask/src/differential/language`.
"""

import json

from depth import is_too_deep

RAISED = (
    "Exception ValueError TypeError RuntimeError OSError TimeoutError ConnectionResetError ZeroDivisionError "
    "StopIteration CancelledError"
).split()
HANDLED = RAISED + (
    "BaseException ExceptionGroup BaseExceptionGroup GeneratorExit StopAsyncIteration InvalidStateError QueueEmpty "
    "QueueFull QueueShutDown BrokenBarrierError IncompleteReadError LimitOverrunError ConnectionRefusedError "
    "ConnectionAbortedError BrokenPipeError BrokenProcessPool NameError ArithmeticError ConnectionError EOFError "
    "LookupError"
).split()

# By operation its fields: `?` behind those that may be left out, behind the colon the sort of what they
# hold (a method of `Fields`), `~` before it where null is one.
AWAITED = {
    "call": "coro:text", "sleep": "delay:seconds result?:value", "gather": "of:awaitables return_exceptions?:flag",
    "wait": "of:texts timeout?:~seconds return_when?:when", "wait on": "on:text",
    "wait_for": "what:awaitable timeout:~seconds", "shield": "what:awaitable", "acquire": "on:text",
    "wait_until": "on:text name:text at_least:seconds", "put": "on:text item:value", "get": "on:text",
    "join": "on:text", "reset": "on:text", "abort": "on:text", "to_thread": "job:text",
    "run_in_executor": "job:text on?:~text", "open_connection": "port:port limit?:~count",
    "start_server": "port:port handler:text limit?:~count", "read": "on:text n?:whole", "readline": "on:text",
    "readexactly": "on:text n:whole", "readuntil": "on:text separator?:text", "drain": "on:text",
    "wait_closed": "on:text", "serve_forever": "on:text", "anext": "on:text", "asend": "on:text value?:value",
    "athrow": "on:text error:error", "aclose": "on:text",
}
OTHERS = {
    "await": "on:awaitable", "new": "type:kind value?:count lock?:text", "future": "", "coroutine": "what:awaitable",
    "create_task": "what:awaitable name?:~text eager?:flag on?:~text", "ensure_future": "what:awaitable",
    "generator": "gen:text", "call_soon": "callback:text", "call_soon_threadsafe": "callback:text",
    "call_later": "callback:text delay:seconds", "call_at": "callback:text when:seconds", "time": "",
    "current_task": "", "all_tasks": "", "stop": "", "time_sleep": "seconds:seconds",
    "random": "method:text args?:value", "assign": "name:text value:value", "add": "name:text by:number",
    "del": "name:text", "print": "text:text", "show": "name:text", "cancel": "on:text msg?:~text",
    "set_name": "on:text name:text", "set_result": "on:text value?:value", "set_exception": "on:text error:error",
    "add_done_callback": "on:text callback:text", "remove_done_callback": "on:text callback:text",
    "notify": "on:text n?:count", "put_nowait": "on:text item:value", "shutdown": "on:text immediate?:flag",
    "reschedule": "on:text when:~seconds", "write": "on:text data:data", "writelines": "on:text data:lines",
    **dict.fromkeys(
        "uncancel cancelling done cancelled result exception get_name when release locked set clear is_set notify_all "
        "n_waiting parties broken get_nowait task_done qsize empty full expired write_eof close is_closing at_eof "
        "transport_abort is_serving close_clients abort_clients".split(),
        "on:text",
    ),
    "try": "body:body except?:clauses else?:body finally?:body", "raise": "error?:error", "return": "value?:value",
    "break": "", "continue": "", "repeat": "times:short body:body",
    "if": "name:text at_least?:seconds then?:body else?:body", "timeout": "delay:~seconds body:body",
    "timeout at": "at:~seconds body:body", "task_group": "body:body", "async_with": "on:text body:body",
    "context": "enter?:own exit?:own swallow?:flag body:body",
    "for_completed": "of:awaitables timeout?:~seconds async?:flag body:body", "async_for": "gen:text body:body",
    "async_for on": "on:text body:body", "yield": "value?:value",
}
JOBS = {
    "sleep": "delay:seconds", "cpu": "seconds:seconds", "print": "text:text", "return": "value?:value",
    "raise": "error:error", "call_soon_threadsafe": "callback:text", "submit": "coro:text",
    "result": "on:text timeout?:~seconds", "cancel": "on:text",
}
PROGRAM = (
    "coroutines:anything callbacks?:anything generators?:anything jobs?:jobs objects?:objects run?:run mains?:texts debug?:flag "
    "eager?:flag network?:network workers?:count seed?:count"
)
NETWORK = "latency?:seconds bandwidth?:~seconds loss?:seconds seed?:count"

# Statements that no callback has, besides those that Python itself refuses there.
AWAITING = ("for_completed",)
WITHOUT_VALUE, WITH_VALUE = ("Lock", "Event", "Condition"), ("Barrier", "ThreadPool", "ProcessPool")


class Malformed(Exception):
    """The program is not one of the language."""


def is_number(given):
    return type(given) in (int, float)


class Fields:
    """Checks a part of a program: what it is inside of says what may stand there."""

    def __init__(self, within=None, handles=False):
        self.within = within
        # Whether an `except` is around it.
        self.handles = handles

    def check(self, given, fields):
        """An object with these fields, and no others."""
        if not isinstance(given, dict):
            raise Malformed(f"not an object: {json.dumps(given)}")
        left = dict(given)
        for field in fields.split():
            name, sort = field.split(":")
            if name.removesuffix("?") in left:
                self.holds(left.pop(name.removesuffix("?")), sort)
            elif not name.endswith("?"):
                raise Malformed(f"\"{name}\" is missing: {json.dumps(given)}")
        if left:
            raise Malformed(f"unknown field \"{next(iter(left))}\": {json.dumps(given)}")

    def holds(self, given, sort):
        if given is None and sort.startswith("~"):
            return
        if getattr(self, sort.removeprefix("~"))(given) is False:
            raise Malformed(f"not what fits ({sort}): {json.dumps(given)}")

    def each(self, given, check):
        return isinstance(given, list) and all(check(one) is not False for one in given)

    def operation(self, given, table, common=""):
        """A statement, or what is awaited: an object with an `op` of the table."""
        op = given.get("op") if isinstance(given, dict) else None
        if not isinstance(op, str) or op not in table:
            raise Malformed(f"no operation that may stand here: {json.dumps(given)}")
        other = next((field for field in ("on", "at") if field in given and f"{op} {field}" in table), None)
        self.check(given, f"op:text {table[f'{op} {other}' if other else op]} {common}")

    # Sorts.

    def text(self, given):
        return isinstance(given, str)

    def texts(self, given):
        return self.each(given, self.text)

    def flag(self, given):
        return isinstance(given, bool)

    def seconds(self, given):
        return is_number(given)

    def whole(self, given):
        return type(given) is int and -(2**63) <= given < 2**63

    def count(self, given):
        return type(given) is int and 0 <= given < 2**64

    def port(self, given):
        return type(given) is int and 0 <= given < 2**16

    # Times to repeat: the same bound.
    short = port

    def number(self, given):
        return is_number(given) and self.value(given)

    def value(self, given):
        if isinstance(given, dict):
            return self.check(given, "var:text")
        return self.each(given, self.value) if isinstance(given, list) else type(given) is not int or self.whole(given)

    def data(self, given):
        return isinstance(given, (str, dict)) and self.value(given)

    def lines(self, given):
        return self.each(given, self.data)

    def when(self, given):
        return given in ("ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION")

    def run(self, given):
        return given in ("run", "runner", "loop")

    def kind(self, given):
        return self.text(given)

    def error(self, given):
        self.check(given, "type:raised text?:said")

    def raised(self, given):
        return given in RAISED

    def said(self, given):
        return isinstance(given, str) and given != ""

    def handled(self, given):
        return given in HANDLED

    def awaitable(self, given):
        if not isinstance(given, str):
            self.operation(given, AWAITED)

    def awaitables(self, given):
        return self.each(given, self.awaitable)

    def kept(self, given):
        return isinstance(given, str) and given != "self"

    # Statements.

    def body(self, given):
        return self.each(given, self.statement)

    def own(self, given):
        """A body that becomes a function of its own."""
        return Fields("context").body(given)

    def clauses(self, given):
        inside = Fields(self.within, handles=True)
        return self.each(given, lambda clause: inside.check(clause, "type:handled body:body to?:text"))

    def statement(self, given):
        self.operation(given, {**AWAITED, **OTHERS}, "to?:kept quiet?:flag")
        op = given["op"]
        if (
            (op == "raise" and "error" not in given and not self.handles)
            or (op == "yield" and self.within != "generators")
            or (op == "return" and self.within == "context")
            or (op == "return" and self.within == "generators" and given.get("value") is not None)
            or (op in AWAITING and self.within == "callbacks")
        ):
            raise Malformed(f"not in this place: {json.dumps(given)}")
        if op == "new":
            self.made(given)

    def made(self, given):
        """What `new` makes takes a value and a lock, or not."""
        kind = given["type"]
        if kind in WITH_VALUE and "value" not in given or kind in WITHOUT_VALUE and "value" in given:
            raise Malformed(f"new: the value of a {kind}")
        if "lock" in given and kind != "Condition":
            raise Malformed("new: only a Condition takes a lock")

    def anything(self, given):
        """What is checked by itself."""

    def bodies(self, given):
        return isinstance(given, dict) and all(self.body(body) for body in given.values())

    def jobs(self, given):
        statement = lambda one: self.operation(one, JOBS, "to?:text quiet?:flag")
        return isinstance(given, dict) and all(self.each(body, statement) for body in given.values())

    def objects(self, given):
        return self.each(given, self.made_first)

    def made_first(self, given):
        self.check(given, f"to:text quiet?:flag {OTHERS['new']}")
        self.made(given)

    def network(self, given):
        self.check(given, NETWORK)


def check(program):
    """Refuse what is no program of the language, but for names of nothing."""
    Fields().check(program, PROGRAM)
    for part in ("coroutines", "callbacks", "generators"):
        Fields(part).holds(program.get(part, {}), "bodies")
        if any(map(is_too_deep, program.get(part, {}).values())):
            raise Malformed("too deep for CPython")
    mains = program.get("mains", ["main"])
    if not mains or (len(mains) > 1 and program.get("run", "run") == "run"):
        raise Malformed("mains: asyncio.run runs one")
