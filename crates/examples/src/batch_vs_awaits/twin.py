import asyncio

LOOKUPS = 8
ROUND_TRIP = 0.2
EXTRA = 0.03


async def lookup(key):
    await asyncio.sleep(ROUND_TRIP + EXTRA * key)
    print(f"key {key} -> {key * key}")
    return key * key


async def main():
    loop = asyncio.get_running_loop()

    start = loop.time()
    total = 0
    for key in range(LOOKUPS):
        total += await lookup(key)
    single = loop.time() - start
    print(f"one at a time: sum {total} in {single:.2f} s")

    start = loop.time()
    tasks = [
        asyncio.create_task(lookup(key), name=f"key-{key}") for key in range(LOOKUPS)
    ]
    values = await asyncio.gather(*tasks)
    batch = loop.time() - start
    print(f"one batch: sum {sum(values)} in {batch:.2f} s")
    print(f"the batch was {single / batch:.1f} times as fast")


asyncio.run(main())
