import asyncio
import time

WHERE = "thread"
DEFAULT = False
LINES = 2
READ = 0.3


def read_next(lines):
    time.sleep(READ)
    return next(lines, None) if DEFAULT else next(lines)


async def read_in_coroutine(lines):
    await asyncio.sleep(READ)
    return next(lines, None) if DEFAULT else next(lines)


async def read(lines):
    if WHERE == "thread":
        return await asyncio.to_thread(read_next, lines)
    return await read_in_coroutine(lines)


async def main():
    lines = iter([f"line {number}" for number in range(1, LINES + 1)])
    try:
        while (line := await read(lines)) is not None:
            print(f"main: {line}")
        print("main: None, the end")
    except StopIteration:
        print("main: StopIteration, the end")
    except RuntimeError as error:
        print(f"main: RuntimeError: {error}")
        print(f"main: caused by {error.__cause__!r}")


asyncio.run(main())
