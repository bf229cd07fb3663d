import asyncio

AFTER = "go-on"
ANSWERS = [0.3, 0.8, 0.3, 0.4]
LIMIT = 0.65

PORT = 8813


async def database(reader, writer):
    asyncio.current_task().set_name("database")
    while query := await reader.readline():
        await asyncio.sleep(ANSWERS[int(query)])
        writer.write(query)
        await writer.drain()
    writer.close()


class Connection:
    async def open(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", PORT)

    async def answer(self, number):
        while True:
            answer = int(await self.reader.readline())
            if answer == number or AFTER != "match":
                return answer
            print(f"query {number}: throws away the answer to {answer}")

    async def query(self, number):
        self.writer.write(f"{number}\n".encode())
        return await asyncio.wait_for(self.answer(number), LIMIT)


async def main():
    server = await asyncio.start_server(database, "127.0.0.1", PORT)
    async with server:
        connection = Connection()
        await connection.open()
        for number in range(len(ANSWERS)):
            try:
                answer = await connection.query(number)
                right = "right" if answer == number else "WRONG"
                print(f"query {number}: has the answer to {answer}, {right}")
            except TimeoutError:
                print(f"query {number}: given up")
                if AFTER == "reconnect":
                    connection.writer.close()
                    await connection.open()
        connection.writer.close()


asyncio.run(main())
