import asyncio

ARRIVALS = [0.0, 0.3, 0.6, 1.4, 2.2]
SET_AT = 1.0
OPEN = 0.8
CLOSED = 1.2


async def waiter(number, arrival, event):
    loop = asyncio.get_running_loop()
    await asyncio.sleep(arrival)
    state = "set" if event.is_set() else "not set"
    print(f"waiter {number}: comes, the event is {state}")
    came = loop.time()
    await event.wait()
    print(f"waiter {number}: goes on after {loop.time() - came:.2f} s")


async def main():
    event = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for number, arrival in enumerate(ARRIVALS):
            group.create_task(waiter(number, arrival, event), name=f"waiter-{number}")
        await asyncio.sleep(SET_AT)
        event.set()
        print("main: set")
        if OPEN > 0:
            await asyncio.sleep(OPEN)
        event.clear()
        print("main: clear")
        await asyncio.sleep(CLOSED)
        event.set()
        print("main: set for good")


asyncio.run(main())
