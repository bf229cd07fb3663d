import asyncio

LOCK = "of-the-module"
WORKERS = 2
HOLD = 0.4
GAP = 0.15

shared = asyncio.Lock()


async def worker(number, lock):
    await asyncio.sleep(GAP * number)
    try:
        async with lock:
            print(f"worker {number}: has the lock")
            await asyncio.sleep(HOLD)
    except RuntimeError as error:
        different = "is bound to a different event loop" in str(error)
        print(f"worker {number}: RuntimeError, of a different loop: {different}")


async def main(number):
    print(f"run {number}: begins")
    lock = shared if LOCK == "of-the-module" else asyncio.Lock()
    workers = [
        asyncio.create_task(worker(number, lock), name=f"worker-{number}")
        for number in range(WORKERS)
    ]
    await asyncio.gather(*workers)
    print(f"run {number}: ends")


asyncio.run(main(1))
print("between the runs")
asyncio.run(main(2))
