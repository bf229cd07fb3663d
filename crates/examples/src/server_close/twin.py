import asyncio

STOP = "close"
CLIENTS = 2
PIECE = 12
STOP_AT = 1.03
STAY = 2.5
PATIENCE = 5.0

PORT = 8811


async def serve(reader, writer):
    host, port = writer.get_extra_info("sockname")
    asyncio.current_task().set_name(f"handler-at-{port}")
    print(f"server: somebody from {writer.get_extra_info('peername')[0]}")
    while data := await reader.read(PIECE):
        print(f"server: {len(data)} bytes")
        writer.write(data)
        await writer.drain()
    print("server: end of data")
    writer.close()
    await writer.wait_closed()


async def serve_for_ever(server):
    try:
        await server.serve_forever()
    except asyncio.CancelledError:
        print("serving: serve_forever is over")
        raise


async def client(number):
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    writer.write(f"hello from client {number}".encode())
    try:
        async with asyncio.timeout(STAY):
            while data := await reader.read(PIECE):
                print(f"client {number}: {len(data)} bytes back")
        print(f"client {number}: the server has hung up")
    except ConnectionError as error:
        print(f"client {number}: {type(error).__name__}")
    except TimeoutError:
        print(f"client {number}: has stayed long enough")
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    serving = asyncio.create_task(serve_for_ever(server), name="serving")
    clients = [
        asyncio.create_task(client(number), name=f"client-{number}") for number in range(CLIENTS)
    ]
    await asyncio.sleep(STOP_AT)
    server.close()
    if STOP == "close_clients":
        server.close_clients()
    elif STOP == "abort_clients":
        server.abort_clients()
    print(f"main: {STOP}, now waits until it is closed")
    try:
        async with asyncio.timeout(PATIENCE):
            await server.wait_closed()
        print("main: closed")
    except TimeoutError:
        print("main: does not wait any longer")
    await asyncio.gather(serving, *clients, return_exceptions=True)


asyncio.run(main())
