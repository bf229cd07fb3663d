"""All clocks go together, also those that are asked for by the system's names."""

import asyncio
import datetime
import time


def all_clocks():
    system = [time.clock_gettime(time.CLOCK_REALTIME), time.clock_gettime(time.CLOCK_MONOTONIC)]
    nanoseconds = [time.time_ns(), time.monotonic_ns(), time.perf_counter_ns(), time.clock_gettime_ns(time.CLOCK_MONOTONIC)]
    plain = [time.time(), time.monotonic(), time.perf_counter(), datetime.datetime.now().timestamp()]
    return plain + system + [each / 1e9 for each in nanoseconds]


async def main():
    before = all_clocks()
    await asyncio.sleep(2)
    time.sleep(0.5)
    print([round(2 * (now - then)) for now, then in zip(all_clocks(), before)])
    year = time.strftime("%Y")
    print(len(year), year == str(datetime.date.today().year) == datetime.datetime.now().strftime("%Y"))
    print(len(time.strftime("%Y-%m-%d %H:%M:%S")), len(time.ctime()), time.ctime() == time.asctime())


asyncio.run(main())
