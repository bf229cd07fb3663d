import asyncio

DELAYS = [1.4, 0.8, 2.3, 1.9]
FAIL_INDEX = 1
RETURN_EXCEPTIONS = False


async def download(number, delay):
    print(f"file {number}: started")
    await asyncio.sleep(delay)
    if number == FAIL_INDEX:
        raise ConnectionError(f"file {number} lost its connection")
    print(f"file {number}: saved")
    return f"file {number} saved"


async def main():
    tasks = [
        asyncio.create_task(download(number, delay), name=f"file-{number}")
        for number, delay in enumerate(DELAYS)
    ]
    try:
        results = await asyncio.gather(*tasks, return_exceptions=RETURN_EXCEPTIONS)
    except ConnectionError as error:
        running = [task.get_name() for task in tasks if not task.done()]
        print(f"gather raised: {error}")
        print(f"still running: {', '.join(running) or 'none'}")
        await asyncio.wait(tasks)
        print("now the siblings are done too")
    else:
        for result in results:
            kind = "error" if isinstance(result, Exception) else "value"
            print(f"{kind}: {result}")


asyncio.run(main())
