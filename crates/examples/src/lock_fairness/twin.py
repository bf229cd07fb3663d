import asyncio

HOLDS = [0.6, 0.3, 0.2]
TURNS = 3
REST = 0.0


async def worker(number, hold, lock):
    loop = asyncio.get_running_loop()
    for turn in range(TURNS):
        asked = loop.time()
        await lock.acquire()
        try:
            waited = loop.time() - asked
            print(f"worker {number}: turn {turn}, waited {waited:.2f} s")
            await asyncio.sleep(hold)
        finally:
            lock.release()
        print(f"worker {number}: released, locked() is {lock.locked()}")
        if REST > 0:
            await asyncio.sleep(REST)


async def main():
    lock = asyncio.Lock()
    tasks = [
        asyncio.create_task(worker(number, hold, lock), name=f"worker-{number}")
        for number, hold in enumerate(HOLDS)
    ]
    await asyncio.gather(*tasks)
    print("everybody had every turn")


asyncio.run(main())
