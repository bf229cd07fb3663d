import asyncio

PATIENCE = 1.0  # 0..3 step 0.1


async def fetch(lock, name, seconds):
    async with lock:
        try:
            await asyncio.sleep(seconds)
        finally:
            print(f"{name} gives the lock back")
    return name


async def main():
    lock = asyncio.Lock()
    slow = asyncio.create_task(fetch(lock, "slow", 2), name="slow")
    quick = asyncio.create_task(fetch(lock, "quick", 0.1), name="quick")
    try:
        async with asyncio.timeout(PATIENCE):
            print(await slow)
    except TimeoutError:
        print("too slow")
    print(await quick)


asyncio.run(main())
