import asyncio

JOBS = [0.9, 0.4, 1.3, 0.7, 0.5]
WORKERS = 2
BROKEN = 8
FINALLY = False


async def work(number, job, seconds):
    await asyncio.sleep(seconds)
    if job == BROKEN:
        raise ValueError(f"job {job} is broken")
    print(f"worker {number}: finished job {job}")


async def worker(number, queue):
    try:
        while True:
            job, seconds = await queue.get()
            print(f"worker {number}: took job {job}, {queue.qsize()} left")
            try:
                await work(number, job, seconds)
            except ValueError:
                if FINALLY:
                    queue.task_done()
                raise
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
    results = await asyncio.gather(*workers, return_exceptions=True)
    failed = [result for result in results if isinstance(result, ValueError)]
    print(f"workers are gone, {len(failed)} of them failed")


asyncio.run(main())
