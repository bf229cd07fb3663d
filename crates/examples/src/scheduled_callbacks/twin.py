import asyncio
import time

WAY = "call_later"
PERIOD = 0.5
WORK = 0.1
STOP_AT = 2.52


class Ticker:
    def __init__(self, loop):
        self.loop = loop
        self.start = loop.time()
        self.number = 0
        self.handle = loop.call_soon(self.tick)

    def tick(self):
        behind = self.loop.time() - self.start - self.number * PERIOD
        print(f"tick {self.number}: {behind:.2f} s behind")
        time.sleep(WORK)
        self.number += 1
        if WAY == "call_later":
            self.handle = self.loop.call_later(PERIOD, self.tick)
        else:
            self.handle = self.loop.call_at(self.start + self.number * PERIOD, self.tick)


async def main():
    ticker = Ticker(asyncio.get_running_loop())
    print("main: nothing has been called yet")
    await asyncio.sleep(STOP_AT)
    print(f"main: cancels the tick that is due at {ticker.handle.when():.2f} s")
    ticker.handle.cancel()
    await asyncio.sleep(PERIOD)
    print(f"main: {ticker.number} ticks, and no more came")


asyncio.run(main())
