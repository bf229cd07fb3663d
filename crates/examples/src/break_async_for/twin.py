import asyncio
from contextlib import aclosing
from contextvars import ContextVar

CLOSE = "break"
WANTED = 2
PACE = 0.4
CLEANUP = 0.3
AFTER = 1.02

user = ContextVar("user", default="nobody")
kept = []


async def rows():
    token = user.set("rows")
    try:
        for number in range(1, 5):
            await asyncio.sleep(PACE)
            yield number
    finally:
        task = asyncio.current_task().get_name()
        print(f"rows: closing in {task}, for {user.get()}")
        try:
            user.reset(token)
        except ValueError:
            print("rows: ValueError, the variable was set in another context")
        await asyncio.sleep(CLEANUP)
        print("rows: closed")


async def take(source):
    async for number in source:
        print(f"handler: row {number}")
        if number == WANTED:
            break
    print("handler: has left the loop")


async def handle():
    user.set("ann")
    if CLOSE == "aclosing":
        async with aclosing(rows()) as source:
            await take(source)
    elif CLOSE == "kept":
        kept.append(rows())
        await take(kept[0])
    else:
        await take(rows())
    print(f"handler: ends, for {user.get()}")


async def main():
    await asyncio.create_task(handle(), name="handler")
    print("main: the handler is done")
    await asyncio.sleep(AFTER)
    print("main: ends")


asyncio.run(main())
