import asyncio

COUNT = 4
TAKE = 2
ASKERS = 1
PACE = 0.5


async def readings():
    for number in range(1, COUNT + 1):
        await asyncio.sleep(PACE)
        yield number


async def ask(name, iterator):
    try:
        reading = await anext(iterator, "nothing")
        print(f"{name}: {reading}")
    except RuntimeError as error:
        print(f"{name}: RuntimeError: {error}")


async def main():
    source = readings()
    iterator = aiter(source)
    print(f"aiter gave the generator itself: {iterator is source}")
    for _ in range(TAKE):
        try:
            reading = await anext(iterator)
            print(f"main: {reading}")
        except StopAsyncIteration:
            print("main: StopAsyncIteration")
    askers = [
        asyncio.create_task(ask(f"asker-{number}", iterator), name=f"asker-{number}")
        for number in range(ASKERS)
    ]
    await asyncio.gather(*askers)
    rest = 0
    async for _ in iterator:
        rest += 1
    print(f"main: async for had {rest} left")


asyncio.run(main())
