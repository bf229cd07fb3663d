import asyncio

DELAYS = [1.6, 0.9, 2.1]
CLEANUP = 0.4


async def ask(mirror, delay):
    try:
        print(f"mirror {mirror}: asked, needs {delay:.1f} s")
        await asyncio.sleep(delay)
        print(f"mirror {mirror}: answered")
        return f"answer from mirror {mirror}"
    except asyncio.CancelledError:
        print(f"mirror {mirror}: cancelled, closing")
        await asyncio.sleep(CLEANUP)
        print(f"mirror {mirror}: closed")
        raise


async def main():
    tasks = [
        asyncio.create_task(ask(mirror, delay), name=f"mirror-{mirror}")
        for mirror, delay in enumerate(DELAYS)
    ]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in [t for t in tasks if t in done]:
        print(f"winner: {task.result()}")

    losers = [t for t in tasks if t in pending]
    for task in losers:
        task.cancel()
    await asyncio.gather(*losers, return_exceptions=True)
    print(f"cancelled: {sum(task.cancelled() for task in tasks)}")


asyncio.run(main())
