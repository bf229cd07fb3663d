import asyncio
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

WORK = "computing"
MODEL = "all"
JOBS = 3
SECONDS = 0.8
WORKERS = 3


def compute(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


async def run_coroutine(job):
    if WORK == "computing":
        compute(SECONDS)
    else:
        await asyncio.sleep(SECONDS)
    print(f"coroutine: job {job} done")


def run_function(where, job):
    if WORK == "computing":
        compute(SECONDS)
    else:
        time.sleep(SECONDS)
    print(f"{where}: job {job} done")


def use_plain_loop():
    for job in range(JOBS):
        run_function("plain loop", job)


async def use_coroutines():
    await asyncio.gather(*(run_coroutine(job) for job in range(JOBS)))


async def use_pool(pool, where):
    loop = asyncio.get_running_loop()
    with pool:
        futures = [loop.run_in_executor(pool, run_function, where, job) for job in range(JOBS)]
        await asyncio.gather(*futures)


async def main():
    loop = asyncio.get_running_loop()
    for model in ("plain-loop", "coroutines", "threads", "processes"):
        if MODEL not in ("all", model):
            continue
        start = loop.time()
        if model == "plain-loop":
            use_plain_loop()
        elif model == "coroutines":
            await use_coroutines()
        elif model == "threads":
            await use_pool(ThreadPoolExecutor(WORKERS), "thread")
        else:
            await use_pool(ProcessPoolExecutor(WORKERS), "process")
        print(f"{WORK} in {model}: {loop.time() - start:.2f} s")


if __name__ == "__main__":
    asyncio.run(main())
