"""The text of a program from a file, with other values for its constants."""

import ast
import math
import re

CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")


class Invalid(Exception):
    """The request or the program cannot be run at all."""


def literal(value, original):
    """Python source for `value` from JSON; lists take the place of tuples where `original` has them."""

    def shaped(item, like):
        if isinstance(item, list):
            inner = like[0] if isinstance(like, (list, tuple)) and like else None
            return (tuple if isinstance(like, tuple) else list)(shaped(each, inner) for each in item)
        if isinstance(item, dict):
            likes = like if isinstance(like, dict) else {}
            return {key: shaped(each, likes.get(key)) for key, each in item.items()}
        if isinstance(item, float) and not math.isfinite(item):
            raise Invalid(f"{item!r} has no literal")
        return item

    return repr(shaped(value, original))


def assigned(tree):
    """The names that a program's top level sets one by one, each with the node that does."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            target = node.target
        else:
            continue
        if isinstance(target, ast.Name):
            yield target.id, node


def substitute(source, path, values):
    """`source` with the literals of its top-level constants replaced; all line numbers stay."""
    try:
        tree = ast.parse(source, path)
    except (SyntaxError, ValueError) as error:
        raise Invalid(f"{type(error).__name__}: {error}") from None
    found = {}
    for name, node in assigned(tree):
        if CONSTANT.fullmatch(name):
            found.setdefault(name, []).append(node)

    lines = source.encode().split(b"\n")
    for name, value in values.items():
        nodes = found.get(name, [])
        if len(nodes) != 1:
            raise Invalid(f"{name} is not a constant of the program" if not nodes else f"{name} is assigned twice")
        node = nodes[0]
        if node.lineno != node.end_lineno:
            raise Invalid(f"{name} does not fit on one line")
        try:
            original = ast.literal_eval(node.value)
        except (ValueError, TypeError):
            raise Invalid(f"{name} is not a literal") from None
        # Column offsets count bytes of UTF-8; what follows the value (a comment) stays.
        at = node.lineno - 1
        line = lines[at]
        opening, closing = node.value.col_offset, node.value.end_col_offset
        prefix, suffix = line[:opening].rstrip(b"( "), line[closing:].lstrip(b") ")
        if not prefix.endswith(b"=") or suffix.rstrip() and not suffix.startswith(b"#"):
            raise Invalid(f"{name} is not written as NAME = literal")
        gap = b"  " if suffix.startswith(b"#") else b""
        lines[at] = prefix + b" " + literal(value, original).encode() + gap + suffix
    return b"\n".join(lines).decode()
