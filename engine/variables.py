"""Local variables of a program where its tasks stand, as short texts, told with each suspension.

Nothing of the program's runs for it: values are written by what they are, never by a `repr` of the program's, and nothing
of them is kept but the text.
"""

import asyncio
import enum
import json
import types

import coroscope
import recorder

# How much is shown: variables, characters of each, things in a container, containers in one another.
VARIABLES, LENGTH, THINGS, DEPTH = 12, 60, 4, 2
# All that is told of one run, in characters.
TOTAL = 2_000_000
# What is no state of a program.
LEFT_OUT = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType, type)
PLAIN = (int, float, complex, bool, type(None), range)
BRACKETS = {list: "[]", tuple: "()", set: "{}", frozenset: "{}"}


def cut(text):
    """A text of at most so many characters."""
    return text if len(text) <= LENGTH else text[: LENGTH - 1] + "…"


def several(things, count, write):
    """Some of several things."""
    written = [write(each) for _, each in zip(range(THINGS), things)]
    return ", ".join([*written, "…"] if count > THINGS else written)


def written(value, depth=0):
    """A value as a short text."""
    kind = type(value)
    if kind in PLAIN:
        return repr(value) if kind is not int or abs(value) < 10**40 else "int"
    if kind in (str, bytes, bytearray):
        return repr(value if len(value) <= LENGTH else value[:LENGTH])
    if kind in BRACKETS:
        if depth == DEPTH:
            return "…"
        opening, closing = BRACKETS[kind]
        inside = several(value, len(value), lambda each: written(each, depth + 1))
        return f"{opening}{inside}{',' if kind is tuple and len(value) == 1 else ''}{closing}" if value or kind in (list, tuple) else f"{kind.__name__}()"
    if kind is dict:
        if depth == DEPTH:
            return "…"
        return f"{{{several(value.items(), len(value), lambda item: f'{written(item[0], depth + 1)}: {written(item[1], depth + 1)}')}}}"
    if issubclass(kind, enum.Enum):
        return f"{kind.__name__}.{value._name_}"
    if issubclass(kind, BaseException):
        return f"{kind.__name__}({several(value.args, len(value.args), lambda each: written(each, depth + 1))})"
    if kind is asyncio.Task:
        return f"Task {value.get_name()!r}"
    if kind is types.CoroutineType:
        return f"coroutine {value.__name__}()"
    return instance(value, kind, depth)


def instance(value, kind, depth):
    """An object by its class, and what it has; of what is not the program's, the class alone."""
    attributes = None
    if kind.__module__ == "__main__" and depth < DEPTH:
        try:
            attributes = object.__getattribute__(value, "__dict__")
        except AttributeError:
            # It has slots.
            pass
    if type(attributes) is not dict:
        return kind.__name__
    shown = [(name, each) for name, each in attributes.items() if type(name) is str and not isinstance(each, LEFT_OUT)]
    return f"{kind.__name__}({several(shown, len(shown), lambda item: f'{item[0]}={written(item[1], depth + 1)}')})"


def variables(frame):
    """The variables of a frame by their names."""
    found = {}
    for name, value in frame.f_locals.items():
        if name.startswith(("_", ".")) or isinstance(value, LEFT_OUT):
            continue
        if len(found) == VARIABLES:
            found["…"] = ""
            break
        found[name] = cut(written(value))
    return found


class Recorder(recorder.Recorder):
    """Tells them, as `locals` of a suspension; of a task for which they are what they were, no more."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.last, self.told_of, self.where = {}, 0, None

    def suspend(self, record, coroutine, yielded):
        """A task has handed `yielded` to the loop."""
        self.where = record.number
        super().suspend(record, coroutine, yielded)

    def waits(self, coroutine, yielded):
        """What a task waits for, where it stands, and what it has there."""
        fields = super().waits(coroutine, yielded)
        if self.told_of > TOTAL:
            return fields
        at = None
        for frame in coroscope.frames(coroutine):
            if frame.f_code.co_filename == self.path:
                at = frame
        try:
            text = "{}" if at is None else json.dumps(variables(at), separators=(",", ":"))
        except Exception:
            # Of classes that are made to look like others.
            text = "{}"
        if self.last.get(self.where) == text:
            return fields
        self.last[self.where] = text
        self.told_of += len(text)
        return f'{fields},"locals":{text}'
