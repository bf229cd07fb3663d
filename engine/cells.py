"""A block of a document: where it ends, and what the blocks before it lend it, as cells of a notebook share names."""

import ast
import builtins

FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | ast.PyCF_ONLY_AST
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def parsed(source):
    """The tree of a text, or None if it is no Python."""
    try:
        return compile(source, "block.py", "exec", FLAGS, dont_inherit=True)
    except (SyntaxError, ValueError):
        return None


def trimmed(source):
    """A text that may go on in prose after its program: as many whole lines as are Python."""
    lines = source.splitlines()
    for count in range(len(lines), 0, -1):
        part = "\n".join(lines[:count]) + "\n"
        tree = parsed(part) if lines[count - 1].strip() else None
        if tree is not None:
            while tree.body and is_prose(tree.body[-1]):
                part = "".join(part.splitlines(True)[: tree.body.pop().lineno - 1])
            return part
    return source


def is_prose(node):
    """Whether a statement does nothing: an item of a list is Python's minus of a name."""
    does = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom)
    return isinstance(node, ast.Expr) and not any(isinstance(each, does) for each in ast.walk(node))


def names(tree):
    """The names that a text uses, and those that it binds anywhere."""
    used, bound = set(), set(dir(builtins)) | {"__name__", "__file__"}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                used.add(name)
            case ast.Name(id=name) | ast.arg(arg=name) | ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                bound.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                bound.add(name)
            case ast.Import(names=found) | ast.ImportFrom(names=found):
                bound.update((each.asname or each.name).partition(".")[0] for each in found)
    return used, bound


def offered(node):
    """The names that a statement at the top of a cell may lend: of definitions, imports, and values that nothing runs for."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Import(names=found) | ast.ImportFrom(names=found):
            return [(each.asname or each.name).partition(".")[0] for each in found]
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            runs = any(isinstance(each, (ast.Call, ast.Await)) for each in ast.walk(value))
            return [] if runs else [name]
    return []


def lent(source, cells):
    """The statements of earlier cells that a text needs, in their order; of several definitions the last counts."""
    offers, order = {}, []
    for cell in cells:
        for node in getattr(parsed(cell), "body", ()):
            order.append(node)
            offers.update((name, node) for name in offered(node))
    needed, todo = set(), [ast.parse("") if (tree := parsed(source)) is None else tree]
    while todo:
        used, bound = names(todo.pop())
        for name in used - bound:
            node = offers.get(name)
            if node is not None and id(node) not in needed:
                needed.add(id(node))
                todo.append(ast.Module([node], []))
    return [node for node in order if id(node) in needed]
