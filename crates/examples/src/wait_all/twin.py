import asyncio

DELAYS = [1.4, 0.6, 1.0, 1.8]
FAIL_INDEX = 2


async def probe(host, delay):
    await asyncio.sleep(delay)
    if host == FAIL_INDEX:
        print(f"host {host}: no route")
        raise ConnectionError(f"host {host} refused")
    print(f"host {host}: reached")
    return f"{delay:.1f} s"


async def main():
    tasks = [
        asyncio.create_task(probe(host, delay), name=f"host-{host}")
        for host, delay in enumerate(DELAYS)
    ]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.ALL_COMPLETED)
    print(f"wait returned: {len(done)} done, {len(pending)} pending")
    for task in tasks:
        if (error := task.exception()) is not None:
            print(f"{task.get_name()}: {type(error).__name__}: {error}")
        else:
            print(f"{task.get_name()}: answered in {task.result()}")


asyncio.run(main())
