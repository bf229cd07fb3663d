import asyncio

CAUGHT_IN = "main"
LOAD_AS = "coroutine"
FAILS_AFTER = 0.6
CLEANUP = 0.3
OTHER_WORK = 1.5


async def read():
    try:
        await asyncio.sleep(FAILS_AFTER)
        raise ValueError("broken file")
    except ValueError as error:
        if CAUGHT_IN != "read":
            raise
        print(f"read: caught {error}")
        return "empty file"
    finally:
        print("read: closes the file")
        await asyncio.sleep(CLEANUP)


async def load():
    try:
        return await read()
    except ValueError as error:
        if CAUGHT_IN != "load":
            raise
        print(f"load: caught {error}")
        return "default settings"
    finally:
        print("load: gives back the lock")


async def main():
    loading = load()
    if LOAD_AS == "task":
        loading = asyncio.create_task(loading, name="load")
    print("main: does other work")
    await asyncio.sleep(OTHER_WORK)
    print("main: awaits load")
    try:
        print(f"main: got {await loading}")
    except ValueError as error:
        if CAUGHT_IN != "main":
            raise
        print(f"main: caught {error}")
    finally:
        print("main: ends")


asyncio.run(main())
