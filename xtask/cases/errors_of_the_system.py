"""Errors with Linux's numbers, also those that a program makes by number, and files that are not there."""

import asyncio
import errno
import os
import pathlib
import tempfile


def attempt(what, *arguments):
    try:
        return what(*arguments)
    except OSError as error:
        return type(error).__name__, error.errno, error.strerror


async def main():
    for number in (errno.ENOENT, 13, errno.ECONNREFUSED, 14, 17, 20, 32, 99, 110, 10):
        try:
            raise OSError(number, os.strerror(number), "name")
        except OSError as error:
            print(repr(error), error, error.args, error.errno == number)
    for error in (OSError(), OSError("text"), IOError(2, "words"), OSError(None, "none"), ConnectionResetError(104, "gone")):
        print(repr(error), error, error.errno)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        file = folder / "file"
        print(file.exists(), await asyncio.to_thread(file.write_text, "text"), file.exists(), file.is_dir())
        print(attempt(file.mkdir), attempt(os.listdir, file), attempt(open, folder), attempt(open, file, "x"))
        (folder / "in" / "it").mkdir(parents=True, exist_ok=True)
        print(attempt(os.rmdir, folder / "in"), attempt(os.open, folder / "none", os.O_RDONLY), attempt((file / "below").stat))
    print(folder.exists(), attempt(folder.stat))


asyncio.run(main())
