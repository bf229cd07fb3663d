import asyncio

MOMENTS = [0.3, 0.7, 1.2, 1.7]
WORK = 1.5
CANCEL_AFTER = 1.0
CLEANUP = 0.4


def state_of(task):
    if not task.done():
        return "pending (to be cancelled)" if task.cancelling() else "pending"
    if task.cancelled():
        return "cancelled"
    if error := task.exception():
        return f"failed with {error!r}"
    return f"done with {task.result()}"


def show(when, tasks):
    states = [f"{task.get_name()} {state_of(task)}" for task in tasks]
    print(f"{when}: {', '.join(states)}")


async def succeed():
    print(f"while it runs: good {state_of(asyncio.current_task())}")
    await asyncio.sleep(WORK)
    return 42


async def fail():
    await asyncio.sleep(WORK / 3)
    raise ValueError("no")


async def be_cancelled():
    try:
        await asyncio.sleep(WORK * 2)
    finally:
        await asyncio.sleep(CLEANUP)
    return 0


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    good = asyncio.create_task(succeed(), name="good")
    bad = asyncio.create_task(fail(), name="bad")
    stopped = asyncio.create_task(be_cancelled(), name="stopped")
    tasks = [good, bad, stopped]
    loop.call_later(CANCEL_AFTER, stopped.cancel)
    show("created", tasks)
    for moment in sorted(MOMENTS):
        await asyncio.sleep(start + moment - loop.time())
        show(f"{moment:.1f} s", tasks)
    await asyncio.wait(tasks)
    show("at the end", tasks)


asyncio.run(main())
