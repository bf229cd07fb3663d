import asyncio
from contextlib import asynccontextmanager

STYLE = "class"
OPEN = 0.3
WORK = 1.0
CLOSE = 0.4
CANCEL_AT = 0.8


class Connection:
    def __init__(self, name):
        self.name = name

    async def __aenter__(self):
        await asyncio.sleep(OPEN)
        print(f"{self.name}: open")
        return self

    async def __aexit__(self, error_type, error, traceback):
        print(f"{self.name}: closing")
        await asyncio.sleep(CLOSE)
        print(f"{self.name}: closed")
        return False


@asynccontextmanager
async def connection(name):
    await asyncio.sleep(OPEN)
    print(f"{name}: open")
    try:
        yield name
    finally:
        print(f"{name}: closing")
        await asyncio.sleep(CLOSE)
        print(f"{name}: closed")


async def work(name):
    context = Connection(name) if STYLE == "class" else connection(name)
    async with context:
        await asyncio.sleep(WORK)
        if name == "failing":
            raise ValueError("bad answer")
    print(f"{name}: after the block")


async def main():
    names = ["fine", "failing", "cancelled"]
    tasks = [asyncio.create_task(work(name), name=name) for name in names]
    await asyncio.sleep(CANCEL_AT)
    tasks[2].cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    for name, result in zip(names, results):
        print(f"{name} ended with {result!r}")


asyncio.run(main())
