import asyncio

FAILS_AT = 0.6
SERVING = 1.5
WAY = "ignored"


async def backup():
    print("backup: started")
    await asyncio.sleep(FAILS_AT)
    print("backup: the disk is gone")
    raise OSError("no such disk")


def complain(task):
    if not task.cancelled() and task.exception() is not None:
        print(f"callback: {task.get_name()} failed: {task.exception()}")


async def serve():
    print("main: serving, all is well")
    await asyncio.sleep(SERVING)
    print("main: served")


async def main():
    if WAY == "forgotten":
        asyncio.create_task(backup(), name="backup")
        await serve()
        return

    task = asyncio.create_task(backup(), name="backup")
    if WAY == "callback":
        task.add_done_callback(complain)
    await serve()
    if WAY == "awaited":
        try:
            await task
        except OSError as error:
            print(f"main: the backup failed: {error}")
    elif WAY == "gathered":
        await asyncio.gather(task, return_exceptions=True)
        print("main: everything has been gathered")
    print("main: leaves")


asyncio.run(main())
