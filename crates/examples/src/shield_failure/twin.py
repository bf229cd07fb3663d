import asyncio

FAILS_AT = 1.5
PATIENCE = 1.05
KEEP = False


async def save():
    await asyncio.sleep(FAILS_AT)
    print("save: the disk is full")
    raise OSError("disk full")


async def customer(saving):
    try:
        await asyncio.wait_for(asyncio.shield(saving), PATIENCE)
        print("customer: saved")
    except TimeoutError:
        print("customer: leaves")
    except OSError as error:
        print(f"customer: told of {error!r}")


async def main():
    saving = asyncio.create_task(save(), name="save")
    await customer(saving)
    if KEEP:
        try:
            await saving
        except OSError as error:
            print(f"main: told of {error!r}")
    else:
        del saving
    await asyncio.sleep(2.0)
    print("main: ends")


asyncio.run(main())
