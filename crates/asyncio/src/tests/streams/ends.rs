//! How a connection ends, and what writers and readers meet then.

use super::*;

/// Tries again and again to write, and says what comes of it.
async fn insist(writer: &StreamWriter, times: usize) -> Result {
    for _ in 0..times {
        say_error(writer.write("more"));
        say_error(writer.drain().await);
        sleep(0.015).await?;
    }
    Ok(())
}

/// The Python of what the programs have in common, before one of them.
macro_rules! with_helpers {
    ($program:literal) => {
        concat!(
            r#"
def say_error(error=None):
    print("no error" if error is None else repr(error))
async def insist(writer, times):
    for _ in range(times):
        writer.write(b"more")
        say_error()
        try:
            await writer.drain()
            say_error()
        except OSError as error:
            say_error(error)
        await asyncio.sleep(0.015)"#,
            $program
        )
    };
}

#[test]
fn what_was_written_is_flushed_before_a_close() {
    check_on(
        NetworkConfig { bandwidth: Some(1000.0), segment: 100, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    async def sink(reader, writer):
        print("sink has", len(await reader.read()))
    await asyncio.start_server(sink, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    writer.write(bytes(550))
    writer.close()
    writer.close()
    print(writer.is_closing(), writer.transport.get_write_buffer_size())
    writer.write(b"to be sent too")
    try:
        await writer.drain()
        print("drained", writer.transport.get_write_buffer_size())
    except OSError as error:
        say_error(error)
    await writer.wait_closed()
    print("closed", writer.transport.get_write_buffer_size(), await reader.read())
    await writer.wait_closed()
    try:
        await writer.drain()
    except OSError as error:
        say_error(error)
    for late in (lambda: writer.write(b"late"), writer.transport.abort, lambda: writer.writelines([b"late"]), writer.write_eof):
        try:
            late()
            say_error()
        except Exception as error:
            say_error(error)
    await asyncio.sleep(1)
"#
        ),
        &[
            "0.02 True 450",
            "0.02 drained 464",
            "0.52 closed 0 b''",
            "0.52 ConnectionResetError('Connection lost')",
            r#"0.52 AttributeError("'NoneType' object has no attribute 'call_exception_handler'")"#,
            r#"0.52 AttributeError("'NoneType' object has no attribute 'call_soon'")"#,
            r#"0.52 TypeError("'NoneType' object is not callable")"#,
            "0.52 no error",
            "0.5940000000000001 sink has 564",
        ],
        async {
            let sink = |reader: StreamReader, _writer| async move {
                print(format!("sink has {}", reader.read(-1).await?.len()));
                Ok(())
            };
            start_server(sink, "127.0.0.1", 8888).await?;
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            writer.write([0; 550])?;
            writer.close();
            writer.close();
            let size = |writer: &StreamWriter| writer.transport().get_write_buffer_size();
            print(format!("{} {}", truth(writer.is_closing()), size(&writer)));
            writer.write("to be sent too")?;
            writer.drain().await?;
            print(format!("drained {}", size(&writer)));
            writer.wait_closed().await?;
            print(format!("closed {} {}", size(&writer), repr_bytes(&reader.read(-1).await?)));
            writer.wait_closed().await?;
            say_error(writer.drain().await);
            say_error(writer.write("late"));
            say_error(writer.transport().abort());
            say_error(writer.writelines(["late"]));
            say_error(writer.write_eof());
            sleep(1.0).await
        },
    );
}

#[test]
fn writing_after_a_close_comes_to_nothing() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def main():
    async def sink(reader, writer):
        print("sink has", await reader.read())
    await asyncio.start_server(sink, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    writer.write(b"data")
    writer.close()
    for _ in range(6):
        writer.write(b"lost")
    try:
        await writer.drain()
    except OSError as error:
        say_error(error)
    print(await reader.read(), writer.transport.is_reading())
    try:
        writer.writelines([b"lost"])
    except TypeError as error:
        say_error(error)
    await asyncio.sleep(1)
"#
        ),
        &[
            "0.02 ConnectionResetError('Connection lost')",
            "0.02 b'' False",
            r#"0.02 TypeError("'NoneType' object is not callable")"#,
            "0.03 sink has b'data'",
            "logged socket.send() raised exception.",
            "logged socket.send() raised exception.",
        ],
        async {
            let sink = |reader: StreamReader, _writer| async move {
                print(format!("sink has {}", repr_bytes(&reader.read(-1).await?)));
                Ok(())
            };
            start_server(sink, "127.0.0.1", 8888).await?;
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            writer.write("data")?;
            writer.close();
            for _ in 0..6 {
                writer.write("lost")?;
            }
            say_error(writer.drain().await);
            let rest = repr_bytes(&reader.read(-1).await?);
            print(format!("{rest} {}", truth(writer.transport().is_reading())));
            say_error(writer.writelines(["lost"]));
            sleep(1.0).await
        },
    );
}

#[test]
fn writing_to_who_has_closed_breaks_the_pipe() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def main():
    async def close(reader, writer):
        writer.write(b"bye")
        writer.close()
    await asyncio.start_server(close, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    print(await reader.read(), writer.is_closing())
    await insist(writer, 4)
    print(writer.is_closing(), repr(reader.exception()))
    for read in (reader.read(1), reader.readline(), writer.wait_closed()):
        try:
            await read
        except OSError as error:
            say_error(error)
"#
        ),
        &[
            "0.02 b'bye' False",
            "0.02 no error",
            "0.02 no error",
            "0.035 no error",
            "0.035 no error",
            "0.05 no error",
            "0.05 ConnectionResetError('Connection lost')",
            "0.065 no error",
            "0.065 BrokenPipeError(32, 'Broken pipe')",
            "0.08 True BrokenPipeError(32, 'Broken pipe')",
            "0.08 BrokenPipeError(32, 'Broken pipe')",
            "0.08 BrokenPipeError(32, 'Broken pipe')",
            "0.08 BrokenPipeError(32, 'Broken pipe')",
        ],
        async {
            let close = |_reader, writer: StreamWriter| async move {
                writer.write("bye")?;
                writer.close();
                Ok(())
            };
            start_server(close, "127.0.0.1", 8888).await?;
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            print(format!(
                "{} {}",
                repr_bytes(&reader.read(-1).await?),
                truth(writer.is_closing())
            ));
            insist(&writer, 4).await?;
            let error = reader.exception().map_or("None".into(), |error| error.repr());
            print(format!("{} {error}", truth(writer.is_closing())));
            say_error(reader.read(1).await);
            say_error(reader.readline().await);
            say_error(writer.wait_closed().await);
            Ok(())
        },
    );
}

#[test]
fn a_close_with_unread_bytes_resets_the_connection() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def main():
    async def ignore(reader, writer):
        writer.transport.pause_reading()
        writer.write(b"some")
        await asyncio.sleep(1)
        writer.close()
    await asyncio.start_server(ignore, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    writer.write(b"nobody reads this")
    waiting = asyncio.create_task(writer.wait_closed())
    try:
        print(await reader.readexactly(5))
    except OSError as error:
        say_error(error)
    await insist(writer, 2)
    print(writer.is_closing(), reader.at_eof())
    try:
        await waiting
    except OSError as error:
        say_error(error)
    try:
        writer.writelines([b"late"])
    except AttributeError as error:
        say_error(error)
"#
        ),
        &[
            "1.02 ConnectionResetError(104, 'Connection reset by peer')",
            "1.02 no error",
            "1.02 ConnectionResetError(104, 'Connection reset by peer')",
            "1.035 no error",
            "1.035 ConnectionResetError(104, 'Connection reset by peer')",
            "1.0499999999999998 True False",
            "1.0499999999999998 ConnectionResetError(104, 'Connection reset by peer')",
            r#"1.0499999999999998 AttributeError("'NoneType' object has no attribute '_add_writer'")"#,
        ],
        async {
            let ignore = |_reader, writer: StreamWriter| async move {
                writer.transport().pause_reading();
                writer.write("some")?;
                sleep(1.0).await?;
                writer.close();
                Ok(())
            };
            start_server(ignore, "127.0.0.1", 8888).await?;
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            writer.write("nobody reads this")?;
            let waiting = create_task(writer.wait_closed());
            say_error(reader.readexactly(5).await);
            insist(&writer, 2).await?;
            print(format!("{} {}", truth(writer.is_closing()), truth(reader.at_eof())));
            say_error(waiting.await);
            say_error(writer.writelines(["late"]));
            Ok(())
        },
    );
}

#[test]
fn an_abort_drops_what_is_not_on_its_way() {
    check_on(
        NetworkConfig { bandwidth: Some(1000.0), segment: 100, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    async def sink(reader, writer):
        try:
            print("sink has", len(await reader.read()))
        except OSError as error:
            say_error(error)
        print("sink ends")
    await asyncio.start_server(sink, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    writer.transport.set_write_buffer_limits(0)
    writer.write(bytes(550))
    drain = asyncio.create_task(writer.drain())
    await asyncio.sleep(0.25)
    writer.transport.abort()
    writer.transport.abort()
    print(writer.is_closing(), writer.transport.get_write_buffer_size())
    await drain
    await writer.wait_closed()
    print("aborted")
    await asyncio.sleep(1)
"#
        ),
        &[
            "0.27 True 0",
            "0.27 aborted",
            "0.33000000000000007 sink has 300",
            "0.33000000000000007 sink ends",
        ],
        async {
            let sink = |reader: StreamReader, _writer| async move {
                match reader.read(-1).await {
                    Ok(data) => print(format!("sink has {}", data.len())),
                    Err(error) => print(error.repr()),
                }
                print("sink ends");
                Ok(())
            };
            start_server(sink, "127.0.0.1", 8888).await?;
            let (_reader, writer) = open_connection("127.0.0.1", 8888).await?;
            writer.transport().set_write_buffer_limits(Some(0), None)?;
            writer.write([0; 550])?;
            let drain = create_task(writer.drain());
            sleep(0.25).await?;
            writer.transport().abort()?;
            writer.transport().abort()?;
            let size = writer.transport().get_write_buffer_size();
            print(format!("{} {size}", truth(writer.is_closing())));
            drain.await?;
            writer.wait_closed().await?;
            print("aborted");
            sleep(1.0).await
        },
    );
}

#[test]
fn a_reset_reaches_a_drain_that_waits() {
    check_on(
        NetworkConfig { window: 1000, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    async def refuse(reader, writer):
        writer.transport.pause_reading()
        await asyncio.sleep(1)
        writer.transport.abort()
    await asyncio.start_server(refuse, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    writer.write(bytes(100_000))
    asyncio.create_task(ticker(2))
    drains = [asyncio.create_task(writer.drain()) for _ in range(2)]
    results = await asyncio.gather(*drains, reader.read(5), writer.wait_closed(), return_exceptions=True)
    print(results)
    print(writer.transport.get_write_buffer_size())
"#
        ),
        &[
            "0.02 tick 0",
            "0.02 tick 1",
            "1.02 [ConnectionResetError(104, 'Connection reset by peer'), ConnectionResetError(104, 'Connection reset by peer'), ConnectionResetError(104, 'Connection reset by peer'), ConnectionResetError(104, 'Connection reset by peer')]",
            "1.02 0",
        ],
        async {
            let refuse = |_reader, writer: StreamWriter| async move {
                writer.transport().pause_reading();
                sleep(1.0).await?;
                writer.transport().abort()
            };
            start_server(refuse, "127.0.0.1", 8888).await?;
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            writer.write(vec![0; 100_000])?;
            create_task(ticker(2));
            let drains = [(); 2].map(|()| create_task(writer.drain()));
            let read = Coro::new("read", {
                let reader = reader.clone();
                async move { reader.read(5).await.map(|_| ()) }
            });
            let [first, second] = drains;
            let others = [create_task(read), create_task(writer.wait_closed())];
            let all = [first, second].into_iter().chain(others);
            let results = gather_return_exceptions(all).await?;
            let results: Vec<_> = results
                .into_iter()
                .map(|result| result.map_or_else(|error| error.repr(), |()| "None".into()))
                .collect();
            print(format!("[{}]", results.join(", ")));
            print(writer.transport().get_write_buffer_size());
            Ok(())
        },
    );
}

#[test]
fn the_end_fed_by_hand_makes_what_comes_later_an_error() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def main():
    async def greet(reader, writer):
        await asyncio.sleep(1)
        writer.write(b"late")
        try:
            print(await reader.read())
        except OSError as error:
            say_error(error)
    await asyncio.start_server(greet, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    reader.feed_eof()
    print(await reader.read())
    try:
        await writer.wait_closed()
    except AssertionError as error:
        say_error(error)
    try:
        await reader.read()
    except AssertionError as error:
        say_error(error)
    await asyncio.sleep(1)
"#
        ),
        &[
            "0.02 b''",
            "1.02 AssertionError('feed_data after feed_eof')",
            "1.02 AssertionError('feed_data after feed_eof')",
            "1.03 b''",
            "logged Fatal error: protocol.data_received() call failed.: AssertionError: feed_data after feed_eof",
        ],
        async {
            let greet = |reader: StreamReader, writer: StreamWriter| async move {
                sleep(1.0).await?;
                writer.write("late")?;
                match reader.read(-1).await {
                    Ok(data) => print(repr_bytes(&data)),
                    Err(error) => print(error.repr()),
                }
                Ok(())
            };
            start_server(greet, "127.0.0.1", 8888).await?;
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            reader.feed_eof();
            print(repr_bytes(&reader.read(-1).await?));
            say_error(writer.wait_closed().await);
            say_error(reader.read(-1).await);
            sleep(1.0).await
        },
    );
}
