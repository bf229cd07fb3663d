"""How dates are written: each field, those that C libraries write differently, years of three digits, what is no date."""

import asyncio
import datetime
import time

FIELDS = "Y m d H M S y B b A a j U W w I p e D T R F C G V u n % c x X h k l"
MOMENT = (2024, 2, 29, 13, 5, 9, 3, 60, 0)


async def main():
    for field in FIELDS.split():
        date = datetime.datetime(2024, 2, 29, 13, 5, 9)
        print(field, repr(time.strftime(f"%{field}", MOMENT)), repr(date.strftime(f"%{field}")))
    print(time.strptime("2024-02-29 13:05", "%Y-%m-%d %H:%M")[:6])
    print(datetime.datetime(999, 1, 1).strftime("%Y|%F|%C"), time.strftime("%Y", (999, 1, 1, 0, 0, 0, 0, 1, 0)))
    for wrong in (("%Y", (2024, 13, 1, 0, 0, 0, 0, 1, 0)), (5,), (), ("%Y", None)):
        try:
            time.strftime(*wrong)
        except (TypeError, ValueError) as error:
            print(repr(error))
    print(time.ctime(0), time.asctime(MOMENT), time.strftime("%z %Z", time.gmtime(0)))


asyncio.run(main())
