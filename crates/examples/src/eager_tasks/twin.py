import asyncio

EAGER = True
CACHED = 2
DELAY = 0.8
FAILING = False

cache = {}


async def fetch(page):
    print(f"{page}: asked for")
    if page in cache:
        print(f"{page}: found in the cache")
        return cache[page]
    await asyncio.sleep(DELAY)
    if FAILING and page == "page-3":
        raise ConnectionError(f"{page} is gone")
    print(f"{page}: fetched")
    return f"text of {page}"


async def refuse():
    print("refuse: raises in its first step")
    raise ValueError("no such page")


async def main():
    if EAGER:
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    cache.update((f"page-{number}", f"old text of page-{number}") for number in range(CACHED))
    try:
        async with asyncio.TaskGroup() as group:
            tasks = []
            for number in range(4):
                task = group.create_task(fetch(f"page-{number}"), name=f"page-{number}")
                print(f"main: has made page-{number}, done() is {task.done()}")
                tasks.append(task)
            if FAILING:
                group.create_task(refuse(), name="refuse")
                print("main: has made refuse")
        print(f"main: {len(tasks)} pages")
    except ExceptionGroup as errors:
        print(f"main: {', '.join(str(error) for error in errors.exceptions)}")


asyncio.run(main())
