"""Refuses what no program of `cargo xtask differential` has: other fields than the table knows, other things in them.

The other side does the same in `xtask/src/differential/language`.
"""

import json

import language
from depth import is_too_deep
from language import HANDLED, RAISED, fields_of

# Statements that no callback has, besides those that Python itself refuses there.
AWAITING = ("for_completed",)
WITHOUT_VALUE, WITH_VALUE = ("Lock", "Event", "Condition", "TaskGroup", "AsyncExitStack", "ExitStack"), ("Barrier", "ThreadPool", "ProcessPool")


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

    def check(self, given, shape):
        """An object with these fields, and no others."""
        if not isinstance(given, dict):
            raise Malformed(f"not an object: {json.dumps(given)}")
        for name, held in given.items():
            fits = shape.fits.get(name)
            if fits is None:
                raise Malformed(f"unknown field \"{name}\": {json.dumps(given)}")
            if (held is not None or name not in shape.nullable) and fits(self, held) is False:
                raise Malformed(f"\"{name}\" does not hold what fits: {json.dumps(given)}")
        if not shape.required <= given.keys():
            raise Malformed(f"{sorted(shape.required - given.keys())} are missing: {json.dumps(given)}")

    def each(self, given, check):
        return isinstance(given, list) and all(check(one) is not False for one in given)

    def operation(self, given, shapes):
        """A statement, or what is awaited: an object with an `op` of those."""
        op = given.get("op") if isinstance(given, dict) else None
        found = shapes.get(op) if isinstance(op, str) else None
        if found is None:
            raise Malformed(f"no operation that may stand here: {json.dumps(given)}")
        self.check(given, language.choose(found, given))

    # Sorts.

    def text(self, given):
        return isinstance(given, str)

    # Names of what a program has, or of variables, and texts that become bytes.
    name = coroutine = generator = callback = job = handler = kind = method = bytes = text

    def texts(self, given):
        return self.each(given, self.text)

    waited = texts

    def separator(self, given):
        return self.text(given) or self.texts(given)

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

    number = seconds

    def amount(self, given):
        return is_number(given) and self.value(given)

    def value(self, given):
        if isinstance(given, dict):
            return self.check(given, VARIABLE)
        return self.each(given, self.value) if isinstance(given, list) else type(given) is not int or self.whole(given)

    def data(self, given):
        return isinstance(given, (str, dict)) and self.value(given)

    def lines(self, given):
        return self.each(given, self.data)

    def when(self, given):
        return given in ("ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION")

    def run(self, given):
        return given in ("run", "runner", "loop")

    def error(self, given):
        self.check(given, ERROR)

    def origin(self, given):
        """What stands behind `from`: an error, a variable, or nothing."""
        if not isinstance(given, str):
            self.error(given)

    def raised(self, given):
        return given in RAISED

    def said(self, given):
        return isinstance(given, str) and given != ""

    def handled(self, given):
        return given in HANDLED

    def awaitable(self, given):
        if not isinstance(given, str):
            self.operation(given, AWAITABLES)

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
        return self.each(given, lambda clause: inside.check(clause, CLAUSE))

    def statement(self, given):
        self.operation(given, STATEMENTS)
        op = given["op"]
        if (
            (op == "raise" and not self.handles and not {"error", "on"} & set(given))
            or (op == "raise" and "error" in given and "on" in given)
            or (op == "raise" and "from" in given and not {"error", "on"} & set(given))
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
        statement = lambda one: self.operation(one, JOBS)
        return isinstance(given, dict) and all(self.each(body, statement) for body in given.values())

    def objects(self, given):
        return self.each(given, self.made_first)

    def made_first(self, given):
        self.check(given, OBJECT)
        self.made(given)

    def network(self, given):
        self.check(given, NETWORK)


class Shape:
    """The fields of an object."""

    def __init__(self, fields, with_field=None):
        # Those of sorts of objects hold names.
        self.fits = {field.name: Fields.text if field.sort[0].isupper() else getattr(Fields, field.sort) for field in fields}
        self.nullable = {field.name for field in fields if field.is_nullable}
        self.required = {field.name for field in fields if not field.is_optional}
        self.with_field = with_field


def shapes(operations, common="op:text"):
    """The fields of operations by name, with those that all have."""
    common = fields_of(common)
    return {
        op: [Shape([*common, *operation.fields], operation.with_field) for operation in others]
        for op, others in operations.items()
    }


VARIABLE = Shape(fields_of("var:text"))
ERROR = Shape(fields_of("type:raised text?:said"))
CLAUSE = Shape(fields_of("type:handled body:body to?:text"))
OBJECT = Shape([*fields_of("to:text quiet?:flag"), *language.PLAIN["new"][0].fields])
PROGRAM = Shape(language.PROGRAM)
NETWORK = Shape(language.NETWORK)
AWAITABLES = shapes(language.AWAITABLES)
STATEMENTS = shapes(language.STATEMENTS, "op:text to?:kept quiet?:flag")
JOBS = shapes(language.JOBS, "op:text to?:text quiet?:flag")


def check(program):
    """Refuse what is no program of the language, but for names of nothing."""
    Fields().check(program, PROGRAM)
    for part in ("coroutines", "callbacks", "generators"):
        if Fields(part).bodies(program.get(part, {})) is False:
            raise Malformed(f"{part}: not lists of statements by name")
        if any(map(is_too_deep, program.get(part, {}).values())):
            raise Malformed("too deep for CPython")
    mains = program.get("mains", ["main"])
    if not mains:
        raise Malformed("mains: there is none")
