import asyncio

DELAYS = [0.8, 1.3, 2.2, 1.7]
WATCH = "own_list"
FAILING = 2
INTERVAL = 0.5


async def worker(number, seconds):
    await asyncio.sleep(seconds)
    if number == FAILING:
        raise ValueError("bad input")


def state(task):
    if not task.done():
        return "running"
    return "failed" if task.exception() else "done"


def report_own(tasks):
    states = [f"{task.get_name()} {state(task)}" for task in tasks]
    print(", ".join(states))


def report_all():
    names = sorted(task.get_name() for task in asyncio.all_tasks())
    print(f"alive: {', '.join(names)}")


async def monitor(tasks):
    while True:
        await asyncio.sleep(INTERVAL)
        if WATCH == "own_list":
            report_own(tasks)
        else:
            report_all()


async def main():
    workers = [
        asyncio.create_task(worker(number, seconds), name=f"worker-{number}")
        for number, seconds in enumerate(DELAYS, start=1)
    ]
    watcher = asyncio.create_task(monitor(workers), name="monitor")
    await asyncio.wait(workers)
    watcher.cancel()
    for task in workers:
        if error := task.exception():
            print(f"{task.get_name()} ended with {error!r}")
    print("all workers have ended")


asyncio.run(main())
