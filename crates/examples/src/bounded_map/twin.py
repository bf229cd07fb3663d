import asyncio

DELAYS = [1.1, 0.4, 0.9, 0.6, 1.2, 0.3, 0.8]
LIMIT = 3


async def resize(image, delay):
    print(f"image {image}: resizing")
    await asyncio.sleep(delay)
    print(f"image {image}: resized")
    return f"thumbnail {image}"


async def main():
    semaphore = asyncio.Semaphore(LIMIT)
    active = peak = 0

    async def bounded(image, delay):
        nonlocal active, peak
        async with semaphore:
            active += 1
            peak = max(peak, active)
            try:
                return await resize(image, delay)
            finally:
                active -= 1

    tasks = [
        asyncio.create_task(bounded(image, delay), name=f"image-{image}")
        for image, delay in enumerate(DELAYS)
    ]
    results = await asyncio.gather(*tasks)
    print(f"in order: {', '.join(results)}")
    print(f"at most {peak} at once")


asyncio.run(main())
