import asyncio

GIVEN = "coroutine"
WRAP = "ensure_future"
DELAY = 1.0
OWN_WORK = 0.72


async def fetch():
    print("fetch: begins")
    return await asyncio.sleep(DELAY, "a parcel")


def order(loop):
    if GIVEN == "coroutine":
        return fetch()
    if GIVEN == "task":
        return loop.create_task(fetch(), name="courier")
    future = loop.create_future()
    loop.call_later(DELAY, future.set_result, "a parcel")
    return future


def wrap(given):
    if WRAP == "ensure_future":
        return asyncio.ensure_future(given)
    if WRAP == "create_task":
        return asyncio.create_task(given)
    return given


async def main():
    loop = asyncio.get_running_loop()
    given = wrapped = order(loop)
    try:
        wrapped = wrap(given)
        print(f"main: has {'what it was given' if wrapped is given else 'a new task'}")
    except TypeError:
        print("main: TypeError, create_task takes coroutines only")
    await asyncio.sleep(OWN_WORK)
    print("main: now it needs the parcel")
    parcel = await wrapped
    print(f"main: has {parcel} after {loop.time():.2f} s")


asyncio.run(main())
