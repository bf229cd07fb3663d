import asyncio

STYLE = "prefetch"
ITEMS = 18
PAGE_SIZE = 4
FETCH = 0.5
PROCESS = 0.4


async def fetch(page):
    print(f"page {page}: fetching")
    await asyncio.sleep(FETCH)
    end = min(page * PAGE_SIZE, ITEMS)
    items = list(range((page - 1) * PAGE_SIZE + 1, end + 1))
    return items, page + 1 if end < ITEMS else None


class Pages:
    def __init__(self):
        self.following = 1

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.following is None:
            raise StopAsyncIteration
        items, self.following = await fetch(self.following)
        return items


async def pages():
    following = 1
    while following is not None:
        items, following = await fetch(following)
        yield items


async def prefetched_pages():
    task = asyncio.create_task(fetch(1), name="page-1")
    try:
        while task is not None:
            items, following = await task
            task = None
            if following is not None:
                name = f"page-{following}"
                task = asyncio.create_task(fetch(following), name=name)
            yield items
    finally:
        if task is not None:
            task.cancel()


async def process(source):
    async for items in source:
        print(f"processing {items[0]} to {items[-1]}")
        await asyncio.sleep(PROCESS)


async def main():
    loop = asyncio.get_running_loop()
    started = loop.time()
    if STYLE == "class":
        await process(Pages())
    elif STYLE == "generator":
        await process(pages())
    else:
        await process(prefetched_pages())
    print(f"all items in {loop.time() - started:.2f} s")


asyncio.run(main())
