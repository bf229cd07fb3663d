import asyncio

KIND = "Lock"
FIRST = "release"
CLIENTS = 3
HOLD = 1.0
WORK = 0.5


async def client(name, door):
    try:
        await door.acquire()
    except asyncio.CancelledError:
        print(f"{name}: cancelled, never was inside")
        raise
    print(f"{name}: inside")
    await asyncio.sleep(WORK)
    door.release()
    print(f"{name}: has left")


async def main():
    door = asyncio.Lock() if KIND == "Lock" else asyncio.Semaphore(1)
    await door.acquire()
    tasks = [
        asyncio.create_task(client(f"client-{number}", door), name=f"client-{number}")
        for number in range(CLIENTS)
    ]
    await asyncio.sleep(HOLD)
    if FIRST == "release":
        door.release()
        tasks[0].cancel()
        print("main: released, then cancelled the first in line")
    else:
        tasks[0].cancel()
        door.release()
        print("main: cancelled the first in line, then released")
    print(f"main: locked() is {door.locked()}")
    await asyncio.wait(tasks)
    print(f"main: at the end locked() is {door.locked()}")


asyncio.run(main())
