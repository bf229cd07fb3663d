"""Protocols below streams, with a buffer of their own and without; what a loop says of itself and of addresses."""

import asyncio
import socket


class Buffered(asyncio.BufferedProtocol):
    def connection_made(self, transport):
        self.transport, self.buffer = transport, bytearray(4)

    def get_buffer(self, hint):
        return memoryview(self.buffer)

    def buffer_updated(self, count):
        print("came", bytes(self.buffer[:count]))
        self.transport.write(self.buffer[:count].upper())

    def eof_received(self):
        print("its end")

    def connection_lost(self, error):
        print("lost", error)


class Plain(asyncio.Protocol):
    def data_received(self, data):
        print("answer", data)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Buffered, "127.0.0.1", 8765)
    transport, _ = await loop.create_connection(Plain, "127.0.0.1", 8765)
    for text in (b"abc", b"defghi"):
        transport.write(text)
        await asyncio.sleep(0.1)
    transport.write_eof()
    await asyncio.sleep(0.1)
    transport.close()
    server.close()
    await asyncio.sleep(0.1)
    addresses = await loop.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM)
    print(addresses[0][0] is socket.AF_INET, addresses[0][4])
    print(loop, type(loop).__name__, isinstance(loop, asyncio.SelectorEventLoop))


asyncio.run(main())
