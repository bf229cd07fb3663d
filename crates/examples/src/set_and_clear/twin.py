import asyncio

WAIT = "once"
TURNS = 0
DELAY = 1.0
WAITERS = 2
PATIENCE = 1.0


async def wait_for_signal(name, signal):
    if WAIT == "once":
        await signal.wait()
    else:
        while not signal.is_set():
            await signal.wait()
            print(f"{name}: woken, is_set() is {signal.is_set()}")
    print(f"{name}: goes on, is_set() is {signal.is_set()}")


async def main():
    signal = asyncio.Event()
    tasks = [
        asyncio.create_task(wait_for_signal(f"waiter-{number}", signal), name=f"waiter-{number}")
        for number in range(WAITERS)
    ]
    await asyncio.sleep(DELAY)
    signal.set()
    print("main: set")
    for _ in range(TURNS):
        await asyncio.sleep(0)
    signal.clear()
    print("main: clear")
    late = asyncio.create_task(wait_for_signal("latecomer", signal), name="latecomer")
    tasks.append(late)
    done, pending = await asyncio.wait(tasks, timeout=PATIENCE)
    print(f"main: {len(done)} went on, {len(pending)} still wait")
    for task in pending:
        task.cancel()


asyncio.run(main())
