import asyncio

TIMEOUT_AT = "around-all"
TIMEOUT = 0.7
LATE = "raise"

SERVICES = {"users": 0.5, "orders": 0.9, "stock": 4.0, "prices": 0.3, "reviews": 0.8}


async def request(service, seconds):
    await asyncio.sleep(seconds)
    print(f"{service}: answered")
    return service


async def call(service, seconds):
    limit = TIMEOUT if TIMEOUT_AT == "around-each" else None
    for _ in range(2 if LATE == "retry" else 1):
        try:
            async with asyncio.timeout(limit):
                return await request(service, seconds)
        except TimeoutError:
            print(f"{service}: too late")
    if LATE == "raise":
        raise TimeoutError(service)
    return None


async def collect(tasks):
    if TIMEOUT_AT == "wait":
        done, pending = await asyncio.wait(tasks, timeout=TIMEOUT)
        for task in pending:
            task.cancel()
        return [task.result() for task in tasks if task in done]
    try:
        async with asyncio.timeout(TIMEOUT if TIMEOUT_AT == "around-all" else None):
            return await asyncio.gather(*tasks)
    except TimeoutError:
        if LATE == "raise":
            raise
        print("nothing to report")
        return []


async def main():
    tasks = [
        asyncio.create_task(call(service, seconds), name=service)
        for service, seconds in SERVICES.items()
    ]
    answers = [answer for answer in await collect(tasks) if answer is not None]
    print(f"report: {', '.join(answers)}")


asyncio.run(main())
