import asyncio

JOBS = [1.6, 0.7, 1.2, 0.4]
EVERY = 0.5
NAMES = "given"


def log(text):
    task = asyncio.current_task()
    print(f"[{task.get_name() if task else 'no task'}] {text}")


async def save(number):
    log(f"saves result {number}")
    await asyncio.sleep(0.2)


async def work(number, seconds):
    log(f"starts job {number}")
    await asyncio.sleep(seconds)
    await save(number)


async def watch():
    while len(tasks := asyncio.all_tasks()) > 2:
        names = sorted(task.get_name() for task in tasks)
        log(f"{len(tasks)} tasks: {', '.join(names)}")
        await asyncio.sleep(EVERY)
    log("only main and the watcher are left")


async def main():
    log(f"{len(asyncio.all_tasks())} task at the beginning")
    jobs = [
        asyncio.create_task(
            work(number, seconds), name=f"job-{number}" if NAMES == "given" else None
        )
        for number, seconds in enumerate(JOBS)
    ]
    watcher = asyncio.create_task(watch(), name="watcher")
    asyncio.get_running_loop().call_soon(log, "a plain callback runs")
    log(f"{len(asyncio.all_tasks())} tasks, before any of them has started")
    await asyncio.gather(*jobs)
    await watcher


asyncio.run(main())
