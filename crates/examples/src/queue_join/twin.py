import asyncio

JOBS = [0.9, 0.4, 1.3, 0.7, 0.5]
WORKERS = 2


async def worker(number, queue):
    try:
        while True:
            job, seconds = await queue.get()
            print(f"worker {number}: took job {job}, {queue.qsize()} left")
            await asyncio.sleep(seconds)
            print(f"worker {number}: finished job {job}")
            queue.task_done()
    except asyncio.CancelledError:
        print(f"worker {number}: cancelled")
        raise


async def main():
    queue = asyncio.Queue()
    for job, seconds in enumerate(JOBS):
        queue.put_nowait((job, seconds))
    workers = [
        asyncio.create_task(worker(number, queue), name=f"worker-{number}")
        for number in range(WORKERS)
    ]
    await queue.join()
    print("join returned: every job is done")
    for task in workers:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    print("workers are gone")


asyncio.run(main())
