import asyncio

COMPLETE_BY = "set_result"
DELAY = 1.0
CALLBACKS = 2
ONLY_ONCE = False


def tell(future, name):
    if future.cancelled():
        print(f"{name}: the future was cancelled")
    elif error := future.exception():
        print(f"{name}: the future raised {error}")
    else:
        print(f"{name}: the future has {future.result()}")


def complete(future):
    if ONLY_ONCE and future.done():
        print("setter: the future is done already")
    elif COMPLETE_BY == "set_result":
        future.set_result("a parcel")
    elif COMPLETE_BY == "set_exception":
        future.set_exception(ConnectionError("no parcel"))
    else:
        print(f"setter: cancel returned {future.cancel()}")


async def set_later(future):
    await asyncio.sleep(DELAY)
    asyncio.get_running_loop().call_soon(print, "a callback from before")
    complete(future)
    print("setter: completed it, nobody has been called yet")
    try:
        complete(future)
    except asyncio.InvalidStateError as error:
        print(f"setter: the second time InvalidStateError: {error}")
    future.add_done_callback(lambda future: tell(future, "latecomer"))


async def main():
    future = asyncio.get_running_loop().create_future()
    for number in range(1, CALLBACKS + 1):
        future.add_done_callback(lambda future, name=f"callback {number}": tell(future, name))
    setter = asyncio.create_task(set_later(future), name="setter")
    try:
        print(f"main: got {await future}")
    except (ConnectionError, asyncio.CancelledError) as error:
        print(f"main: woken by {type(error).__name__}")
    await setter


asyncio.run(main())
