# Surrogates that stand alone have no bytes: printing them raises, and where they are told all the same they are escaped.
import asyncio
import sys


async def child():
    piece = "\udc99"
    await asyncio.sleep(0.1)
    return len(piece)


async def main():
    for write in (print, sys.stdout.write):
        try:
            write("a\udc80b")
        except UnicodeEncodeError as error:
            print("refused:", error)
    try:
        print("before it", "\ud800", "after it")
    except UnicodeEncodeError as error:
        print("and then:", error)
    print("é, 好, 🙂: these have")
    asyncio.current_task().set_name("main \udc81")
    print(await asyncio.create_task(child(), name="\udcff child"))
    print(ascii(asyncio.current_task().get_name()))
    raise ValueError("no such file: \udcfe")


asyncio.run(main())
