import asyncio

DELAYS = [0.8, 1.4, 2.4]
FAILURES = 1
NEXT_JOB = 1.0
WAY = "gather"


async def upload(number, delay):
    try:
        print(f"part {number}: uploading")
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print(f"part {number}: cancelled")
        raise
    if number < FAILURES:
        raise ConnectionError(f"part {number} was refused")
    print(f"part {number}: stored")


def start_all(create_task):
    return [
        create_task(upload(number, delay), name=f"part-{number}")
        for number, delay in enumerate(DELAYS)
    ]


async def with_gather():
    try:
        await asyncio.gather(*start_all(asyncio.create_task))
        print("main: all parts are there")
    except ConnectionError as error:
        print(f"main: gather raised: {error}")


async def with_results():
    results = await asyncio.gather(*start_all(asyncio.create_task), return_exceptions=True)
    for error in [result for result in results if isinstance(result, Exception)]:
        print(f"main: among the results: {error}")


async def with_group():
    try:
        async with asyncio.TaskGroup() as group:
            start_all(group.create_task)
        print("main: all parts are there")
    except* ConnectionError as errors:
        for error in errors.exceptions:
            print(f"main: in the group: {error}")


async def main():
    if WAY == "gather":
        await with_gather()
    elif WAY == "results":
        await with_results()
    else:
        await with_group()
    print("main: takes the next job")
    await asyncio.sleep(NEXT_JOB)
    print("main: leaves")


asyncio.run(main())
