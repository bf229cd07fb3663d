"""The differential language, as its table tells: `xtask/differential/language.json`.

What a row says is explained in `xtask/differential/LANGUAGE.md`. `fields` refuses what the table does not know,
`translate` makes the Python of it.
"""

import json
import pathlib
import re

PATH = pathlib.Path(__file__).parent.parent / "differential" / "language.json"
TABLE = json.loads(PATH.read_text(encoding="utf-8"))

# In a template: a field, with sorts of objects behind the colon if not all of the field's will do.
PLACE = re.compile(r"\{(\w+)(?::([\w|]+))?\}")


class Field:
    """A field of an operation."""

    def __init__(self, text):
        name, _, sort = text.partition(":")
        sort, is_default, default = sort.partition("=")
        self.name = name.removesuffix("?")
        self.is_optional = name.endswith("?")
        self.is_nullable = sort.startswith("~")
        self.sort = sort.removeprefix("~")
        # What holds where it is left out.
        self.default = json.loads(default) if is_default else None
        # What stands in the place of the field then: with a default as if that were written.
        self.has_default = bool(is_default)


def fields_of(text):
    """The fields that a row lists."""
    return [Field(each) for each in text.split()]


class Operation:
    """A row of the table, or the rows with the same Python."""

    def __init__(self, row):
        self.op = row["op"]
        # The field that makes it this operation and not another of the same name.
        self.with_field = row.get("with")
        self.fields = fields_of(row["fields"])
        # Whether it writes no line of how it ended; whether all it does is to write one.
        self.is_silent = row.get("silent", False) or row.get("prints", False)
        self.only_prints = row.get("prints", False)
        # Whether, in a job, it writes one.
        self.has_line = row.get("line", False)
        # Whether a process can do it.
        self.fits_process = row.get("process", False)
        python = row.get("python", [])
        if isinstance(python, str):
            python = [["", python]]
        # `(fields that have to be there, template)`, the first that fits counts.
        self.templates = [(wanted.split(), self.template(text)) for wanted, text in python]

    def template(self, text):
        """A template as pieces of source, each with the field behind it and the sort that it is read by."""
        pieces, end, fields = [], 0, {field.name: field for field in self.fields}
        for match in PLACE.finditer(text):
            field = fields[match[1]]
            pieces.append((text[end : match.start()], field, match[2] or field.sort))
            end = match.end()
        return pieces, text[end:]


def operations(part):
    """The operations of a part of the table, by name, each with the ones that a field makes of it."""
    found = {}
    for row in TABLE[part]:
        operation = Operation(row)
        others = found.setdefault(operation.op, [])
        # Those with a field that makes them come before the one without.
        others.insert(0 if operation.with_field else len(others), operation)
    return found


def choose(others, statement):
    """The operation that a statement is, of those of its name."""
    for operation in others:
        if operation.with_field is None or operation.with_field in statement:
            return operation
    return others[-1]


AWAITED = operations("awaited")
PLAIN = operations("plain")
CONTROL = operations("control")
JOBS = operations("jobs")
# `await` awaits an awaitable; it is none itself.
AWAITABLES = {op: others for op, others in AWAITED.items() if op != "await"}
STATEMENTS = {**AWAITED, **PLAIN, **CONTROL}

KINDS = TABLE["kinds"]
RAISED = TABLE["raised"]
HANDLED = RAISED + TABLE["handled"]
PROGRAM = fields_of(TABLE["program"])
NETWORK = fields_of(TABLE["network"])
