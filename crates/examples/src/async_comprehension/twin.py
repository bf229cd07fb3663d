import asyncio

STYLE = "await"
DELAYS = [0.8, 0.5, 1.1, 0.4]


async def fetch(page, delay):
    print(f"page {page}: asked for")
    await asyncio.sleep(delay)
    print(f"page {page}: here")
    return f"page {page}"


def fetch_in_task(page, delay):
    return asyncio.create_task(fetch(page, delay), name=f"page-{page}")


async def fetch_each(pages):
    for page, delay in pages:
        yield await fetch(page, delay)


async def fetch_all(pages):
    match STYLE:
        case "await":
            return [await fetch(page, delay) for page, delay in pages]
        case "async_for":
            return [page async for page in fetch_each(pages)]
        case "await_tasks":
            tasks = [fetch_in_task(page, delay) for page, delay in pages]
            return [await task for task in tasks]
        case "gather":
            return await asyncio.gather(*[fetch(page, delay) for page, delay in pages])
        case "task_group":
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(fetch(page, delay), name=f"page-{page}")
                    for page, delay in pages
                ]
            return [task.result() for task in tasks]


async def main():
    loop = asyncio.get_running_loop()
    started = loop.time()
    pages = await fetch_all(list(enumerate(DELAYS, start=1)))
    print(f"{', '.join(pages)} after {loop.time() - started:.2f} s")


asyncio.run(main())
