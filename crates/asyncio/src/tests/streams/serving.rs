//! Servers, and the handlers of their connections.

use super::*;

/// Stays until its connection ends.
async fn hold(reader: StreamReader, writer: StreamWriter) -> Result {
    let name = current_task_name().unwrap_or_default();
    let data = reader.read(-1).await?;
    print(format!("{name} has {}", repr_bytes(&data)));
    writer.close();
    Ok(())
}

/// The Python of what the programs have in common, before one of them.
macro_rules! with_helpers {
    ($program:literal) => {
        concat!(
            r#"
async def hold(reader, writer):
    name = asyncio.current_task().get_name()
    data = await reader.read()
    print(f"{name} has {data}")
    writer.close()"#,
            $program
        )
    };
}

#[test]
fn a_handler_that_raises_is_told_and_its_connection_closed() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def main():
    async def fail(reader, writer):
        name = await reader.readline()
        if name == b"os\n":
            raise ConnectionError()
        writer.write(b"no")
        raise ValueError(f"bad {name}")
    await asyncio.start_server(fail, "127.0.0.1", 8888)
    for name in (b"value", b"os"):
        reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
        asyncio.create_task(ticker(3))
        writer.write(name + b"\n")
        print(await reader.read())
"#
        ),
        &[
            "0.02 tick 0",
            "0.02 tick 1",
            "0.02 tick 2",
            "0.04 b'no'",
            "0.060000000000000005 tick 0",
            "0.060000000000000005 tick 1",
            "0.060000000000000005 tick 2",
            "0.08 b''",
            r#"logged Unhandled exception in client_connected_cb: ValueError: bad b'value\n'"#,
            "logged Unhandled exception in client_connected_cb: ConnectionError",
        ],
        async {
            let fail = |reader: StreamReader, writer: StreamWriter| async move {
                let name = reader.readline().await?;
                if name == b"os\n" {
                    return Err::<(), _>(Error::new("ConnectionError", ""));
                }
                writer.write("no")?;
                Err(Error::new("ValueError", format!("bad {}", repr_bytes(&name))))
            };
            start_server(fail, "127.0.0.1", 8888).await?;
            for name in ["value\n", "os\n"] {
                let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
                create_task(ticker(3));
                writer.write(name)?;
                print(repr_bytes(&reader.read(-1).await?));
            }
            Ok(())
        },
    );
}

#[test]
fn a_handler_that_is_cancelled_closes_its_connection() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def main():
    async def give_up(reader, writer):
        await asyncio.sleep(1)
        raise asyncio.CancelledError("enough")
    await asyncio.start_server(give_up, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    print(await reader.read())
"#
        ),
        &["1.02 b''"],
        async {
            let give_up = |_reader, _writer| async {
                sleep(1.0).await?;
                Err::<(), _>(Error::cancelled(Some("enough".into())))
            };
            start_server(give_up, "127.0.0.1", 8888).await?;
            let (reader, _writer) = open_connection("127.0.0.1", 8888).await?;
            print(repr_bytes(&reader.read(-1).await?));
            Ok(())
        },
    );
}

#[test]
fn a_closed_server_keeps_its_connections() {
    check_on(
        NetworkConfig { latency: 0.1, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    server = await asyncio.start_server(hold, "127.0.0.1", 8888)
    connections = [await asyncio.open_connection("127.0.0.1", 8888) for _ in range(3)]
    closed = asyncio.create_task(server.wait_closed())
    print(server.is_serving(), len(server.sockets))
    server.close()
    server.close()
    print(server.is_serving(), len(server.sockets))
    for n, (reader, writer) in enumerate(connections):
        try:
            await asyncio.wait_for(server.wait_closed(), 0.5)
        except TimeoutError:
            print("there are connections")
        writer.write(b"%d" % n)
        writer.close()
    asyncio.create_task(ticker(4))
    await closed
    print("closed")
    await server.wait_closed()
    try:
        await asyncio.open_connection("127.0.0.1", 8888)
    except OSError as error:
        print(repr(error))
"#
        ),
        &[
            "0.6 True 1",
            "0.6 False 0",
            "1.1 there are connections",
            "1.2000000000000002 Task-4 has b'0'",
            "1.6 there are connections",
            "1.7000000000000002 Task-6 has b'1'",
            "2.1 there are connections",
            "2.1 tick 0",
            "2.1 tick 1",
            "2.1 tick 2",
            "2.1 tick 3",
            "2.2 Task-8 has b'2'",
            "2.2 closed",
            r#"2.4000000000000004 ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 8888)")"#,
        ],
        async {
            let server = start_server(hold, "127.0.0.1", 8888).await?;
            let mut connections = Vec::new();
            for _ in 0..3 {
                connections.push(open_connection("127.0.0.1", 8888).await?);
            }
            let closed = create_task(server.wait_closed());
            let state = |server: &Server| {
                print(format!("{} {}", truth(server.is_serving()), server.sockets().len()));
            };
            state(&server);
            server.close();
            server.close();
            state(&server);
            for (n, (_reader, writer)) in connections.iter().enumerate() {
                if wait_for(server.wait_closed(), Some(0.5)).await.is_err() {
                    print("there are connections");
                }
                writer.write(n.to_string())?;
                writer.close();
            }
            create_task(ticker(4));
            closed.await?;
            print("closed");
            server.wait_closed().await?;
            say_error(open_connection("127.0.0.1", 8888).await);
            Ok(())
        },
    );
}

#[test]
fn clients_are_closed_in_the_order_of_acceptance() {
    check_on(
        NetworkConfig { latency: 0.1, bandwidth: Some(1000.0), ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    async def greet(reader, writer):
        writer.write(bytes(2000))
        await hold(reader, writer)
    async def client(name):
        reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
        writer.write(name.encode())
        try:
            data = await reader.read()
            print(name, "has", len(data))
        except OSError as error:
            print(name, repr(error))
    for way in (asyncio.Server.close_clients, asyncio.Server.abort_clients):
        async with await asyncio.start_server(greet, "127.0.0.1", 8888) as server:
            clients = [asyncio.create_task(client(name)) for name in "abc"]
            await asyncio.sleep(0.7)
            way(server)
            await asyncio.wait(clients)
        print("closed")
"#
        ),
        &[
            "1.56 Task-9 has b'a'",
            "1.56 Task-10 has b'b'",
            "1.56 Task-11 has b'c'",
            "2.2 a has 2000",
            "2.2 b has 2000",
            "2.2 c has 2000",
            "2.2 closed",
            "2.9000000000000004 Task-19 has b'a'",
            "2.9000000000000004 Task-20 has b'b'",
            "2.9000000000000004 Task-21 has b'c'",
            "3.8600000000000003 a has 1460",
            "3.8600000000000003 b has 1460",
            "3.8600000000000003 c has 1460",
            "3.8600000000000003 closed",
        ],
        async {
            let greet = |reader, writer: StreamWriter| async move {
                writer.write([0; 2000])?;
                hold(reader, writer).await
            };
            async fn client(name: &str) -> Result {
                let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
                writer.write(name)?;
                match reader.read(-1).await {
                    Ok(data) => print(format!("{name} has {}", data.len())),
                    Err(error) => print(format!("{name} {}", error.repr())),
                }
                Ok(())
            }
            for way in [Server::close_clients, Server::abort_clients] {
                let server = start_server(greet, "127.0.0.1", 8888).await?;
                let body = |server: Server| async move {
                    let clients = ["a", "b", "c"].map(|name| create_task(client(name)));
                    sleep(0.7).await?;
                    way(&server);
                    wait(&clients).await?;
                    Ok(())
                };
                server.scope(body).await?;
                print("closed");
            }
            Ok(())
        },
    );
}

#[test]
fn serving_for_ever_ends_by_a_close() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def main():
    server = await asyncio.start_server(hold, "127.0.0.1", 8888, start_serving=False)
    forever = asyncio.create_task(server.serve_forever())
    await asyncio.sleep(0)
    print(server.is_serving())
    for _ in range(2):
        try:
            await server.serve_forever()
        except RuntimeError as error:
            print(repr(error))
        server.close()
    asyncio.create_task(ticker(5))
    try:
        await forever
    except asyncio.CancelledError as error:
        print(repr(error), forever.cancelled())
"#
        ),
        &[
            "0.0 True",
            r#"0.0 RuntimeError("server <Server sockets=(<asyncio.TransportSocket fd=1000, family=2, type=1, proto=6, laddr=('127.0.0.1', 8888)>,)> is already being awaited on serve_forever()")"#,
            "0.0 RuntimeError('server <Server sockets=()> is closed')",
            "0.0 tick 0",
            "0.0 CancelledError() True",
            "0.0 tick 1",
            "0.0 tick 2",
        ],
        async {
            let options = ServerOptions { start_serving: false, ..ServerOptions::default() };
            let server = start_server_with(hold, "127.0.0.1", 8888, options).await?;
            let forever = create_task(server.serve_forever());
            sleep(0.0).await?;
            print(truth(server.is_serving()));
            for _ in 0..2 {
                say_error(server.serve_forever().await);
                server.close();
            }
            create_task(ticker(5));
            if let Err(error) = forever.clone().await {
                print(format!("{} {}", error.repr(), truth(forever.cancelled())));
            }
            Ok(())
        },
    );
}

#[test]
fn a_server_that_closes_while_it_accepts() {
    check_on(
        NetworkConfig { latency: 0.0, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    for turns in range(8):
        server = await asyncio.start_server(hold, "127.0.0.1", 8888)
        client = asyncio.create_task(asyncio.open_connection("127.0.0.1", 8888))
        for _ in range(turns):
            await asyncio.sleep(0)
        server.close()
        try:
            reader, writer = await client
            print(turns, await asyncio.wait_for(reader.read(), 1))
        except OSError as error:
            print(turns, repr(error))
        else:
            writer.close()
            await server.wait_closed()
"#
        ),
        &[
            r#"0.0 0 ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 8888)")"#,
            r#"0.0 1 ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 8888)")"#,
            "0.0 2 ConnectionResetError(104, 'Connection reset by peer')",
            "1.0 3 TimeoutError()",
            "2.0 4 TimeoutError()",
            "3.0 5 TimeoutError()",
            "4.0 6 TimeoutError()",
            "5.0 7 TimeoutError()",
        ],
        async {
            for turns in 0..8 {
                let server = start_server(hold, "127.0.0.1", 8888).await?;
                let client = create_task(open_connection("127.0.0.1", 8888));
                for _ in 0..turns {
                    sleep(0.0).await?;
                }
                server.close();
                let (reader, writer) = match client.await {
                    Ok(streams) => streams,
                    Err(error) => {
                        print(format!("{turns} {}", error.repr()));
                        continue;
                    }
                };
                match wait_for(reader.read(-1), Some(1.0)).await {
                    Ok(data) => print(format!("{turns} {}", repr_bytes(&data))),
                    Err(error) => {
                        print(format!("{turns} {}", error.repr()));
                        continue;
                    }
                }
                writer.close();
                server.wait_closed().await?;
            }
            Ok(())
        },
    );
}

#[test]
fn what_is_left_open_is_cancelled_at_the_end() {
    check_on(
        NetworkConfig { latency: 0.1, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    async def stay(reader, writer):
        try:
            await reader.read()
        except asyncio.CancelledError as error:
            print(asyncio.current_task().get_name(), repr(error))
            raise
    await asyncio.start_server(stay, "127.0.0.1", 8888)
    for _ in range(2):
        await asyncio.open_connection("127.0.0.1", 8888)
    client = asyncio.create_task(asyncio.open_connection("127.0.0.1", 8888))
    await asyncio.sleep(0.1)
    await asyncio.sleep(0)
    print("over")
"#
        ),
        &[
            "0.5 over",
            "0.5 Task-4 CancelledError()",
            "0.5 Task-6 CancelledError()",
            "0.5 Task-9 CancelledError()",
        ],
        async {
            let stay = |reader: StreamReader, _writer| async move {
                let read = reader.read(-1).await;
                if let Err(error @ Error::Cancelled(_)) = &read {
                    print(format!("{} {}", current_task_name().unwrap_or_default(), error.repr()));
                }
                read
            };
            start_server(stay, "127.0.0.1", 8888).await?;
            for _ in 0..2 {
                open_connection("127.0.0.1", 8888).await?;
            }
            create_task(open_connection("127.0.0.1", 8888));
            sleep(0.1).await?;
            sleep(0.0).await?;
            print("over");
            Ok(())
        },
    );
}
