import asyncio
from contextlib import aclosing

STYLE = "generators"
ITEMS = 8
WANTED = 3
READ = 0.4
SQUARE = 0.5

WRITE = 0.3


async def numbers():
    try:
        for number in range(1, ITEMS + 1):
            await asyncio.sleep(READ)
            print(f"read {number}")
            yield number
    finally:
        print("source closed")


async def squares(source):
    async for number in source:
        await asyncio.sleep(SQUARE)
        print(f"squared {number}")
        yield number * number


async def even(source):
    async for number in source:
        if number % 2 == 0:
            yield number


async def pump(source, queue):
    async with aclosing(source):
        async for number in source:
            await queue.put(number)
    await queue.put(None)


async def in_task(source, name):
    queue = asyncio.Queue(1)
    task = asyncio.create_task(pump(source, queue), name=name)
    try:
        while (number := await queue.get()) is not None:
            yield number
    finally:
        task.cancel()
        await asyncio.wait([task])


def stage(source, name):
    return in_task(source, name) if STYLE == "tasks" else source


async def main():
    written = 0
    async with (
        aclosing(stage(numbers(), "read")) as source,
        aclosing(stage(squares(source), "square")) as squared,
        aclosing(even(squared)) as results,
    ):
        async for number in results:
            await asyncio.sleep(WRITE)
            print(f"wrote {number}")
            written += 1
            if written == WANTED:
                break
    print("all closed")


asyncio.run(main())
