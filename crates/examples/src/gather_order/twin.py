import asyncio

DELAYS = [1.5, 0.5, 1.0]


async def fetch(number, delay):
    print(f"request {number}: sent")
    await asyncio.sleep(delay)
    print(f"request {number}: answered")
    return f"answer {number}"


async def main():
    tasks = [
        asyncio.create_task(fetch(number, delay), name=f"request-{number}")
        for number, delay in enumerate(DELAYS)
    ]
    results = await asyncio.gather(*tasks)
    for position, result in enumerate(results):
        print(f"results[{position}] = {result}")


asyncio.run(main())
