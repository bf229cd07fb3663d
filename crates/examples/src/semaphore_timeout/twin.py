import asyncio

CLIENTS = 6
PERMITS = 2
GAP = 0.25
HOLD = 1.3
TIMEOUT = 0.9


async def client(number, semaphore):
    print(f"client {number}: arrives")
    try:
        await asyncio.wait_for(semaphore.acquire(), TIMEOUT)
    except TimeoutError:
        print(f"client {number}: gave up")
        return False
    try:
        print(f"client {number}: connected")
        await asyncio.sleep(HOLD)
        print(f"client {number}: finished")
        return True
    finally:
        semaphore.release()


async def main():
    semaphore = asyncio.Semaphore(PERMITS)
    tasks = []
    for number in range(CLIENTS):
        task = asyncio.create_task(client(number, semaphore), name=f"client-{number}")
        tasks.append(task)
        await asyncio.sleep(GAP)
    served = await asyncio.gather(*tasks)
    print(f"served {sum(served)} of {CLIENTS}")


asyncio.run(main())
