import asyncio
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

WHERE = "processes"
JOBS = 4
WORKERS = 2
SECONDS = 0.5
BEAT = 0.2


def compute(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


async def heartbeat():
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + BEAT
        await asyncio.sleep(BEAT)
        print(f"heartbeat: {loop.time() - due:.2f} s late")


async def job(number, pool):
    if pool is None:
        compute(SECONDS)
    else:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(pool, compute, SECONDS)
    print(f"job {number}: done")


async def run_jobs(pool):
    jobs = [asyncio.create_task(job(number, pool), name=f"job-{number}") for number in range(JOBS)]
    await asyncio.gather(*jobs)


async def main():
    beat = asyncio.create_task(heartbeat(), name="heartbeat")
    await asyncio.sleep(BEAT / 2)
    if WHERE == "loop":
        await run_jobs(None)
    else:
        kind = ThreadPoolExecutor if WHERE == "threads" else ProcessPoolExecutor
        with kind(max_workers=WORKERS) as pool:
            await run_jobs(pool)
    beat.cancel()
    print("main: all computed")


if __name__ == "__main__":
    asyncio.run(main())
