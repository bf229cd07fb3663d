import asyncio
import threading
import time

RUN = "both"
DELAYS = [0.9, 0.5, 1.4, 0.7, 1.1]


def blocking_job(number, delay):
    print(f"thread {number}: asks")
    time.sleep(delay)
    print(f"thread {number}: has its answer")


def run_threads():
    threads = [
        threading.Thread(target=blocking_job, args=(number, delay))
        for number, delay in enumerate(DELAYS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{len(threads)} threads have ended")


async def job(number, delay):
    print(f"task {number}: asks")
    await asyncio.sleep(delay)
    print(f"task {number}: has its answer")


async def run_tasks():
    async with asyncio.TaskGroup() as group:
        for number, delay in enumerate(DELAYS):
            group.create_task(job(number, delay), name=f"job-{number}")
    print(f"{len(DELAYS)} tasks have ended")


if RUN != "tasks":
    run_threads()
if RUN != "threads":
    asyncio.run(run_tasks())
