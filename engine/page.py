"""A program of the reader's in the page: what is wrong with its text, its constants, its run.

All is told as text, with a record separator after each: objects of JSON, and the trace (docs/trace.md) as the engine has it.
"""

import ast
import json
import os
import re
import traceback

import cells
import engine
import runs
import sequences
from source import assigned

# `# 0..5 step 0.1` after a constant says between which values it may be, and how far apart.
NUMBER = r"-?\d+(?:\.\d+)?"
RANGE = re.compile(rf"#.*?({NUMBER})\s*\.\.\s*({NUMBER})(?:\s+step\s+({NUMBER}))?")


def sensible(value):
    """The range of a constant of which nothing is said: least, most, step."""
    if isinstance(value, int):
        return (min(0, 2 * value), max(10, 2 * value), 1)
    most = max(1.0, 2 * abs(value))
    return (-most if value < 0 else 0.0, most, 0.05 if most <= 2 else 0.1 if most <= 20 else most / 200)


def literal(node):
    """The value of a number, a truth value or a short list of numbers as it stands in a text; None for anything else."""
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return None
    if type(value) in (list, tuple):
        is_short = 0 < len(value) <= 12 and not (type(value) is tuple and type(node) is not ast.Tuple)
        return value if is_short and all(type(each) in (int, float) and abs(each) < 1e300 for each in value) else None
    return value if type(value) in (int, float, bool) and abs(value) < 1e300 else None


def constants(tree, source):
    """The constants at the top of a program: capitals, and set to a number or a truth value."""
    lines = source.splitlines()
    found = {}
    for name, node in assigned(tree):
        if not name.isupper() or node.value.lineno != node.value.end_lineno:
            continue
        value, place = literal(node.value), node.value
        if value is None or value != value:
            continue
        line = lines[place.lineno - 1].encode()
        entry = {
            "name": name,
            "value": value,
            "line": place.lineno,
            "column": len(line[: place.col_offset].decode()),
            "end": len(line[: place.end_col_offset].decode()),
        }
        if type(value) in (list, tuple):
            entry["brackets"] = "[]" if type(value) is list else "()"
        elif type(value) is not bool:
            said = RANGE.search(line[place.end_col_offset :].decode())
            least, most, step = (float(n) if n else None for n in said.groups()) if said else sensible(value)
            if step is None:
                step = 1 if isinstance(value, int) else (most - least) / 100
            entry |= {"min": least, "max": most, "step": step, "whole": isinstance(value, int)}
        # Of several the last counts, as in Python.
        found[name] = entry
    return list(found.values())


def place_of(error):
    """Where a text is no Python, for whoever marks it: lines and columns count from 1."""
    return {
        "line": error.lineno,
        "column": error.offset,
        "end_line": error.end_lineno,
        "end_column": error.end_offset,
    }


# Lines of a notebook, of a terminal and of Python's own prompt.
NO_PYTHON = re.compile(r"\s*(?:([!%]+\w+)|(?:\$\s*)?((?:pip3?|conda|uv|python3?)\s+[-\w]+)|(>>>|\.\.\.(?=\s)|(?:In|Out)\s*\[))")


def elsewhere(error, source):
    """What to say where a line is no Python since it is for something else."""
    lines = source.splitlines()
    found = NO_PYTHON.match(lines[error.lineno - 1]) if error.lineno and error.lineno <= len(lines) else None
    if found is None:
        return None
    magic, command, prompt = found.groups()
    if magic:
        return f"{magic} is for a notebook, no Python"
    return f"{command} is for a terminal, no Python" if command else f"{prompt} is a prompt, no Python"


def tell_lines_of_errors(path, tell):
    """Tell the line of the program at which an exception that it does not handle was raised."""

    plain = runs.execute

    def execute(run, recorder):
        def watched(namespace):
            try:
                run(namespace)
            except BaseException as error:
                lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
                # The error goes on; its own frames are what they were.
                if lines:
                    tell(json.dumps({"raised_at": lines[-1]}))
                raise

        return plain(watched, recorder)

    runs.execute = execute


def run(path, to, over=None):
    """Run the program of the request that lies at `path`, and tell what comes of it in the file `to`.

    The request is an object with `name`, `source`, `set`, `network`, and what else `engine.run` takes; with `trim` the
    program ends where its text is no Python any more; with `sequences` it is only told where it awaits one thing after the other
    (`sequences.py`). `over` is called when all is told: the process
    then ends on whichever stack it is on.
    """
    output = os.open(to, os.O_WRONLY | os.O_APPEND)

    def tell(text):
        data = text.encode("utf-8", "surrogateescape") + b"\x1e"
        while data:
            data = data[os.write(output, data) :]

    with open(path, encoding="utf-8") as file:
        text = file.read()
    request = json.loads(text)
    if request.get("trim"):
        request["source"] = cells.trimmed(request["source"])
        text = json.dumps(request)
    source, name = request["source"], request["name"]
    os.unlink(path)
    try:
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        tree = compile(source, name, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        tell(json.dumps({"constants": constants(tree, source)}))
        compile(tree, name, "exec", flags, dont_inherit=True)
        if request.get("sequences"):
            tell(json.dumps({"sequences": sequences.found(tree, source)}))
            return
    except SyntaxError as error:
        tell(json.dumps({"refused": "syntax", "text": elsewhere(error, source) or error.msg, **place_of(error)}))
        return
    except (ValueError, RecursionError, MemoryError) as error:
        tell(json.dumps({"refused": "syntax", "text": str(error)}))
        return
    tell_lines_of_errors(os.path.join("/program", name), tell)

    def answer(text):
        tell(text)
        if over is not None:
            over()

    engine.run(text, answer)
