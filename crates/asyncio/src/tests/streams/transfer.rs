//! Bytes back and forth.

use super::*;

/// Answers each line with the line in capitals, as long as lines come.
async fn shout(reader: StreamReader, writer: StreamWriter) -> Result {
    print(format!("handler in {}", current_task_name().unwrap_or_default()));
    while let Some(line) = reader.anext().await? {
        writer.write(line.to_ascii_uppercase())?;
        writer.drain().await?;
    }
    print("handler ends");
    writer.close();
    writer.wait_closed().await
}

/// The Python of what the programs have in common, before one of them.
macro_rules! with_helpers {
    ($program:literal) => {
        concat!(
            r#"
async def shout(reader, writer):
    print(f"handler in {asyncio.current_task().get_name()}")
    async for line in reader:
        writer.write(line.upper())
        await writer.drain()
    print("handler ends")
    writer.close()
    await writer.wait_closed()"#,
            $program
        )
    };
}

#[test]
fn lines_go_back_and_forth() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def main():
    server = await asyncio.start_server(shout, "127.0.0.1", 8888)
    async with server:
        reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
        print("connected", writer.get_extra_info("sockname"), writer.get_extra_info("peername"))
        writer.write(b"one\ntwo\nthr")
        print(await reader.readline())
        print(await reader.readline())
        writer.write(b"ee\nfour")
        print(await reader.readline())
        writer.write_eof()
        print(await reader.read(), reader.at_eof())
        writer.close()
        await writer.wait_closed()
    print("over")
"#
        ),
        &[
            "0.01 handler in Task-4",
            "0.02 connected ('127.0.0.1', 50000) ('127.0.0.1', 8888)",
            r#"0.04 b'ONE\n'"#,
            r#"0.04 b'TWO\n'"#,
            r#"0.060000000000000005 b'THREE\n'"#,
            "0.07 handler ends",
            "0.08 b'FOUR' True",
            "0.08 over",
        ],
        async {
            let server = start_server(shout, "127.0.0.1", 8888).await?;
            server
                .scope(|_| async {
                    let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
                    let address =
                        |name| writer.get_extra_info(name).map(|address| address.to_string());
                    let (own, other) = (address("sockname"), address("peername"));
                    print(format!(
                        "connected {} {}",
                        own.unwrap_or_default(),
                        other.unwrap_or_default()
                    ));
                    writer.write("one\ntwo\nthr")?;
                    print(repr_bytes(&reader.readline().await?));
                    print(repr_bytes(&reader.readline().await?));
                    writer.write("ee\nfour")?;
                    print(repr_bytes(&reader.readline().await?));
                    writer.write_eof()?;
                    let rest = reader.read(-1).await?;
                    print(format!("{} {}", repr_bytes(&rest), truth(reader.at_eof())));
                    writer.close();
                    writer.wait_closed().await
                })
                .await?;
            print("over");
            Ok(())
        },
    );
}

#[test]
fn each_turn_of_a_connection() {
    check_on(
        NetworkConfig { latency: 0.0, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    asyncio.create_task(ticker(17))
    await asyncio.start_server(shout, "127.0.0.1", 8888)
    print("listening")
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    print("connected")
    writer.write(b"one\n")
    print(await reader.readline())
    writer.close()
    print("closing", writer.is_closing())
    await writer.wait_closed()
    print("closed")
    await asyncio.sleep(0.1)
"#
        ),
        &[
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 tick 2",
            "0.0 tick 3",
            "0.0 listening",
            "0.0 tick 4",
            "0.0 tick 5",
            "0.0 tick 6",
            "0.0 tick 7",
            "0.0 handler in Task-5",
            "0.0 connected",
            "0.0 tick 8",
            "0.0 tick 9",
            "0.0 tick 10",
            "0.0 tick 11",
            r#"0.0 b'ONE\n'"#,
            "0.0 closing True",
            "0.0 tick 12",
            "0.0 tick 13",
            "0.0 closed",
            "0.0 tick 14",
            "0.0 handler ends",
            "0.0 tick 15",
            "0.0 tick 16",
        ],
        async {
            create_task(ticker(17));
            start_server(shout, "127.0.0.1", 8888).await?;
            print("listening");
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            print("connected");
            writer.write("one\n")?;
            print(repr_bytes(&reader.readline().await?));
            writer.close();
            print(format!("closing {}", truth(writer.is_closing())));
            writer.wait_closed().await?;
            print("closed");
            sleep(0.1).await
        },
    );
}

#[test]
fn several_clients_at_once() {
    check_on(
        NetworkConfig { latency: 0.1, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def client(name, delay):
    await asyncio.sleep(delay)
    reader, writer = await asyncio.open_connection("localhost", 8888)
    print(f"{name} connected from {writer.get_extra_info('sockname')[1]}")
    writer.writelines([name.encode(), b"\n"])
    writer.write_eof()
    print(f"{name} got {await reader.read()} in {asyncio.current_task().get_name()}")
async def main():
    await asyncio.start_server(shout, "", 8888)
    await asyncio.gather(client("a", 0.05), client("b", 0.05), client("c", 0))
"#
        ),
        &[
            "0.1 handler in Task-7",
            "0.15000000000000002 handler in Task-10",
            "0.15000000000000002 handler in Task-11",
            "0.2 c connected from 50000",
            "0.25 a connected from 50001",
            "0.25 b connected from 50002",
            "0.30000000000000004 handler ends",
            "0.35 handler ends",
            "0.35 handler ends",
            r#"0.4 c got b'C\n' in Task-5"#,
            r#"0.44999999999999996 a got b'A\n' in Task-3"#,
            r#"0.44999999999999996 b got b'B\n' in Task-4"#,
        ],
        async {
            async fn client(name: &str, delay: f64) -> Result {
                sleep(delay).await?;
                let (reader, writer) = open_connection("localhost", 8888).await?;
                let port = writer.get_extra_info("sockname").map_or(0, |address| address.port);
                print(format!("{name} connected from {port}"));
                writer.writelines([name, "\n"])?;
                writer.write_eof()?;
                let got = repr_bytes(&reader.read(-1).await?);
                print(format!("{name} got {got} in {}", current_task_name().unwrap_or_default()));
                Ok(())
            }
            start_server(shout, "", 8888).await?;
            gather([client("a", 0.05), client("b", 0.05), client("c", 0.0)]).await?;
            Ok(())
        },
    );
}

#[test]
fn what_comes_at_the_time_of_a_timer_comes_before_it() {
    check_on(
        NetworkConfig { latency: 0.25, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    await asyncio.start_server(shout, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    loop = asyncio.get_running_loop()
    loop.call_later(0.5, lambda: print("timer set before", reader.at_eof()))
    writer.write_eof()
    loop.call_later(0.5, lambda: print("timer set after", reader.at_eof()))
    try:
        print(await asyncio.wait_for(reader.read(), 0.5))
    except TimeoutError as error:
        print(repr(error), reader.at_eof())
    print(await reader.read())
"#
        ),
        &[
            "0.25 handler in Task-4",
            "0.75 handler ends",
            "1.0 timer set before True",
            "1.0 timer set after True",
            "1.0 TimeoutError() True",
            "1.0 b''",
        ],
        async {
            start_server(shout, "127.0.0.1", 8888).await?;
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            let (before, after) = (reader.clone(), reader.clone());
            call_later(0.5, move || print(format!("timer set before {}", truth(before.at_eof()))));
            writer.write_eof()?;
            call_later(0.5, move || print(format!("timer set after {}", truth(after.at_eof()))));
            match wait_for(reader.read(-1), Some(0.5)).await {
                Ok(data) => print(repr_bytes(&data)),
                Err(error) => print(format!("{} {}", error.repr(), truth(reader.at_eof()))),
            }
            print(repr_bytes(&reader.read(-1).await?));
            Ok(())
        },
    );
}

#[test]
fn half_of_a_connection_closes() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def count(reader, writer):
    writer.write(b"counting\n")
    data = await reader.read()
    print("handler read", data, reader.at_eof())
    await asyncio.sleep(1)
    writer.write(b"%d bytes\n" % len(data))
    writer.close()
async def main():
    await asyncio.start_server(count, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    writer.write(b"some data")
    print(writer.can_write_eof())
    writer.write_eof()
    writer.write_eof()
    for write in (lambda: writer.write(b"more"), lambda: writer.writelines([b"more"])):
        try:
            write()
        except RuntimeError as error:
            print(repr(error))
    print(await reader.read(100))
    print(await reader.read(100))
    print(await reader.read(100), await reader.readline(), await reader.read())
    print(writer.is_closing())
"#
        ),
        &[
            "0.02 True",
            "0.02 RuntimeError('Cannot call write() after write_eof()')",
            "0.02 RuntimeError('Cannot call writelines() after write_eof()')",
            r#"0.02 b'counting\n'"#,
            "0.03 handler read b'some data' True",
            r#"1.04 b'9 bytes\n'"#,
            "1.04 b'' b'' b''",
            "1.04 False",
        ],
        async {
            let count = |reader: StreamReader, writer: StreamWriter| async move {
                writer.write("counting\n")?;
                let data = reader.read(-1).await?;
                print(format!("handler read {} {}", repr_bytes(&data), truth(reader.at_eof())));
                sleep(1.0).await?;
                writer.write(format!("{} bytes\n", data.len()))?;
                writer.close();
                Ok(())
            };
            start_server(count, "127.0.0.1", 8888).await?;
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            writer.write("some data")?;
            print(truth(writer.can_write_eof()));
            writer.write_eof()?;
            writer.write_eof()?;
            say_error(writer.write("more"));
            say_error(writer.writelines(["more"]));
            print(repr_bytes(&reader.read(100).await?));
            print(repr_bytes(&reader.read(100).await?));
            let (first, second) = (reader.read(100).await?, reader.readline().await?);
            let third = reader.read(-1).await?;
            print([first, second, third].map(|data| repr_bytes(&data)).join(" "));
            print(truth(writer.is_closing()));
            Ok(())
        },
    );
}
