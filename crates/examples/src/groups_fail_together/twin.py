import asyncio

FIRST = "inner"
CATCH = "outside"
DELAY = 1.0
CLEANUP = 0.0


async def fail(name, signal):
    await signal.wait()
    print(f"{name}: fails")
    raise ValueError(name)


def names(group):
    parts = [names(e) if isinstance(e, ExceptionGroup) else str(e) for e in group.exceptions]
    return f"[{', '.join(parts)}]"


async def inner_group(signal):
    async with asyncio.TaskGroup() as group:
        group.create_task(fail("inner", signal), name="inner")
        try:
            await asyncio.sleep(10.0)
        finally:
            print("main: cancelled within both groups")
            await asyncio.sleep(CLEANUP)


async def outer_group(inner, outer):
    async with asyncio.TaskGroup() as group:
        group.create_task(fail("outer", outer), name="outer")
        try:
            await inner_group(inner)
        except ExceptionGroup as errors:
            print(f"main: between the groups {names(errors)}")
            if CATCH == "outside":
                raise
        print("main: goes on in the outer group")
        await asyncio.sleep(0.5)
        print("main: is never here")


async def main():
    inner, outer = asyncio.Event(), asyncio.Event()

    def ring():
        first, second = (inner, outer) if FIRST == "inner" else (outer, inner)
        first.set()
        second.set()

    asyncio.get_running_loop().call_later(DELAY, ring)
    try:
        await outer_group(inner, outer)
    except ExceptionGroup as errors:
        print(f"main: outside {names(errors)}")
    print(f"main: cancelling() is {asyncio.current_task().cancelling()}")


asyncio.run(main())
