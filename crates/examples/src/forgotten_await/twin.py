import asyncio

RESERVING = 0.5
PAYING = 1.2
SHIPPING = 0.9
CALL = "forgotten"


async def reserve():
    print("reserve: takes the last copy from the shelf")
    await asyncio.sleep(RESERVING)
    print("reserve: put aside")


async def pay(account):
    print("pay: asks the bank")
    await asyncio.sleep(PAYING)
    account.append("42.00")
    print("pay: the money is there")
    return "receipt 17"


async def ship():
    print("ship: packs the parcel")
    await asyncio.sleep(SHIPPING)
    print("ship: handed over")


async def main():
    account = []
    await reserve()
    if CALL == "await":
        receipt = await pay(account)
    elif CALL == "task":
        receipt = await asyncio.create_task(pay(account), name="pay")
    elif CALL == "kept":
        receipt = pay(account)
    else:
        receipt = None
        pay(account)
    print(f"main: the receipt is a {type(receipt).__name__}")
    await ship()
    print(f"main: shipped, received {', '.join(account) or 'nothing'}")


asyncio.run(main())
