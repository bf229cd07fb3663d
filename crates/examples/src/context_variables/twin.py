import asyncio
from contextvars import ContextVar

WHEN_SET = "in-task"
READING = 0.6
CLIENTS = 2

request = ContextVar("request", default="nobody")


def log(text):
    print(f"[{request.get()}] {text}")


def read_file():
    log("a thread reads the file")


async def check():
    await asyncio.sleep(READING / 3)
    log("checked, in a task of its own")
    request.set("somebody else")
    log("has set it anew, for itself only")


async def answer():
    await asyncio.sleep(READING)
    log("answers, in the coroutine that was awaited")


async def handle(number):
    if WHEN_SET == "in-task":
        request.set(f"request-{number}")
    log("begins")
    await asyncio.to_thread(read_file)
    await asyncio.create_task(check(), name=f"check-{number}")
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
