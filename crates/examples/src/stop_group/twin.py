import asyncio

WAY = "raise"
STOP_AT = 1.0
CLEANUP = 0.3
WORKERS = 3


class StopGroup(Exception):
    pass


async def worker(name):
    rounds = 0
    try:
        while True:
            await asyncio.sleep(0.33)
            rounds += 1
    finally:
        await asyncio.sleep(CLEANUP)
        print(f"{name}: stopped after {rounds} rounds")


async def raise_to_stop():
    raise StopGroup


async def by_raising():
    try:
        async with asyncio.TaskGroup() as group:
            for number in range(WORKERS):
                group.create_task(worker(f"worker-{number}"), name=f"worker-{number}")
            await asyncio.sleep(STOP_AT)
            group.create_task(raise_to_stop(), name="stopper")
    except* StopGroup:
        print("main: the group was stopped by an exception of our own")


async def by_cancelling():
    async with asyncio.TaskGroup() as group:
        tasks = []
        for number in range(WORKERS):
            task = group.create_task(worker(f"worker-{number}"), name=f"worker-{number}")
            tasks.append(task)
        await asyncio.sleep(STOP_AT)
        for task in tasks:
            task.cancel()
    print("main: each task was cancelled, and the group raises nothing")


async def by_timeout():
    try:
        async with asyncio.timeout(None) as limit:
            async with asyncio.TaskGroup() as group:
                for number in range(WORKERS):
                    group.create_task(worker(f"worker-{number}"), name=f"worker-{number}")
                await asyncio.sleep(STOP_AT)
                limit.reschedule(asyncio.get_running_loop().time())
    except TimeoutError:
        print("main: the timeout around the group was let run out")


async def main():
    match WAY:
        case "raise":
            await by_raising()
        case "cancel":
            await by_cancelling()
        case "timeout":
            await by_timeout()
    print("main: takes the next job")


asyncio.run(main())
