//! Time-outs and cancellation at every await.

use super::*;

/// Keeps its connection for as long as nothing goes wrong with it.
async fn hold(reader: StreamReader, writer: StreamWriter) -> Result {
    print("accepted");
    match reader.read(-1).await {
        Ok(data) => print(format!("handler has {}", repr_bytes(&data))),
        Err(error) if error.is_a("OSError") => print(format!("handler {}", error.repr())),
        Err(error) => return Err(error),
    }
    writer.close();
    Ok(())
}

/// Waits for a task, and says what it came to.
async fn outcome<T: Clone + 'static>(task: Task<T>) -> Result {
    match task.await {
        Ok(_) => print("done"),
        Err(error) => print(error.repr()),
    }
    Ok(())
}

/// The Python of what the programs have in common, before one of them.
macro_rules! with_helpers {
    ($program:literal) => {
        concat!(
            r#"
async def hold(reader, writer):
    print("accepted")
    try:
        print("handler has", await reader.read())
    except OSError as error:
        print("handler", repr(error))
    writer.close()
async def outcome(task):
    try:
        await task
        print("done")
    except (Exception, asyncio.CancelledError) as error:
        print(repr(error))"#,
            $program
        )
    };
}

#[test]
fn while_connecting() {
    check_on(
        NetworkConfig { latency: 0.1, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    await asyncio.start_server(hold, "127.0.0.1", 8888)
    for delay in (0, 0.05, 0.1, 0.15, 0.2, 0.25):
        task = asyncio.create_task(asyncio.open_connection("127.0.0.1", 8888))
        await asyncio.sleep(delay)
        print(delay, task.cancel())
        await outcome(task)
        await asyncio.sleep(0.5)
    for delay in (0, 0.1, 0.2, 0.3):
        print(delay)
        await outcome(asyncio.create_task(asyncio.wait_for(asyncio.open_connection("127.0.0.1", 8888), delay)))
    await outcome(asyncio.create_task(asyncio.wait_for(asyncio.open_connection("127.0.0.1", 1), 0.2)))
    await asyncio.sleep(0.5)
"#
        ),
        &[
            "0.0 0 True",
            "0.0 CancelledError()",
            "0.1 accepted",
            "0.30000000000000004 handler ConnectionResetError(104, 'Connection reset by peer')",
            "0.55 0.05 True",
            "0.55 CancelledError()",
            "0.6 accepted",
            "0.7999999999999999 handler ConnectionResetError(104, 'Connection reset by peer')",
            "1.1500000000000001 0.1 True",
            "1.1500000000000001 accepted",
            "1.1500000000000001 CancelledError()",
            "1.3500000000000003 handler ConnectionResetError(104, 'Connection reset by peer')",
            "1.7500000000000002 accepted",
            "1.8 0.15 True",
            "1.8 CancelledError()",
            "1.9500000000000004 handler ConnectionResetError(104, 'Connection reset by peer')",
            "2.4 accepted",
            "2.5 0.2 True",
            "2.5 CancelledError()",
            "2.6 handler has b''",
            "3.1 accepted",
            "3.25 0.25 False",
            "3.25 done",
            "3.75 0",
            "3.75 TimeoutError()",
            "3.75 0.1",
            "3.85 TimeoutError()",
            "3.85 0.2",
            "3.85 accepted",
            "3.95 accepted",
            "4.05 handler ConnectionResetError(104, 'Connection reset by peer')",
            "4.05 TimeoutError()",
            "4.05 0.3",
            "4.1499999999999995 handler has b''",
            "4.1499999999999995 accepted",
            "4.249999999999999 done",
            "4.449999999999998 TimeoutError()",
        ],
        async {
            start_server(hold, "127.0.0.1", 8888).await?;
            for delay in ["0", "0.05", "0.1", "0.15", "0.2", "0.25"] {
                let task = create_task(open_connection("127.0.0.1", 8888));
                sleep(delay.parse().unwrap_or_default()).await?;
                print(format!("{delay} {}", truth(task.cancel())));
                outcome(task).await?;
                sleep(0.5).await?;
            }
            for delay in ["0", "0.1", "0.2", "0.3"] {
                print(delay);
                let seconds = delay.parse().unwrap_or_default();
                outcome(create_task(wait_for(open_connection("127.0.0.1", 8888), Some(seconds))))
                    .await?;
            }
            outcome(create_task(wait_for(open_connection("127.0.0.1", 1), Some(0.2)))).await?;
            sleep(0.5).await
        },
    );
}

#[test]
fn in_each_turn_of_connecting() {
    check_on(
        NetworkConfig { latency: 0.0, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    await asyncio.start_server(hold, "127.0.0.1", 8888)
    for turns in range(9):
        task = asyncio.create_task(asyncio.open_connection("127.0.0.1", 8888))
        for _ in range(turns):
            await asyncio.sleep(0)
        print(turns, task.cancel())
        await outcome(task)
        asyncio.create_task(ticker(3))
        await asyncio.sleep(1)
"#
        ),
        &[
            "0.0 0 True",
            "0.0 CancelledError()",
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 tick 2",
            "1.0 1 True",
            "1.0 CancelledError()",
            "1.0 tick 0",
            "1.0 tick 1",
            "1.0 accepted",
            "1.0 tick 2",
            "1.0 handler has b''",
            "2.0 2 True",
            "2.0 CancelledError()",
            "2.0 tick 0",
            "2.0 accepted",
            "2.0 tick 1",
            "2.0 handler has b''",
            "2.0 tick 2",
            "3.0 3 True",
            "3.0 CancelledError()",
            "3.0 accepted",
            "3.0 tick 0",
            "3.0 tick 1",
            "3.0 handler has b''",
            "3.0 tick 2",
            "4.0 4 True",
            "4.0 accepted",
            "4.0 CancelledError()",
            "4.0 tick 0",
            "4.0 tick 1",
            "4.0 handler has b''",
            "4.0 tick 2",
            "5.0 5 True",
            "5.0 accepted",
            "5.0 CancelledError()",
            "5.0 tick 0",
            "5.0 tick 1",
            "5.0 handler has b''",
            "5.0 tick 2",
            "6.0 accepted",
            "6.0 6 False",
            "6.0 done",
            "6.0 tick 0",
            "6.0 tick 1",
            "6.0 tick 2",
            "7.0 accepted",
            "7.0 7 False",
            "7.0 done",
            "7.0 tick 0",
            "7.0 tick 1",
            "7.0 tick 2",
            "8.0 accepted",
            "8.0 8 False",
            "8.0 done",
            "8.0 tick 0",
            "8.0 tick 1",
            "8.0 tick 2",
        ],
        async {
            start_server(hold, "127.0.0.1", 8888).await?;
            for turns in 0..9 {
                let task = create_task(open_connection("127.0.0.1", 8888));
                for _ in 0..turns {
                    sleep(0.0).await?;
                }
                print(format!("{turns} {}", truth(task.cancel())));
                outcome(task).await?;
                create_task(ticker(3));
                sleep(1.0).await?;
            }
            Ok(())
        },
    );
}

#[test]
fn while_reading() {
    check_on(
        NetworkConfig { latency: 0.1, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    async def drip(reader, writer):
        for part in (b"ab", b"cd", b"e\nfgh"):
            writer.write(part)
            await asyncio.sleep(1)
        await asyncio.sleep(1)
        writer.close()
    await asyncio.start_server(drip, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    for read in (lambda: reader.readexactly(9), reader.readline, lambda: reader.readuntil(b"d"), lambda: reader.read(100), reader.read):
        try:
            print(await asyncio.wait_for(read(), 0.5))
        except TimeoutError as error:
            print(repr(error))
    task = asyncio.create_task(reader.readexactly(7))
    await asyncio.sleep(0)
    task.cancel("stop")
    await outcome(task)
    print(await reader.read())
"#
        ),
        &[
            "0.7 TimeoutError()",
            "1.2 TimeoutError()",
            "1.2 b'abcd'",
            "1.7 TimeoutError()",
            "2.2 TimeoutError()",
            "2.2 CancelledError('stop')",
            r#"4.199999999999999 b'e\nfgh'"#,
        ],
        async {
            let drip = |_reader, writer: StreamWriter| async move {
                for part in ["ab", "cd", "e\nfgh"] {
                    writer.write(part)?;
                    sleep(1.0).await?;
                }
                sleep(1.0).await?;
                writer.close();
                Ok(())
            };
            start_server(drip, "127.0.0.1", 8888).await?;
            let (reader, _writer) = open_connection("127.0.0.1", 8888).await?;
            let say = |result: Result<Vec<u8>>| match result {
                Ok(data) => print(repr_bytes(&data)),
                Err(error) => print(error.repr()),
            };
            say(wait_for(reader.readexactly(9), Some(0.5)).await);
            say(wait_for(reader.readline(), Some(0.5)).await);
            say(wait_for(reader.readuntil("d"), Some(0.5)).await);
            say(wait_for(reader.read(100), Some(0.5)).await);
            say(wait_for(reader.read(-1), Some(0.5)).await);
            let task = create_task(reader.readexactly(7));
            sleep(0.0).await?;
            task.cancel_with("stop");
            outcome(task).await?;
            print(repr_bytes(&reader.read(-1).await?));
            Ok(())
        },
    );
}

#[test]
fn when_data_and_cancellation_come_in_one_turn() {
    check_on(
        NetworkConfig { latency: 0.25, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    async def greet(reader, writer):
        writer.write(b"hello")
        await asyncio.sleep(1)
        writer.write(b"again")
    await asyncio.start_server(greet, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    print(await reader.read(5))
    task = asyncio.create_task(reader.read(5))
    asyncio.get_running_loop().call_at(1.5, task.cancel)
    await outcome(task)
    print(await reader.read(5))
"#
        ),
        &["0.5 b'hello'", "1.5 CancelledError()", "1.5 b'again'"],
        async {
            let greet = |_reader, writer: StreamWriter| async move {
                writer.write("hello")?;
                sleep(1.0).await?;
                writer.write("again")
            };
            start_server(greet, "127.0.0.1", 8888).await?;
            let (reader, _writer) = open_connection("127.0.0.1", 8888).await?;
            print(repr_bytes(&reader.read(5).await?));
            let task = create_task(reader.read(5));
            let victim = task.clone();
            call_at(1.5, move || {
                victim.cancel();
            });
            outcome(task).await?;
            print(repr_bytes(&reader.read(5).await?));
            Ok(())
        },
    );
}

#[test]
fn while_draining() {
    check_on(
        NetworkConfig { latency: 0.1, bandwidth: Some(10000.0), ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    async def sink(reader, writer):
        print("sink has", len(await reader.read()))
    await asyncio.start_server(sink, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    writer.write(bytes(100_000))
    await outcome(asyncio.create_task(asyncio.wait_for(writer.drain(), 1)))
    tasks = [asyncio.create_task(writer.drain()) for _ in range(3)]
    await asyncio.sleep(1)
    tasks[1].cancel()
    for task in tasks:
        await outcome(task)
    writer.close()
    drain = asyncio.create_task(writer.drain())
    await asyncio.sleep(0)
    drain.cancel()
    await outcome(drain)
    await writer.wait_closed()
    await asyncio.sleep(1)
"#
        ),
        &[
            "1.2 TimeoutError()",
            "8.521999999999998 done",
            "8.521999999999998 CancelledError()",
            "8.521999999999998 done",
            "8.521999999999998 CancelledError()",
            "10.300000000000006 sink has 100000",
        ],
        async {
            let sink = |reader: StreamReader, _writer| async move {
                print(format!("sink has {}", reader.read(-1).await?.len()));
                Ok(())
            };
            start_server(sink, "127.0.0.1", 8888).await?;
            let (_reader, writer) = open_connection("127.0.0.1", 8888).await?;
            writer.write(vec![0; 100_000])?;
            outcome(create_task(wait_for(writer.drain(), Some(1.0)))).await?;
            let tasks = [(); 3].map(|()| create_task(writer.drain()));
            sleep(1.0).await?;
            tasks[1].cancel();
            for task in tasks {
                outcome(task).await?;
            }
            writer.close();
            let drain = create_task(writer.drain());
            sleep(0.0).await?;
            drain.cancel();
            outcome(drain).await?;
            writer.wait_closed().await?;
            sleep(1.0).await
        },
    );
}

#[test]
fn while_waiting_for_the_close() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def main():
    await asyncio.start_server(hold, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    first = asyncio.create_task(writer.wait_closed())
    second = asyncio.create_task(writer.wait_closed())
    await asyncio.sleep(1)
    first.cancel("enough")
    await outcome(first)
    await outcome(second)
    await outcome(asyncio.create_task(asyncio.wait_for(writer.wait_closed(), 1)))
    writer.close()
    await outcome(asyncio.create_task(writer.wait_closed()))
    await asyncio.sleep(1)
"#
        ),
        &[
            "0.01 accepted",
            "1.02 CancelledError('enough')",
            "1.02 CancelledError('enough')",
            "1.02 CancelledError('enough')",
            "1.02 CancelledError('enough')",
            "1.03 handler has b''",
        ],
        async {
            start_server(hold, "127.0.0.1", 8888).await?;
            let (_reader, writer) = open_connection("127.0.0.1", 8888).await?;
            let first = create_task(writer.wait_closed());
            let second = create_task(writer.wait_closed());
            sleep(1.0).await?;
            first.cancel_with("enough");
            outcome(first).await?;
            outcome(second).await?;
            outcome(create_task(wait_for(writer.wait_closed(), Some(1.0)))).await?;
            writer.close();
            outcome(create_task(writer.wait_closed())).await?;
            sleep(1.0).await
        },
    );
}

#[test]
fn while_serving() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def main():
    server = await asyncio.start_server(hold, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    forever = asyncio.create_task(server.serve_forever())
    await asyncio.sleep(1)
    for _ in range(2):
        forever.cancel("enough")
        await asyncio.sleep(1)
        print(server.is_serving(), forever.done())
    await outcome(forever)
    waiting = asyncio.create_task(server.wait_closed())
    await outcome(asyncio.create_task(asyncio.wait_for(server.wait_closed(), 1)))
    writer.close()
    await outcome(waiting)
    await outcome(asyncio.create_task(server.wait_closed()))
    await outcome(asyncio.create_task(server.serve_forever()))
"#
        ),
        &[
            "0.01 accepted",
            "2.02 False False",
            "3.02 False True",
            "3.02 CancelledError('enough')",
            "4.02 TimeoutError()",
            "4.029999999999999 handler has b''",
            "4.029999999999999 done",
            "4.029999999999999 done",
            "4.029999999999999 RuntimeError('server <Server sockets=()> is closed')",
        ],
        async {
            let server = start_server(hold, "127.0.0.1", 8888).await?;
            let (_reader, writer) = open_connection("127.0.0.1", 8888).await?;
            let forever = create_task(server.serve_forever());
            sleep(1.0).await?;
            for _ in 0..2 {
                forever.cancel_with("enough");
                sleep(1.0).await?;
                print(format!("{} {}", truth(server.is_serving()), truth(forever.done())));
            }
            outcome(forever).await?;
            let waiting = create_task(server.wait_closed());
            outcome(create_task(wait_for(server.wait_closed(), Some(1.0)))).await?;
            writer.close();
            outcome(waiting).await?;
            outcome(create_task(server.wait_closed())).await?;
            outcome(create_task(server.serve_forever())).await
        },
    );
}

#[test]
fn while_starting_a_server() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def main():
    for turns in range(6):
        task = asyncio.create_task(asyncio.start_server(hold, "127.0.0.1", 8888 + turns))
        for _ in range(turns):
            await asyncio.sleep(0)
        print(turns, task.cancel())
        await outcome(task)
"#
        ),
        &[
            "0.0 0 True",
            "0.0 CancelledError()",
            "0.0 1 True",
            "0.0 CancelledError()",
            "0.0 2 True",
            "0.0 CancelledError()",
            "0.0 3 True",
            "0.0 CancelledError()",
            "0.0 4 True",
            "0.0 CancelledError()",
            "0.0 5 False",
            "0.0 done",
        ],
        async {
            for turns in 0..6 {
                let task = create_task(start_server(hold, "127.0.0.1", 8888 + turns));
                for _ in 0..turns {
                    sleep(0.0).await?;
                }
                print(format!("{turns} {}", truth(task.cancel())));
                outcome(task).await?;
            }
            Ok(())
        },
    );
}
