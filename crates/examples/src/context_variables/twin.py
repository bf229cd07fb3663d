import asyncio
from contextvars import ContextVar

WHEN_SET = "in-task"
CHECKED_BY = "task"
READING = 0.6
CLIENTS = 2

request = ContextVar("request", default="nobody")


def log(text):
    print(f"[{request.get()}] {text}")


def read_file():
    log("a thread reads the file")


async def check():
    await asyncio.sleep(READING / 3)
    log("check: has it too")
    request.set("somebody else")
    log("check: has set it anew")


async def checks():
    await check()
    yield "checked, by a generator"


async def answer():
    await asyncio.sleep(READING)
    log("answers, in the coroutine that was awaited")


async def handle(number):
    if WHEN_SET == "in-task":
        request.set(f"request-{number}")
    log("begins")
    await asyncio.to_thread(read_file)
    if CHECKED_BY == "task":
        await asyncio.create_task(check(), name=f"check-{number}")
    elif CHECKED_BY == "gather":
        await asyncio.gather(check())
    elif CHECKED_BY == "wait_for":
        await asyncio.wait_for(check(), 5.0)
    elif CHECKED_BY == "generator":
        async for text in checks():
            log(text)
    else:
        await check()
    log("goes on")
    await asyncio.wait_for(answer(), 5.0)
    asyncio.get_running_loop().call_soon(log, "is told in a callback")


async def main():
    tasks = []
    for number in range(CLIENTS):
        if WHEN_SET == "in-main":
            request.set(f"request-{number}")
        tasks.append(asyncio.create_task(handle(number), name=f"handle-{number}"))
    if WHEN_SET == "too-late":
        request.set("too late")
    await asyncio.gather(*tasks)
    await asyncio.sleep(0)
    log("main ends")


asyncio.run(main())
