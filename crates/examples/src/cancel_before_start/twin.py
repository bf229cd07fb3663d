import asyncio

TURNS = 0
WORK = 1.0
JOBS = 2


async def job(name, permits):
    print(f"{name}: begins")
    try:
        await asyncio.sleep(WORK)
        print(f"{name}: done")
    finally:
        permits.release()
        print(f"{name}: gave its permit back")


async def main():
    permits = asyncio.Semaphore(JOBS)
    tasks = []
    for number in range(JOBS):
        await permits.acquire()
        task = asyncio.create_task(job(f"job-{number}", permits), name=f"job-{number}")
        tasks.append(task)
    for _ in range(TURNS):
        await asyncio.sleep(0)
    print(f"main: cancel() returned {tasks[0].cancel()}")
    await asyncio.wait(tasks)
    print(f"main: job-0 was cancelled: {tasks[0].cancelled()}")
    for number in range(JOBS):
        try:
            await asyncio.wait_for(permits.acquire(), WORK)
            print(f"main: permit {number} is there")
        except TimeoutError:
            print(f"main: permit {number} is lost")


asyncio.run(main())
