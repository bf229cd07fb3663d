import asyncio

RELEASED = 2
CLIENTS = 5
HOLD = 1.0
WORK = 0.8
BARGE = True


async def client(name, permits):
    print(f"{name}: asks")
    async with permits:
        print(f"{name}: inside")
        await asyncio.sleep(WORK)
    print(f"{name}: leaves")


async def main():
    permits = asyncio.Semaphore(2)
    await permits.acquire()
    await permits.acquire()
    tasks = [
        asyncio.create_task(client(f"client-{number}", permits), name=f"client-{number}")
        for number in range(CLIENTS)
    ]
    await asyncio.sleep(HOLD)
    for _ in range(RELEASED):
        permits.release()
    print(f"main: released {RELEASED} in one step, locked() is {permits.locked()}")
    if BARGE:
        tasks.append(asyncio.create_task(client("latecomer", permits), name="latecomer"))
    await asyncio.wait(tasks)


asyncio.run(main())
