"""Standard output as bytes and by its number, and standard input that has nothing."""

import asyncio
import sys


async def main():
    sys.stdout.write("text, ")
    sys.stdout.flush()
    sys.stdout.buffer.write("and bytes: é\n".encode())
    sys.stdout.buffer.flush()
    sys.stdout.reconfigure(line_buffering=True)
    print(sys.stdout.fileno(), sys.stdout.name, sys.stdin.fileno(), sys.stdin.isatty())
    loop = asyncio.get_running_loop()
    print(repr(await loop.run_in_executor(None, sys.stdin.readline)), repr(sys.stdin.read()), list(sys.stdin))
    try:
        await asyncio.to_thread(input, "name? ")
    except EOFError as error:
        print(error)


asyncio.run(main())
