"""Small stand-ins for libraries that programs about asyncio use, so that these can be seen run.

Each is a module `standin_NAME.py` beside this one, in our own words: what the documents use of it, over the network in
memory and its machines elsewhere (`far.py`). What is told of a run names those that its program imports.
"""

import ast
import importlib.abc
import importlib.machinery
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


def complete(name, refusing):
    """Refuse by name what the library may have and its stand-in has not: an error in its stead would be none of CPython's."""

    def missing_of(prefix):
        def missing(attribute):
            if not attribute.startswith("_"):
                refusing(f"there is no {prefix}.{attribute}")()
            raise AttributeError(attribute)

        return missing

    def missing_in(kind, prefix):
        def missing(value, attribute):
            # Those that a program derives from it are its own.
            if type(value) is kind and not attribute.startswith("_"):
                refusing(f"there is no {prefix}.{attribute}")()
            raise AttributeError(f"{type(value).__name__!r} object has no attribute {attribute!r}", name=attribute, obj=value)

        return missing

    for known, module in list(sys.modules.items()):
        if known != name and not known.startswith(f"{name}."):
            continue
        module.__path__ = []
        module.__getattr__ = missing_of(known)
        for each in list(vars(module).values()):
            own = isinstance(each, type) and each.__module__ == module.__name__ and not issubclass(each, BaseException)
            if own and not hasattr(each, "__getattr__"):
                each.__getattr__ = missing_in(each, f"{known}.{each.__name__}")


class Loader(importlib.machinery.SourceFileLoader):
    """Loads one, and sees to it that what it lacks is said."""

    def __init__(self, name, path, refusing):
        super().__init__(name, path)
        self.refusing = refusing

    def exec_module(self, module):
        """As from any file."""
        super().exec_module(module)
        complete(module.__name__, self.refusing)


class Finder(importlib.abc.MetaPathFinder):
    """Finds them by the libraries' names."""

    def __init__(self, refusing):
        self.refusing = refusing

    def find_spec(self, name, path, target=None):
        """The stand-in, if there is one."""
        if name.partition(".")[0] not in NAMES:
            return None
        if name not in NAMES:
            self.refusing(f"there is no {name}")()
        origin = importlib.util.find_spec(f"standin_{name}").origin
        return importlib.util.spec_from_file_location(name, origin, loader=Loader(name, origin, self.refusing))


def install(refusing):
    """Let programs import them, where there is nothing else of that name; what they lack is refused."""
    sys.meta_path.append(Finder(refusing))
