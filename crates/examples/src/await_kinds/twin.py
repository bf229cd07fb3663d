import asyncio

DELAY = 0.6
HEAD_START = 0.0
SUSPENDING = True
OBJECT = "coroutine"


async def fetch(what):
    print(f"{what}: runs in {asyncio.current_task().get_name()}")
    if SUSPENDING:
        await asyncio.sleep(DELAY)
    return f"result of the {what}"


class Download:
    def __init__(self, what):
        self.what = what

    def __await__(self):
        if OBJECT == "coroutine":
            return fetch(self.what).__await__()
        return self.step_by_step()

    def step_by_step(self):
        print(f"{self.what}: a generator, which gives way")
        yield None if OBJECT == "yield" else 42
        return f"result of the {self.what}"


async def inspect(awaitable):
    others = []
    asyncio.get_running_loop().call_soon(others.append, "ran")
    result = await awaitable
    print(f"{result}: {'others ran meanwhile' if others else 'nobody else ran'}")


async def main():
    loop = asyncio.get_running_loop()

    await inspect(fetch("coroutine"))
    try:
        await inspect(Download("object"))
    except RuntimeError as error:
        print(f"RuntimeError: {error}")

    task = asyncio.create_task(fetch("task"), name="fetcher")
    future = loop.create_future()
    loop.call_later(DELAY * 2, future.set_result, "result of the future")
    print("the task and the future are on their way")
    if HEAD_START > 0:
        await asyncio.sleep(HEAD_START)
    await inspect(task)
    await inspect(future)


asyncio.run(main())
