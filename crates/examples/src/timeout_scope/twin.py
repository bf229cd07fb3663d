import asyncio

BUDGETS = [1.0, 1.8, 2.6]
LOOKUP = 1.5
LOOKUP_LIMIT = 0.8
TRANSFER = 1.0
EXTENSION = 0.0


async def step(request, name, seconds):
    try:
        print(f"{request}: {name}")
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"{request}: CancelledError inside {name}")
        raise


async def serve(request, seconds):
    loop = asyncio.get_running_loop()
    start = loop.time()
    try:
        async with asyncio.timeout(seconds) as budget:
            await step(request, "connect", 0.4)
            try:
                async with asyncio.timeout(LOOKUP_LIMIT):
                    await step(request, "look up", LOOKUP)
            except TimeoutError:
                print(f"{request}: no address found, takes the old one")
            if EXTENSION > 0:
                budget.reschedule(budget.when() + EXTENSION)
            await step(request, "transfer", TRANSFER)
        print(f"{request}: served")
    except TimeoutError:
        print(f"{request}: TimeoutError outside after {loop.time() - start:.2f} s")


async def main():
    async with asyncio.TaskGroup() as group:
        for number, seconds in enumerate(BUDGETS):
            name = f"request-{number}"
            group.create_task(serve(name, seconds), name=name)


asyncio.run(main())
