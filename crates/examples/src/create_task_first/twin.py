import asyncio
import time

NEWS = 1.5
PRICES = 0.9
SETUP = 0.4
DRAWING = 0.8
START = "task"


async def fetch(name, delay):
    print(f"{name}: request sent")
    await asyncio.sleep(delay)
    print(f"{name}: arrived")
    return f"{name} fetched in {delay:.1f} s"


async def main():
    news = fetch("news", NEWS)
    prices = fetch("prices", PRICES)
    if START == "task":
        news = asyncio.create_task(news, name="news")
        prices = asyncio.create_task(prices, name="prices")

    print("main: reading the settings, without an await")
    time.sleep(SETUP)
    print("main: drawing the frame of the page")
    await asyncio.sleep(DRAWING)

    print("main: now it needs the data")
    print(await news)
    print(await prices)


asyncio.run(main())
