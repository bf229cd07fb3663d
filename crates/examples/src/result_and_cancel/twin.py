import asyncio

FIRST = "result"
TURNS = 0
DELAY = 1.0


async def wait_for_parcel(parcel):
    try:
        content = await parcel
        print(f"waiter: got {content}")
    except asyncio.CancelledError:
        print(f"waiter: cancelled, the future was too: {parcel.cancelled()}")
        raise


def deliver(parcel):
    if parcel.done():
        print("main: too late, the future is done")
    else:
        parcel.set_result("a book")
        print("main: set_result")


def stop(waiter):
    print(f"main: cancel() returned {waiter.cancel()}")


async def main():
    parcel = asyncio.get_running_loop().create_future()
    waiter = asyncio.create_task(wait_for_parcel(parcel), name="waiter")
    await asyncio.sleep(DELAY)
    if FIRST == "result":
        deliver(parcel)
    else:
        stop(waiter)
    for _ in range(TURNS):
        await asyncio.sleep(0)
    if FIRST == "result":
        stop(waiter)
    else:
        deliver(parcel)
    await asyncio.wait([waiter])
    print(f"main: the waiter was cancelled: {waiter.cancelled()}")


asyncio.run(main())
