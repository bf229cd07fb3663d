import asyncio

FAN_OUT = "group"
QUERY_TIME = 0.4
SLOW = 2.5
TIMEOUT = 1.5

USERS = {1: "ann", 2: "bob", 3: "cat"}


class NotFound(Exception):
    pass


class Unavailable(Exception):
    pass


class Repository:
    async def user(self, number):
        await asyncio.sleep(QUERY_TIME)
        if number not in USERS:
            raise NotFound(f"no user {number}")
        return USERS[number]

    async def orders(self, number):
        await asyncio.sleep(SLOW if number == 2 else QUERY_TIME)
        return 10 * number

    async def reviews(self, number):
        await asyncio.sleep(QUERY_TIME / 2)
        if number == 3:
            raise Unavailable("reviews are down")
        return number


class Service:
    def __init__(self, repository):
        self.repository = repository

    async def profile(self, number):
        name = await self.repository.user(number)
        if FAN_OUT == "sequential":
            orders = await self.repository.orders(number)
            reviews = await self.repository.reviews(number)
        else:
            orders, reviews = await self.orders_and_reviews(number)
        return f"{name}, {orders} orders, {reviews} reviews"

    async def orders_and_reviews(self, number):
        try:
            async with asyncio.TaskGroup() as group:
                orders = group.create_task(
                    self.repository.orders(number), name=f"orders-{number}"
                )
                reviews = group.create_task(
                    self.repository.reviews(number), name=f"reviews-{number}"
                )
        except ExceptionGroup as failed:
            raise failed.exceptions[0]
        return orders.result(), reviews.result()


async def handle(service, number):
    try:
        async with asyncio.timeout(TIMEOUT):
            status, body = 200, await service.profile(number)
    except NotFound as error:
        status, body = 404, error
    except Unavailable as error:
        status, body = 503, error
    except TimeoutError:
        status, body = 504, "took too long"
    print(f"GET /users/{number}: {status} {body}")


async def main():
    service = Service(Repository())
    async with asyncio.TaskGroup() as group:
        for number in range(1, 5):
            group.create_task(handle(service, number), name=f"request-{number}")


asyncio.run(main())
