"""Code as it is pasted from a tutorial or a notebook: what it lacks to be a program, and how it runs all the same.

Line numbers stay. What is added is told, so that the reader can be offered it.
"""

import ast
import asyncio
import builtins
import inspect

import standins

# Modules whose names mean nothing else in programs of this kind.
MODULES = frozenset(
    "asyncio collections concurrent contextlib contextvars dataclasses datetime functools itertools json logging math os "
    "queue random re signal socket string sys threading time traceback types typing uuid warnings weakref".split()
)


def missing_modules(tree):
    """Modules that a program uses by their names and does not import, in the order of their names."""
    used, bound = set(), set(dir(builtins))
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                used.add(name)
            case ast.Name(id=name):
                bound.add(name)
            case ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                bound.add(name)
            case ast.ClassDef(name=name) | ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                bound.add(name)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                bound.update((each.asname or each.name).partition(".")[0] for each in names)
    return sorted((used - bound) & MODULES)


def has_await(node):
    """Whether a statement at the top awaits something itself."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
        return False
    if isinstance(node, (ast.Await, ast.AsyncFor, ast.AsyncWith)) or getattr(node, "is_async", 0):
        return True
    return any(map(has_await, ast.iter_child_nodes(node)))


def called_main(tree):
    """The name of the coroutine function without parameters that a program defines last, if it calls nothing at all
    that it defines: a listing that leaves the call out."""
    functions = [node for node in tree.body if isinstance(node, ast.AsyncFunctionDef)]
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
            continue
        if any(isinstance(each, (ast.Call, ast.Await)) for each in ast.walk(node)):
            return None
    for node in reversed(functions):
        arguments = node.args
        needed = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
        is_generator = any(isinstance(each, (ast.Yield, ast.YieldFrom)) for each in ast.walk(node))
        if needed == 0 and not arguments.kwonlyargs and not node.decorator_list and not is_generator:
            return node.name
    return None


class Pasted:
    """A program, compiled so that it runs."""

    def __init__(self, source, path, lent=()):
        tree = ast.parse(source, path)
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id="OSError" | "IOError") as name):
                    # By the numbers of Linux (`linux.py`).
                    name.id = "_os_error"
        # What cells before it lend it (`cells.py`), which is of another text.
        self.lent = ast.Module(list(lent), [])
        self.imports = missing_modules(ast.Module([*lent, *tree.body], []))
        self.standins = standins.used([self.lent, tree])
        self.call = called_main(tree)
        self.awaits = any(map(has_await, tree.body))
        # Runs of statements that await, and of those that do not.
        self.parts = []
        for node in tree.body:
            is_async = has_await(node)
            if not self.parts or self.parts[-1][0] != is_async:
                self.parts.append((is_async, []))
            self.parts[-1][1].append(node)
        if not self.parts:
            self.parts.append((False, []))
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        self.codes = []
        for is_async, body in self.parts:
            module = ast.Module(body, [])
            self.codes.append((is_async, compile(module, path, "exec", flags if is_async else 0, dont_inherit=True)))

    def added(self):
        """What was done for it, for the first line of the trace."""
        added = {"imports": self.imports, "call": self.call, "await": self.awaits, "standins": self.standins}
        return {name: value for name, value in added.items() if value}

    def run(self, namespace):
        """Run it: as a notebook does, where it awaits at the top, all in one loop; else as Python does."""
        for name in self.imports:
            namespace[name] = __import__(name)
        exec(compile(self.lent, "cells before", "exec", dont_inherit=True), namespace)
        if not self.awaits:
            for _, code in self.codes:
                exec(code, namespace)
            if self.call is not None:
                asyncio.run(namespace[self.call]())
            return
        if self.calls_run():
            # Cells that were tried in different places.
            with asyncio.Runner() as runner:
                for is_async, code in self.codes:
                    if is_async:
                        runner.run(eval(code, namespace))
                    else:
                        exec(code, namespace)
            return

        async def notebook():
            for is_async, code in self.codes:
                result = eval(code, namespace)
                if inspect.iscoroutine(result):
                    await result

        asyncio.run(notebook())

    def calls_run(self):
        """Whether a statement at the top starts a loop itself."""
        nodes = [node for _, body in self.parts for each in body for node in ast.walk(each)]
        return any(isinstance(node, ast.Attribute) and node.attr in ("run", "run_until_complete") for node in nodes)
