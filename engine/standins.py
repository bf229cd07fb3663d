"""Small stand-ins for libraries that programs about asyncio use, so that these can be seen run.

Each is a module `standin_NAME.py` beside this one, in our own words: what the documents use of it, over the network in
memory and its machines elsewhere (`far.py`). What is told of a run names those that its program imports.
"""

import ast
import importlib.abc
import importlib.util
import sys

NAMES = ("aiofiles", "aiohttp", "asyncpg", "bs4", "httpx", "requests", "websockets")


def used(trees):
    """Which of them programs import, in the order of their names."""
    found = set()
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found.update(each.name.partition(".")[0] for each in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return sorted(found.intersection(NAMES))


class Finder(importlib.abc.MetaPathFinder):
    """Finds them by the libraries' names."""

    def find_spec(self, name, path, target=None):
        """The stand-in, if there is one."""
        if name not in NAMES:
            return None
        spec = importlib.util.find_spec(f"standin_{name}")
        return importlib.util.spec_from_file_location(name, spec.origin)


def install():
    """Let programs import them, where there is nothing else of that name."""
    sys.meta_path.append(Finder())
