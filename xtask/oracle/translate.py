"""Python source for programs of `cargo xtask differential`.

Each coroutine, generator, callback and job of the JSON becomes a function, each statement the
Python that a reader of LANGUAGE.md would write for it, so that what a program does is what CPython
does with it. An operation looks like this:

    try:
        ended('await t', 'x', await awaitable('t'))
        ended('cancel u', None, fit('u', Future).cancel())
    except BaseException:
        stopped()
        raise

One `try` is around as many operations as stand beside one another, since each costs time to compile:
`stopped` knows by the line which of them raised. No local variable is ever set: whatever a program holds is in the table of its variables. The
names that the source uses besides Python's own are those of `interpret.Interpreter.namespace`.

    python3.13 translate.py < program.json
"""

import asyncio
import builtins
import concurrent.futures.process
import concurrent.futures.thread
import json
import math
import re
import sys

import language
import own
from fields import Malformed, check


# How a `finally` begins.
FINISHING = ("finishing()",)

# What `random` knows, with the types of its arguments, and whether it can do without.
METHODS = {
    "random": ((), True),
    "uniform": (((int, float), (int, float)), False),
    "randint": ((int, int), False),
    "choice": ((list,), False),
    "shuffle": ((list,), False),
    "expovariate": (((int, float),), True),
    "gauss": (((int, float), (int, float)), True),
}


def exception_names():
    """The exceptions that programs know, by name."""
    found = {}
    for module in (own, concurrent.futures.thread, concurrent.futures.process, asyncio, builtins):
        for name in dir(module):
            if isinstance(getattr(module, name), type) and issubclass(getattr(module, name), BaseException):
                found[name] = getattr(module, name)
    return found


EXCEPTIONS = exception_names()


def read_constant(given):
    """Source for a value."""
    if isinstance(given, dict):
        if set(given) != {"var"} or not isinstance(given["var"], str):
            raise Malformed(f"not a value: {json.dumps(given)}")
        return f"value({given['var']!r})"
    if isinstance(given, list):
        return f"[{', '.join(map(read_constant, given))}]"
    if isinstance(given, float) and not math.isfinite(given):
        raise Malformed("not a value: a number without bounds")
    return repr(given)


class Scope:
    """What a function may contain, and what it needs."""

    def __init__(self, kind):
        # "coroutine", "generator", "callback", "job", or "context" (the ends of one).
        self.kind = kind
        self.contexts = []


class Translator:
    """Collects the source of one program."""

    def __init__(self, program):
        check(program)
        self.program = program
        self.lines = []
        self.depth = 0
        self.scope = None
        # What each function is called by users of the program: `(identifier, name)`.
        self.functions = []
        self.identifiers = {}
        for part in ("coroutines", "generators", "callbacks", "jobs"):
            for number, name in enumerate(program.get(part) or {}):
                words = re.sub(r"\W", "_", name, flags=re.ASCII)
                self.identifiers[part, name] = f"{part[:-1]}{number}_{words}"
        self.handlers = {}
        # Coroutines that are called as they are.
        self.called = set()
        self.context_count = 0
        # By the number of its line of source: what an operation is called in its line of output.
        self.labels = {}
        # Whether a `try` around operations is open.
        self.together = False

    # Parts of the source.

    def emit(self, text):
        """One line of source, which is no operation."""
        self.part()
        self.lines.append("    " * self.depth + text)

    def part(self):
        """The end of a `try` around operations, if there is one."""
        if self.together:
            self.together = False
            self.emit("except BaseException:")
            self.emit("    stopped()")
            self.emit("    raise")

    def block(self, opening, statements=(), first=()):
        """A compound statement: its first line, some source, and statements of the program."""
        self.emit(opening)
        self.depth += 1
        length = len(self.lines)
        for line in first:
            self.emit(line)
        for statement in statements:
            self.statement(statement)
        self.part()
        if len(self.lines) == length:
            self.emit("pass")
        self.depth -= 1

    def guarded(self, label, statements):
        """The end of a `try` whose error is written down and raised on; `statements` is called for its body."""
        self.emit("try:")
        self.depth += 1
        statements()
        self.part()
        self.depth -= 1
        self.emit("except BaseException:")
        self.emit(f"    failed({label!r})")
        self.emit("    raise")

    # Fields.

    def fill(self, operation, statement):
        """The source of an operation, its template filled in."""
        for wanted, (pieces, end) in operation.templates:
            if all(statement.get(field) not in (None, False) for field in wanted):
                break
        else:
            raise Malformed(f"unknown op {json.dumps(operation.op)}")
        source = []
        for text, field, sort in pieces:
            source.append(text)
            if field.name in statement or field.has_default:
                given = statement.get(field.name, field.default)
                source.append(self.fitting(given, sort) if sort[0].isupper() else READERS[sort](self, given))
            elif field.is_optional:
                source.append("None")
            else:
                raise Malformed(f"{operation.op}: \"{field.name}\" is missing")
        source.append(end)
        return "".join(source)

    def fitting(self, name, sorts):
        """A variable that has to be of one of the sorts."""
        sorts = sorts.split("|")
        return f"fit({self.read_name(name)}, {sorts[0] if len(sorts) == 1 else '(' + ', '.join(sorts) + ')'})"

    def read_name(self, given):
        if not isinstance(given, str):
            raise Malformed(f"not a name: {json.dumps(given)}")
        return repr(given)

    def read_value(self, given):
        return read_constant(given)

    def read_number(self, given):
        if given is not None and type(given) not in (int, float):
            raise Malformed(f"not a number: {json.dumps(given)}")
        return read_constant(given)

    def read_seconds(self, given):
        return self.read_number(float(given) if type(given) is int else given)

    read_amount = read_whole = read_count = read_port = read_short = read_number
    read_text = read_when = read_value

    def read_bytes(self, given):
        return repr(given.encode())

    def read_separator(self, given):
        if isinstance(given, str):
            return self.read_bytes(given)
        return f"({''.join(self.read_bytes(text) + ', ' for text in given)})"

    def read_kind(self, given):
        if given not in language.KINDS:
            raise Malformed(f"new: unknown type {json.dumps(given)}")
        return repr(given)

    def read_method(self, given):
        if given not in METHODS:
            raise Malformed(f"random: unknown method {json.dumps(given)}")
        return repr(given)

    def check_random(self, statement):
        """Refuse arguments that the method does not take."""
        types, can_do_without = METHODS.get(statement.get("method"), ((), True))
        args = statement.get("args", () if can_do_without else None)
        if not isinstance(args, (list, tuple)) or ("args" in statement and len(args) != len(types)):
            raise Malformed(f"random: not {len(types)} arguments")
        if any(isinstance(arg, bool) or not isinstance(arg, type) for arg, type in zip(args, types)):
            raise Malformed(f"random: {json.dumps(args)} does not fit")

    def read_flag(self, given):
        if not isinstance(given, bool):
            raise Malformed(f"not true or false: {json.dumps(given)}")
        return repr(given)

    def read_data(self, given):
        return repr(given.encode()) if isinstance(given, str) else f"data({read_constant(given)})"

    def read_lines(self, given):
        if not isinstance(given, list):
            raise Malformed(f"not a list: {json.dumps(given)}")
        return f"[{', '.join(map(self.read_data, given))}]"

    def read_error(self, given):
        if not isinstance(given, dict) or given.get("type") not in EXCEPTIONS:
            raise Malformed(f"not an error: {json.dumps(given)}")
        return f"{given['type']}({repr(given['text']) if 'text' in given else ''})"

    def read_origin(self, given):
        if given is None:
            return "None"
        return self.fitting(given, "Error") if isinstance(given, str) else self.read_error(given)

    def read_awaitable(self, given):
        if isinstance(given, str):
            return f"awaitable({given!r})"
        return self.fill(language.choose(language.AWAITABLES[given["op"]], given), given)

    def read_awaitables(self, given):
        if not isinstance(given, list):
            raise Malformed(f"not a list: {json.dumps(given)}")
        return f"[{', '.join(map(self.read_awaitable, given))}]"

    def read_waited(self, given):
        if not isinstance(given, list):
            raise Malformed(f"not a list: {json.dumps(given)}")
        return f"[{', '.join(self.fitting(name, 'Future|Coroutine') for name in given)}]"

    def read_lock(self, given):
        return self.fitting(given, "Lock")

    def identifier(self, part, given):
        if (part, given) not in self.identifiers:
            raise Malformed(f"not one of the {part}: {json.dumps(given)}")
        return self.identifiers[part, given]

    def read_coroutine(self, given):
        self.called.add(given)
        return self.identifier("coroutines", given)

    def read_generator(self, given):
        return self.identifier("generators", given)

    def read_callback(self, given):
        return self.identifier("callbacks", given)

    def read_job(self, given):
        return self.identifier("jobs", given)

    def read_handler(self, given):
        return self.handlers.setdefault(given, f"handler_{self.identifier('coroutines', given)}")

    # Statements.

    def statement(self, statement):
        """The source of one statement."""
        op = statement["op"]
        control = CONTROLS.get(op)
        on = statement.get("on")
        label = f"{op} {on}" if isinstance(on, str) else op
        if statement.get("quiet"):
            label = None
        if control is not None:
            control(self, statement, label)
        elif self.scope.kind == "job":
            self.job_statement(statement, label)
        elif op in language.AWAITED:
            operation = language.choose(language.AWAITED[op], statement)
            self.operation(label, statement, f"await {self.fill(operation, statement)}")
        else:
            if op == "random":
                self.check_random(statement)
            operation = language.choose(language.PLAIN[op], statement)
            source = self.fill(operation, statement)
            if not operation.is_silent:
                self.operation(label, statement, source)
            elif label is not None or not operation.only_prints:
                self.emit(source)

    def operation(self, label, statement, source):
        """An operation with its line, in a `try` with those that stand beside it."""
        if not self.together:
            self.emit("try:")
            self.together = True
        self.lines.append("    " * (self.depth + 1) + f"ended({label!r}, {statement.get('to')!r}, {source})")
        self.labels[len(self.lines)] = label

    def job_statement(self, statement, label):
        """A statement of a function for threads and processes."""
        operation = language.choose(language.JOBS[statement["op"]], statement)
        source = self.fill(operation, statement)
        if operation.has_line:
            self.operation(label, statement, source)
        else:
            self.emit(source)

    # Control.

    def do_try(self, statement, label):
        self.block("try:", statement.get("body", ()))
        handlers = statement.get("except", ())
        for handler in handlers:
            if handler.get("type") not in EXCEPTIONS:
                raise Malformed(f"unknown exception {json.dumps(handler.get('type'))}")
            self.block(
                f"except {handler['type']}:", handler.get("body", ()), first=[f"caught({handler.get('to')!r})"],
            )
        if not handlers and ("else" in statement or "finally" not in statement):
            # What Python has no other way to write: nothing is caught.
            self.block("except ():")
        if "else" in statement:
            self.block("else:", statement["else"])
        if "finally" in statement:
            self.block("finally:", statement["finally"], FINISHING)

    def do_raise(self, statement, label):
        if "error" in statement:
            source = f"raise {self.read_error(statement['error'])}"
        else:
            source = f"raise {self.fitting(statement['on'], 'Error')}" if "on" in statement else "raise"
        self.emit(f"{source} from {self.read_origin(statement['from'])}" if "from" in statement else source)

    def do_return(self, statement, label):
        if self.scope.kind in ("generator", "context"):
            self.emit("return")
        else:
            self.emit(f"return {read_constant(statement.get('value'))}")

    def do_break(self, statement, label):
        self.emit("break")

    def do_continue(self, statement, label):
        self.emit("continue")

    def do_repeat(self, statement, label):
        self.block(f"for _ in range({statement['times']}):", statement.get("body", ()))

    def do_if(self, statement, label):
        name = statement["name"]
        condition = f"number({name!r}) >= {statement['at_least']!r}" if "at_least" in statement else f"value({name!r})"
        self.block(f"if {condition}:", statement.get("then", ()))
        if "else" in statement:
            self.block("else:", statement["else"])

    def managed(self, statement, label, manager, word="async with"):
        """`async with manager as TO`, with its line if an error leaves it."""
        opening = f"{word} {manager}{self.target(' as {}', statement)}:"
        self.guarded(label, lambda: self.block(opening, statement.get("body", ())))

    def target(self, form, statement):
        """`form` around the variable in `to`, if there is one."""
        return form.format(f"variables[{self.read_name(statement['to'])}]") if "to" in statement else ""

    def do_timeout(self, statement, label):
        if "delay" in statement:
            manager = f"timeout({self.read_seconds(statement['delay'])})"
        elif statement["at"] is None:
            manager = "timeout_at(None)"
        else:
            manager = f"timeout_at(loop().time() + {self.read_seconds(statement['at'])})"
        self.managed(statement, label, manager)

    def do_task_group(self, statement, label):
        self.managed(statement, label, "TaskGroup()")

    def do_async_with(self, statement, label):
        (on,) = language.CONTROL["async_with"][0].fields[:1]
        self.managed(statement, label, self.fitting(statement["on"], on.sort))

    def do_with(self, statement, label):
        (on,) = language.CONTROL["with"][0].fields[:1]
        self.managed(statement, label, self.fitting(statement["on"], on.sort), "with")

    def do_context(self, statement, label):
        identifier = f"context{self.context_count}"
        self.context_count += 1
        self.scope.contexts.append((identifier, statement))
        self.managed(statement, label, f"{identifier}()")

    def loop_over(self, statement, opening, iterable):
        """`for TO in iterable`; without a name what comes is dropped."""
        target = self.target("{}", statement)
        self.block(
            f"{opening} {target or '_'} in {iterable}:", statement.get("body", ()), first=() if target else ["del _"],
        )

    def do_for_completed(self, statement, label):
        timeout = self.read_seconds(statement.get("timeout"))
        iterable = f"as_completed({self.read_awaitables(statement['of'])}, timeout={timeout})"
        if statement.get("async"):
            self.guarded(None, lambda: self.loop_over(statement, "async for", iterable))
        else:
            self.loop_over(statement, "for", iterable)

    def do_async_for(self, statement, label):
        if "gen" in statement:
            over = f"{self.read_generator(statement['gen'])}()"
        else:
            over = self.fitting(statement["on"], "AsyncGenerator|Iterator")
        self.loop_over(statement, "async for", over)

    def do_yield(self, statement, label):
        if self.scope.kind != "generator":
            raise Malformed("yield outside of a generator")
        source = f"yield {read_constant(statement.get('value'))}"
        # Not for a line: what is raised there must let go of the generator's frame.
        self.guarded(None, lambda: self.emit(f"store({statement['to']!r}, ({source}))" if "to" in statement else source))

    # Functions.

    def function(self, kind, opening, name, statements, first=()):
        """A function, and those for the contexts in it."""
        outer, self.scope = self.scope, Scope(kind)
        if kind != "job":
            # Jobs keep their identifiers, by which they can be pickled.
            self.functions.append((re.search(r"def (\w+)", opening)[1], name))
        self.block(opening, statements, first)
        contexts, self.scope = self.scope.contexts, outer
        for identifier, statement in contexts:
            self.context(identifier, statement)

    def context(self, identifier, statement):
        """The asynchronous context manager of a `context`."""
        outer, self.scope = self.scope, Scope("context")
        self.functions.append((identifier, "context"))
        self.emit("@asynccontextmanager")
        self.block(f"async def {identifier}():", statement.get("enter", ()))
        self.depth += 1
        self.block("try:", first=["yield"])
        if statement.get("swallow"):
            self.block("except Exception:", first=["caught(None)"])
        self.block("finally:", statement.get("exit", ()), FINISHING)
        self.depth -= 1
        contexts, self.scope = self.scope.contexts, outer
        for inner in contexts:
            self.context(*inner)

    def translate(self):
        """The source, `(identifier, name)` of its functions, and the identifiers of the mains in turn."""
        program = self.program
        mains = program.get("mains", ["main"])
        identifiers = [self.identifier("coroutines", name) for name in mains]
        if mains and program.get("objects"):
            identifiers[0] = "first_main"
            objects = [{"op": "new", **each} for each in program["objects"]]
            self.function("coroutine", "async def first_main():", mains[0], objects + program["coroutines"][mains[0]])
        self.called.update(mains if identifiers[:1] != ["first_main"] else mains[1:])
        for name, body in (program.get("generators") or {}).items():
            # A generator even if it yields nothing.
            first = ["if False:", "    yield"]
            self.function("generator", f"async def {self.identifiers['generators', name]}():", name, body, first)
        for name, body in (program.get("callbacks") or {}).items():
            opening = f"def {self.identifiers['callbacks', name]}(done=None):"
            first = ["if done is not None:", "    store('done', done)", "    del done"]
            self.function("callback", opening, name, body, first)
        for name, body in (program.get("jobs") or {}).items():
            self.function("job", f"def {self.identifiers['jobs', name]}():", name, body)
        self.coroutines(mains[:1] if identifiers[:1] == ["first_main"] else ())
        return "\n".join(self.lines) + "\n", self.functions, list(zip(mains, identifiers))

    def coroutines(self, written):
        """The coroutines, in the forms that they are used in, since each costs time to compile.

        Those that are used in no way, beyond the ones that were written in a form of their own, might be
        something that Python refuses.
        """
        bodies = self.program["coroutines"]
        plain, handlers = set(), set()
        while True:
            if name := next((name for name in self.called if name not in plain), None):
                plain.add(name)
                self.function("coroutine", f"async def {self.identifiers['coroutines', name]}():", name, bodies[name])
            elif name := next((name for name in self.handlers if name not in handlers), None):
                handlers.add(name)
                first = ["store('peer', Stream(reader, writer))", "del reader, writer"]
                opening = f"async def {self.handlers[name]}(reader, writer):"
                self.function("coroutine", opening, name, bodies[name], first)
            elif name := next((name for name in bodies if name not in {*plain, *handlers, *written}), None):
                self.called.add(name)
            else:
                return


# How a field is read, by its sort, and what statements of control become.
READERS = {name.removeprefix("read_"): read for name, read in vars(Translator).items() if name.startswith("read_")}
CONTROLS = {name.removeprefix("do_"): do for name, do in vars(Translator).items() if name.startswith("do_")}


def main():
    """Show the Python of a program."""
    print(Translator(json.load(sys.stdin)).translate()[0], end="")


if __name__ == "__main__":
    main()
