import asyncio

DELAYS = [0.5, 1.5, 0.9, 2.0]
FAILURES = 1
CLEANUP = 0.3
TAKE = "first_success"


async def ask(number, delay):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print(f"replica {number}: hangs up")
        await asyncio.sleep(CLEANUP)
        raise
    if number < FAILURES:
        print(f"replica {number}: fails")
        raise ConnectionError(f"replica {number} is down")
    print(f"replica {number}: answers")
    return f"answer of replica {number}"


async def first_completion(tasks):
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    winner = next(task for task in tasks if task in done)
    return winner.result()


async def first_success(tasks):
    running = tasks
    while running:
        done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for task in [task for task in running if task in done]:
            if task.exception() is None:
                return task.result()
            print(f"main: passes over '{task.exception()}'")
        running = [task for task in running if not task.done()]
    raise ConnectionError("all replicas are down")


async def main():
    tasks = [
        asyncio.create_task(ask(number, delay), name=f"replica-{number}")
        for number, delay in enumerate(DELAYS)
    ]
    first = first_success if TAKE == "first_success" else first_completion
    try:
        print(f"main: has the {await first(tasks)}")
    except ConnectionError as error:
        print(f"main: has nothing, {error}")
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    print(f"main: cancelled {sum(task.cancelled() for task in tasks)} of {len(tasks)}")


asyncio.run(main())
