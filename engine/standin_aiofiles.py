"""Stands in for aiofiles: files in memory, of which each operation takes a part of the time of an answer from elsewhere."""

import asyncio
import builtins
import os as system
import sys
import types

from far import Entered, Settings


async def takes_time():
    """What an operation on a file takes."""
    await asyncio.sleep(Settings.seconds / 10)


class File:
    """A file that is open."""

    def __init__(self, plain):
        self.plain = plain

    name = property(lambda self: self.plain.name)
    mode = property(lambda self: self.plain.mode)
    closed = property(lambda self: self.plain.closed)

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line


def operation(name):
    """An operation of a file."""

    async def operate(self, *arguments):
        await takes_time()
        return getattr(self.plain, name)(*arguments)

    operate.__name__ = name
    return operate


for name in ("read", "readline", "readlines", "write", "writelines", "seek", "tell", "flush", "truncate", "close"):
    setattr(File, name, operation(name))


class Opening(Entered):
    """A file that is to be opened."""

    def __init__(self, *arguments):
        self.arguments = arguments

    async def get(self):
        await takes_time()
        return File(builtins.open(*self.arguments))

    async def leave(self, file):
        await file.close()


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, **others):
    """Open a file."""
    return Opening(file, mode, buffering, encoding, errors, newline)


def of_system(function):
    """A function of `os`, awaited."""

    async def call(*arguments, **options):
        await takes_time()
        return function(*arguments, **options)

    return call


os = types.ModuleType("aiofiles.os")
for name in ("remove", "unlink", "rename", "replace", "mkdir", "makedirs", "rmdir", "listdir", "stat", "scandir"):
    setattr(os, name, of_system(getattr(system, name)))
os.path = types.SimpleNamespace(
    **{name: of_system(getattr(system.path, name)) for name in ("exists", "isfile", "isdir", "getsize")}
)
sys.modules["aiofiles.os"] = os
__path__ = []
