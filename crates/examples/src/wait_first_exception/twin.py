import asyncio

DELAYS = [0.6, 1.8, 1.2, 2.5]
FAIL_INDEX = 2


async def store(shard, delay):
    print(f"shard {shard}: writing, takes {delay:.1f} s")
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print(f"shard {shard}: rolled back")
        raise
    if shard == FAIL_INDEX:
        print(f"shard {shard}: disk full")
        raise RuntimeError(f"shard {shard} is full")
    print(f"shard {shard}: stored")


async def main():
    tasks = [
        asyncio.create_task(store(shard, delay), name=f"shard-{shard}")
        for shard, delay in enumerate(DELAYS)
    ]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print(f"wait returned: {len(done)} done, {len(pending)} pending")

    failed = [t for t in tasks if t in done and t.exception() is not None]
    for task in failed:
        print(f"{task.get_name()} failed: {task.exception()}")

    rest = [t for t in tasks if t in pending]
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    print("all stored" if not failed else f"gave up on {len(rest)} more")


asyncio.run(main())
