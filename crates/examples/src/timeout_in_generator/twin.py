import asyncio

WHERE = "inside"
FETCHES = [0.4, 0.9, 0.4]
PROCESS = 0.4
LIMIT = 0.73


async def fetch(number):
    try:
        await asyncio.sleep(FETCHES[number])
    except asyncio.CancelledError:
        print(f"page {number}: CancelledError while it is fetched")
        raise


async def pages():
    for number in range(len(FETCHES)):
        if WHERE == "inside":
            async with asyncio.timeout(LIMIT):
                await fetch(number)
                yield number
        else:
            await fetch(number)
            yield number


async def process(number):
    print(f"page {number}: arrived")
    try:
        await asyncio.sleep(PROCESS)
    except asyncio.CancelledError:
        print(f"page {number}: CancelledError while it is processed")
        raise
    print(f"page {number}: processed")


async def ask(source):
    return await anext(source, None)


async def read_with_limit(source):
    while True:
        try:
            number = await asyncio.wait_for(ask(source), LIMIT)
        except TimeoutError:
            print("reader: TimeoutError, asks again")
            continue
        if number is None:
            break
        await process(number)


async def read_and_wait(source):
    while True:
        asking = asyncio.create_task(ask(source), name="asking")
        done, pending = await asyncio.wait([asking], timeout=LIMIT)
        while pending:
            print("reader: not yet, waits on")
            done, pending = await asyncio.wait([asking], timeout=LIMIT)
        if asking.result() is None:
            break
        await process(asking.result())


async def read(source):
    async for number in source:
        await process(number)


async def main():
    try:
        if WHERE == "around-anext":
            await read_with_limit(source)
        elif WHERE == "wait":
            await read_and_wait(source)
        elif WHERE == "around-loop":
            async with asyncio.timeout(LIMIT):
                await read(source)
        else:
            await read(source)
        print("main: has read everything there was")
    except TimeoutError:
        print("main: TimeoutError")


source = pages()
asyncio.run(main())
