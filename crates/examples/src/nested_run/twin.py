import asyncio

HOW = "asyncio.run"
LOOKUP = 0.5
REST = 0.8


async def look_up():
    await asyncio.sleep(LOOKUP)
    print("look up: done")
    return "Ann"


def name_of_user():
    if HOW == "asyncio.run":
        return asyncio.run(look_up())
    loop = asyncio.get_running_loop()
    return loop.run_until_complete(look_up())


def greet(task):
    if task.cancelled():
        print("callback: cancelled before the name was there")
    else:
        print(f"callback: hello, {task.result()}")


async def handle():
    if HOW == "await":
        name = await look_up()
        print(f"handle: hello, {name}")
    elif HOW == "create_task":
        task = asyncio.create_task(look_up(), name="look-up")
        task.add_done_callback(greet)
        print("handle: goes on, the name comes later")
    else:
        print(f"handle: hello, {name_of_user()}")


async def main():
    try:
        await handle()
    except RuntimeError as error:
        print(f"main: RuntimeError: {error}")
    await asyncio.sleep(REST)
    print("main: ends")


asyncio.run(main())
