import asyncio

CHUNK = 0.5
CANCEL_AT = 0.8
CLEANUP = 0.6
CANCEL_TWICE = False


async def copy(name):
    for chunk in range(4):
        await asyncio.sleep(CHUNK)
        print(f"{name}: chunk {chunk} copied")


async def passes_on():
    try:
        await copy("except")
    except asyncio.CancelledError:
        print("except: cancelled, deletes half a file")
        await asyncio.sleep(CLEANUP)
        print("except: deleted")
        raise


async def in_finally():
    try:
        await copy("finally")
    finally:
        print("finally: closes the file")
        await asyncio.sleep(CLEANUP)
        print("finally: closed")


async def swallows():
    for chunk in range(4):
        try:
            await asyncio.sleep(CHUNK)
            print(f"swallow: chunk {chunk} copied")
        except asyncio.CancelledError:
            print(f"swallow: chunk {chunk} failed, takes the next")


def cancel_all(tasks):
    print("main: cancels")
    for task in tasks:
        task.cancel()


async def main():
    tasks = [
        asyncio.create_task(passes_on(), name="except"),
        asyncio.create_task(in_finally(), name="finally"),
        asyncio.create_task(swallows(), name="swallow"),
    ]
    await asyncio.sleep(CANCEL_AT)
    cancel_all(tasks)
    if CANCEL_TWICE:
        await asyncio.sleep(0.2)
        cancel_all(tasks)

    for task in tasks:
        try:
            await task
            print(f"main: {task.get_name()} ended well")
        except asyncio.CancelledError:
            print(f"main: {task.get_name()} was cancelled")


asyncio.run(main())
