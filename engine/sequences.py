"""Awaits one after the other that may not need each other: where a program has them, and how it reads with them at once.

From the text alone nobody knows whether they need each other: that shows when it is run both ways, which is up to
whoever asks (`crates/causes/src/at_once.rs`). Here it is only seen to that none takes its arguments from the one before.
"""

import ast

# What a program waits for on purpose: a pause, or what others do.
MEANT = frozenset({"sleep", "acquire", "wait", "join", "wait_for_termination"})

# Longer lines are broken.
WIDTH = 100


def names(nodes, context):
    """The names that are loaded, or stored, anywhere in some nodes."""
    return {
        each.id
        for node in nodes
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, context)
    }


def has(nodes, *sorts):
    """Whether there is one of these sorts anywhere in some nodes."""
    return any(isinstance(each, sorts) for node in nodes for each in ast.walk(node))


def awaited(node):
    """The call that an expression awaits, if it is one that can be made at another time."""
    if not isinstance(node, ast.Await) or not isinstance(node.value, ast.Call):
        return None
    call = node.value
    name = getattr(call.func, "attr", None) or getattr(call.func, "id", None)
    if name in MEANT or has([call], ast.Await, ast.NamedExpr, ast.Yield, ast.YieldFrom):
        return None
    return call


def is_plain(target):
    """Whether a target is a name, or several."""
    if isinstance(target, ast.Tuple):
        return all(isinstance(each, ast.Name) for each in target.elts)
    return isinstance(target, ast.Name)


class Text:
    """A program's text, of which parts are replaced."""

    def __init__(self, source):
        self.source = source
        self.lines = source.encode().split(b"\n")

    def of(self, node):
        """The text of a node."""
        return ast.get_source_segment(self.source, node)

    def stands_alone(self, first, last):
        """Whether nothing else is on the lines of these statements."""
        before = self.lines[first.lineno - 1][: first.col_offset]
        after = self.lines[last.end_lineno - 1][last.end_col_offset :].strip()
        return not before.strip() and (not after or after.startswith(b"#"))

    def indent(self, node):
        """What stands before a statement."""
        return " " * node.col_offset if b"\t" not in self.lines[node.lineno - 1] else "\t" * node.col_offset

    def with_lines(self, first, last, text):
        """The program with other lines in place of these statements."""
        lines = [*self.lines[: first.lineno - 1], text.encode(), *self.lines[last.end_lineno :]]
        return b"\n".join(lines).decode()

    def with_part(self, node, text):
        """The program with another text in place of an expression."""
        before = [*self.lines[: node.lineno - 1], self.lines[node.lineno - 1][: node.col_offset]]
        after = [self.lines[node.end_lineno - 1][node.end_col_offset :], *self.lines[node.end_lineno :]]
        return (b"\n".join(before) + text.encode() + b"\n".join(after)).decode()


def gathered(text, indent, calls, targets):
    """A statement that makes calls at once."""
    left = ", ".join(f"({text.of(each)})" if isinstance(each, ast.Tuple) else each.id if each else "_" for each in targets)
    start = f"{indent}{left} = await asyncio.gather(" if any(targets) else f"{indent}await asyncio.gather("
    calls = [text.of(call) for call in calls]
    line = start + ", ".join(calls) + ")"
    if len(line) <= WIDTH and "\n" not in line:
        return line
    return start + "".join(f"\n{indent}    {call}," for call in calls) + f"\n{indent})"


def statements(text, body):
    """Statements in a row that await calls none of which is given what another has brought."""
    group = []

    def told():
        first, last = group[0][0], group[-1][0]
        return {
            "line": first.lineno,
            "to": last.end_lineno,
            "source": text.with_lines(
                first, last, gathered(text, text.indent(first), [call for _, call, _ in group], [t for *_, t in group])
            ),
        }

    for node in [*body, None]:
        target, call = None, None
        if isinstance(node, ast.Expr):
            call = awaited(node.value)
        elif isinstance(node, ast.Assign) and len(node.targets) == 1 and is_plain(node.targets[0]):
            target, call = node.targets[0], awaited(node.value)
        if call is not None and not text.stands_alone(node, node):
            call = None
        bound = names([each for *_, each in group if each], ast.Store)
        if call is None or names([call], ast.Load) & bound:
            if len(group) > 1:
                yield told()
            group = []
        if call is not None:
            group.append((node, call, target))


def free(base, tree):
    """A name that a program does not have."""
    taken = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    while base in taken:
        base += "_"
    return base


def occurrences(node):
    """The names in a node in the order of the text; where a line has several, those first that are loaded."""
    found = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
    return sorted(found, key=lambda each: (each.lineno, isinstance(each.ctx, ast.Store), each.col_offset))


def loaded_first(found):
    """Those of these names whose value from before is used."""
    first = {}
    for each in found:
        first.setdefault(each.id, isinstance(each.ctx, ast.Load))
    return {name for name, loaded in first.items() if loaded}


def loop(text, function, node):
    """A loop that awaits in each of its rounds what no other round has brought."""
    body = node.body
    if node.orelse or not is_plain(node.target) or not text.stands_alone(node, node) or node.lineno == body[0].lineno:
        return None
    leaving = (ast.Break, ast.Continue, ast.Return, ast.Yield, ast.YieldFrom, ast.AsyncFor, ast.AsyncWith)
    if has(body, *leaving) or not has(body, ast.Await):
        return None
    own, bound = names([node.target], ast.Store), names(body, ast.Store)
    indent, target, over = text.indent(node), text.of(node.target), text.of(node.iter)
    first = body[0]
    awaits = [each for each in ast.walk(first) if isinstance(each, ast.Await)]
    call = awaited(awaits[0]) if len(awaits) == 1 else None
    simple = isinstance(first, (ast.Expr, ast.Assign, ast.AugAssign))
    if simple and call and not has(body[1:], ast.Await) and not names([call], ast.Load) & (bound - own):
        calls = f"await asyncio.gather(*[{text.of(call)} for {target} in "
        if len(body) == 1 and isinstance(first, ast.Expr) and first.value is awaits[0]:
            return text.with_lines(node, node, f"{indent}{calls}{over}])")
        # What comes of each is dealt with in the old order.
        result = free("result", function)
        items = over if isinstance(node.iter, (ast.Name, ast.List, ast.Tuple)) else free("items", function)
        setup = "" if items == over else f"{indent}{items} = list({over})\n"
        head = f"{indent}for {f'({target})' if isinstance(node.target, ast.Tuple) else target}, {result} in "
        head = f"{setup}{head}zip({items}, {calls}{items}])):"
        part = text.with_part(awaits[0], result).split("\n")
        tail = len(text.lines) - node.end_lineno
        inside = part[first.lineno - 1 : len(part) - tail]
        return text.with_lines(node, node, "\n".join([head, *inside]))
    # Each round becomes a coroutine of its own: what it binds must be of no use to other rounds, nor after the loop.
    after = [each for each in occurrences(function) if each.lineno > node.end_lineno]
    carried = loaded_first(occurrences(ast.Module(body, []))) | loaded_first(after)
    if carried & (bound - own) or loaded_first(after) & own or has(body, ast.AugAssign):
        return None
    if not any(isinstance(each, ast.Await) and awaited(each) for part in body for each in ast.walk(part)):
        return None
    name = free("each", function)
    parameters = ", ".join(each.id for each in ast.walk(node.target) if isinstance(each, ast.Name))
    lines = [line.decode() for line in text.lines[body[0].lineno - 1 : node.end_lineno]]
    head = f"{indent}async def {name}({parameters}):"
    last = f"{indent}await asyncio.gather(*[{name}({parameters}) for {target} in {over}])"
    return text.with_lines(node, node, "\n".join([head, *lines, last]))


def comprehension(text, node):
    """A list of what calls bring that are awaited one after the other."""
    call = awaited(node.elt)
    awaits = sum(isinstance(each, ast.Await) for each in ast.walk(node))
    if call is None or awaits != 1 or any(each.is_async for each in node.generators):
        return None
    start = text.of(node)
    offset = len(text.of(node.elt)) + start.index(text.of(node.elt))
    return text.with_part(node, f"await asyncio.gather(*[{text.of(call)}{start[offset:]})")


def found(tree, source, most=12):
    """The places of a program, in order, each with its first line, its last, and the whole program with the awaits of it
    at once; each of them is Python."""
    text, places = Text(source), []
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)]
    for function in [*functions, tree]:
        inner = {
            id(each)
            for other in ast.walk(function)
            if other is not function and isinstance(other, (ast.AsyncFunctionDef, ast.FunctionDef, ast.Lambda, ast.ClassDef))
            for each in ast.walk(other)
        }
        for node in ast.walk(function):
            if id(node) in inner:
                continue
            for field in ("body", "orelse", "finalbody"):
                if isinstance(body := getattr(node, field, None), list):
                    places.extend(statements(text, body))
            rewritten = None
            if isinstance(node, ast.For):
                rewritten = loop(text, function, node)
            elif isinstance(node, ast.ListComp):
                rewritten = comprehension(text, node)
            if rewritten is not None:
                places.append({"line": node.lineno, "to": node.end_lineno, "source": rewritten})
    places.sort(key=lambda place: (place["line"], place["to"]))
    return [place for place in places if is_python(place["source"])][:most]


def is_python(source):
    """Whether a text can be compiled."""
    try:
        compile(source, "sequences", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True
