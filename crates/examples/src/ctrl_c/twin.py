import asyncio
import signal

HANDLER = "asyncio.run"
AT = 0.62
TWICE = False
AGAIN_AFTER = 0.25
SWALLOW = False
WORK = 2.0
CLEANUP = 0.5


async def work(name):
    try:
        await asyncio.sleep(WORK)
        print(f"{name}: done")
    except asyncio.CancelledError:
        print(f"{name}: CancelledError, cleans up")
        await asyncio.sleep(CLEANUP)
        print(f"{name}: has cleaned up")
        if not SWALLOW:
            raise


async def work_or_stop(stop):
    working = asyncio.create_task(work("main"), name="working")
    stopping = asyncio.create_task(stop.wait(), name="stopping")
    await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
    print("main: told to stop" if stop.is_set() else "main: the work is done")
    working.cancel()
    stopping.cancel()
    await asyncio.wait([working, stopping])


def press():
    print("Ctrl-C is pressed")
    signal.raise_signal(signal.SIGINT)


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(AT, press)
    if TWICE:
        loop.call_later(AT + AGAIN_AFTER, press)
    background = asyncio.create_task(work("background"), name="background")
    if HANDLER == "asyncio.run":
        await work("main")
    else:
        stop = asyncio.Event()
        if HANDLER == "own":
            signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(stop.set))
        else:
            loop.add_signal_handler(signal.SIGINT, stop.set)
        await work_or_stop(stop)
    print(f"main: returns, background is {'done' if background.done() else 'still at work'}")


try:
    asyncio.run(main())
    print("program: asyncio.run has returned")
except KeyboardInterrupt:
    print("program: KeyboardInterrupt")
