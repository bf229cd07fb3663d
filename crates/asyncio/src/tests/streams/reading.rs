//! What a reader does with the bytes that it is fed.

use super::*;

#[test]
fn each_way_to_read() {
    check_on(
        NetworkConfig::default(),
        r#"
async def main():
    reader = asyncio.StreamReader()
    reader.feed_data(b"0123456789\nline\nrest")
    print(await reader.read(0), await reader.read(4), await reader.readexactly(2), await reader.readexactly(0))
    print(await reader.readline(), await reader.readuntil(), await reader.readuntil(b"es"))
    print(reader.at_eof())
    reader.feed_eof()
    print(reader.at_eof(), await reader.read(), reader.at_eof())
    print(await reader.read(5), await reader.readline(), await reader.readexactly(0))
    try:
        await reader.readexactly(-1)
    except ValueError as error:
        print(repr(error))
"#,
        &[
            "0.0 b'' b'0123' b'45' b''",
            r#"0.0 b'6789\n' b'line\n' b'res'"#,
            "0.0 False",
            "0.0 False b't' True",
            "0.0 b'' b'' b''",
            "0.0 ValueError('readexactly size can not be less than zero')",
        ],
        async {
            let reader = StreamReader::new();
            reader.feed_data(b"0123456789\nline\nrest")?;
            let first = [
                reader.read(0).await?,
                reader.read(4).await?,
                reader.readexactly(2).await?,
                reader.readexactly(0).await?,
            ];
            print(first.map(|data| repr_bytes(&data)).join(" "));
            let second = [
                reader.readline().await?,
                reader.readuntil("\n").await?,
                reader.readuntil("es").await?,
            ];
            print(second.map(|data| repr_bytes(&data)).join(" "));
            print(truth(reader.at_eof()));
            reader.feed_eof();
            let before = reader.at_eof();
            let rest = repr_bytes(&reader.read(-1).await?);
            print(format!("{} {rest} {}", truth(before), truth(reader.at_eof())));
            let nothing =
                [reader.read(5).await?, reader.readline().await?, reader.readexactly(0).await?];
            print(nothing.map(|data| repr_bytes(&data)).join(" "));
            say_error(reader.readexactly(-1).await);
            Ok(())
        },
    );
}

#[test]
fn the_end_comes_too_early() {
    check_on(
        NetworkConfig::default(),
        r#"
async def main():
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    for read in (lambda: reader.readexactly(8), lambda: reader.readuntil(b"\r\n"), lambda: reader.readline()):
        reader.feed_data(b"begin")
        loop.call_later(1, reader.feed_data, b"ning")
        loop.call_later(2, reader.feed_data, b"")
        loop.call_later(3, reader.feed_eof)
        try:
            print(await read())
            print(await reader.readexactly(8))
        except asyncio.IncompleteReadError as error:
            print(repr(error), error.partial, error.expected)
        reader = asyncio.StreamReader()
"#,
        &[
            "1.0 b'beginnin'",
            "3.0 IncompleteReadError('1 bytes read on a total of 8 expected bytes') b'g' 8",
            "6.0 IncompleteReadError('9 bytes read on a total of undefined expected bytes') b'beginning' None",
            "9.0 b'beginning'",
            "9.0 IncompleteReadError('0 bytes read on a total of 8 expected bytes') b'' 8",
        ],
        async {
            for way in 0..3 {
                let reader = StreamReader::new();
                reader.feed_data(b"begin")?;
                let (first, second, last) = (reader.clone(), reader.clone(), reader.clone());
                call_later(1.0, move || first.feed_data(b"ning").unwrap());
                call_later(2.0, move || second.feed_data(b"").unwrap());
                call_later(3.0, move || last.feed_eof());
                let read = match way {
                    0 => reader.readexactly(8).await,
                    1 => reader.readuntil("\r\n").await,
                    _ => reader.readline().await,
                };
                let error = match read {
                    Ok(data) => {
                        print(repr_bytes(&data));
                        reader.readexactly(8).await.unwrap_err()
                    }
                    Err(error) => error,
                };
                let Some(read) = IncompleteRead::of(&error) else { return Err(error) };
                let expected = read.expected.map_or("None".into(), |expected| expected.to_string());
                print(format!("{} {} {expected}", error.repr(), repr_bytes(&read.partial)));
            }
            Ok(())
        },
    );
}

#[test]
fn several_separators() {
    check_on(
        NetworkConfig::default(),
        r#"
async def main():
    reader = asyncio.StreamReader()
    reader.feed_data(b"one;two, three, four\r")
    print(await reader.readuntil((b", ", b";")), await reader.readuntil((b", ", b";")))
    print(await reader.readuntil((b"r", b"ee", b"three, ")))
    asyncio.get_running_loop().call_later(1, reader.feed_data, b"\nfive\rsix")
    print(await reader.readuntil((b"\r\n", b"\n")), await reader.readuntil((b"ive\r", b"\r")))
    for separators in ((), b"", (b"x", b"")):
        try:
            await reader.readuntil(separators)
        except ValueError as error:
            print(repr(error))
    print(await reader.read(10))
"#,
        &[
            "0.0 b'one;' b'two, '",
            "0.0 b'thr'",
            r#"1.0 b'ee, four\r\n' b'five\r'"#,
            "1.0 ValueError('Separator should contain at least one element')",
            "1.0 ValueError('Separator should be at least one-byte string')",
            "1.0 ValueError('Separator should be at least one-byte string')",
            "1.0 b'six'",
        ],
        async {
            let reader = StreamReader::new();
            reader.feed_data(b"one;two, three, four\r")?;
            let both = [", ", ";"];
            let (one, two) = (reader.readuntil_any(both).await?, reader.readuntil_any(both).await?);
            print(format!("{} {}", repr_bytes(&one), repr_bytes(&two)));
            print(repr_bytes(&reader.readuntil_any(["r", "ee", "three, "]).await?));
            let later = reader.clone();
            call_later(1.0, move || later.feed_data(b"\nfive\rsix").unwrap());
            let four = reader.readuntil_any(["\r\n", "\n"]).await?;
            let five = reader.readuntil_any(["ive\r", "\r"]).await?;
            print(format!("{} {}", repr_bytes(&four), repr_bytes(&five)));
            say_error(reader.readuntil_any([""; 0]).await);
            say_error(reader.readuntil("").await);
            say_error(reader.readuntil_any(["x", ""]).await);
            print(repr_bytes(&reader.read(10).await?));
            Ok(())
        },
    );
}

#[test]
fn more_than_the_limit() {
    check_on(
        NetworkConfig::default(),
        r#"
async def main():
    try:
        asyncio.StreamReader(limit=0)
    except ValueError as error:
        print(repr(error))
    reader = asyncio.StreamReader(limit=4)
    reader.feed_data(b"12345")
    for read in (reader.readuntil, lambda: reader.readuntil(b"--"), lambda: reader.readuntil((b"\n", b"--."))):
        try:
            await read()
        except asyncio.LimitOverrunError as error:
            print(repr(error), error.consumed)
        reader.feed_data(b"-")
    reader.feed_data(b"-\nline\n12345\n6789012")
    try:
        await reader.readuntil(b"\n")
    except asyncio.LimitOverrunError as error:
        print(repr(error), error.consumed)
    for _ in range(4):
        try:
            print(await reader.readline())
        except ValueError as error:
            print(repr(error))
    reader.feed_data(b"abc")
    print(await reader.readexactly(3))
"#,
        &[
            "0.0 ValueError('Limit cannot be <= 0')",
            "0.0 LimitOverrunError('Separator is not found, and chunk exceed the limit') 5",
            "0.0 LimitOverrunError('Separator is not found, and chunk exceed the limit') 5",
            "0.0 LimitOverrunError('Separator is not found, and chunk exceed the limit') 5",
            "0.0 LimitOverrunError('Separator is found, but chunk is longer than limit') 9",
            "0.0 ValueError('Separator is found, but chunk is longer than limit')",
            r#"0.0 b'line\n'"#,
            "0.0 ValueError('Separator is found, but chunk is longer than limit')",
            "0.0 ValueError('Separator is not found, and chunk exceed the limit')",
            "0.0 b'abc'",
        ],
        async {
            say_error(StreamReader::with_limit(0).map(|_| ()));
            let reader = StreamReader::with_limit(4)?;
            reader.feed_data(b"12345")?;
            let overrun = |error: &Error| {
                let consumed = LimitOverrun::of(error).map_or(0, |overrun| overrun.consumed);
                print(format!("{} {consumed}", error.repr()));
            };
            overrun(&reader.readuntil("\n").await.unwrap_err());
            reader.feed_data(b"-")?;
            overrun(&reader.readuntil("--").await.unwrap_err());
            reader.feed_data(b"-")?;
            overrun(&reader.readuntil_any(["\n", "--."]).await.unwrap_err());
            reader.feed_data(b"-")?;
            reader.feed_data(b"-\nline\n12345\n6789012")?;
            overrun(&reader.readuntil("\n").await.unwrap_err());
            for _ in 0..4 {
                match reader.readline().await {
                    Ok(line) => print(repr_bytes(&line)),
                    Err(error) => print(error.repr()),
                }
            }
            reader.feed_data(b"abc")?;
            print(repr_bytes(&reader.readexactly(3).await?));
            Ok(())
        },
    );
}

#[test]
fn one_reads_at_a_time() {
    check_on(
        NetworkConfig::default(),
        r#"
async def read(reader, name, what):
    try:
        print(name, await what)
    except (RuntimeError, asyncio.CancelledError) as error:
        print(name, repr(error))
async def main():
    reader = asyncio.StreamReader()
    reads = [reader.read(3), reader.read(1), reader.readexactly(2), reader.readline(), reader.readuntil(b";")]
    tasks = [asyncio.create_task(read(reader, name, what)) for name, what in zip("abcde", reads)]
    await asyncio.sleep(1)
    tasks[0].cancel("enough")
    await asyncio.sleep(0)
    tasks.append(asyncio.create_task(read(reader, "f", reader.readexactly(6))))
    await asyncio.sleep(0)
    reader.feed_data(b"abc")
    tasks.append(asyncio.create_task(read(reader, "g", reader.read(1))))
    await asyncio.sleep(1)
    reader.feed_data(b"defghi")
    await asyncio.wait(tasks)
    print(await reader.read(100))
"#,
        &[
            "0.0 b RuntimeError('read() called while another coroutine is already waiting for incoming data')",
            "0.0 c RuntimeError('readexactly() called while another coroutine is already waiting for incoming data')",
            "0.0 d RuntimeError('readuntil() called while another coroutine is already waiting for incoming data')",
            "0.0 e RuntimeError('readuntil() called while another coroutine is already waiting for incoming data')",
            "1.0 a CancelledError('enough')",
            "1.0 g b'a'",
            "2.0 f b'bcdefg'",
            "2.0 b'hi'",
        ],
        async {
            async fn read(name: &str, what: Coro<Vec<u8>>) -> Result {
                match what.await {
                    Ok(data) => print(format!("{name} {}", repr_bytes(&data))),
                    Err(error) => print(format!("{name} {}", error.repr())),
                }
                Ok(())
            }
            let reader = StreamReader::new();
            let mut tasks = vec![
                create_task(read("a", reader.read(3))),
                create_task(read("b", reader.read(1))),
                create_task(read("c", reader.readexactly(2))),
                create_task(read("d", reader.readline())),
                create_task(read("e", reader.readuntil(";"))),
            ];
            sleep(1.0).await?;
            tasks[0].cancel_with("enough");
            sleep(0.0).await?;
            tasks.push(create_task(read("f", reader.readexactly(6))));
            sleep(0.0).await?;
            reader.feed_data(b"abc")?;
            tasks.push(create_task(read("g", reader.read(1))));
            sleep(1.0).await?;
            reader.feed_data(b"defghi")?;
            wait(&tasks).await?;
            print(repr_bytes(&reader.read(100).await?));
            Ok(())
        },
    );
}

#[test]
fn an_exception_is_raised_by_every_read() {
    check_on(
        NetworkConfig::default(),
        r#"
async def main():
    reader = asyncio.StreamReader()
    reader.feed_data(b"data")
    waiting = asyncio.create_task(reader.readexactly(9))
    await asyncio.sleep(1)
    print(reader.exception())
    reader.set_exception(OSError("gone"))
    print(repr(reader.exception()))
    try:
        await waiting
    except OSError as error:
        print(repr(error))
    for read in (reader.read, reader.readline, reader.readuntil, lambda: reader.readexactly(1), lambda: reader.read(0)):
        try:
            await read()
        except OSError as error:
            print(repr(error))
    reader.feed_eof()
    try:
        reader.feed_data(b"late")
    except AssertionError as error:
        print(repr(error))
"#,
        &[
            "1.0 None",
            "1.0 OSError('gone')",
            "1.0 OSError('gone')",
            "1.0 OSError('gone')",
            "1.0 OSError('gone')",
            "1.0 OSError('gone')",
            "1.0 OSError('gone')",
            "1.0 OSError('gone')",
            "1.0 AssertionError('feed_data after feed_eof')",
        ],
        async {
            let reader = StreamReader::new();
            reader.feed_data(b"data")?;
            let waiting = create_task(reader.readexactly(9));
            sleep(1.0).await?;
            print(reader.exception().map_or("None".into(), |error| error.repr()));
            reader.set_exception(Error::new("OSError", "gone"));
            print(reader.exception().map_or("None".into(), |error| error.repr()));
            say_error(waiting.await);
            say_error(reader.read(-1).await);
            say_error(reader.readline().await);
            say_error(reader.readuntil("\n").await);
            say_error(reader.readexactly(1).await);
            say_error(reader.read(0).await);
            reader.feed_eof();
            say_error(reader.feed_data(b"late"));
            Ok(())
        },
    );
}

#[test]
fn who_waits_takes_as_many_turns_as_in_cpython() {
    check_on(
        NetworkConfig::default(),
        r#"
async def main():
    reader = asyncio.StreamReader()
    asyncio.create_task(ticker(5))
    asyncio.get_running_loop().call_soon(reader.feed_data, b"abc")
    asyncio.get_running_loop().call_soon(reader.feed_data, b"def")
    print(await reader.readexactly(4))
    asyncio.get_running_loop().call_soon(reader.feed_eof)
    print(await reader.read(1), await reader.read())
"#,
        &[
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 b'abcd'",
            "0.0 tick 2",
            "0.0 tick 3",
            "0.0 b'e' b'f'",
            "0.0 tick 4",
        ],
        async {
            let reader = StreamReader::new();
            create_task(ticker(5));
            let (first, second, last) = (reader.clone(), reader.clone(), reader.clone());
            call_soon(move || first.feed_data(b"abc").unwrap());
            call_soon(move || second.feed_data(b"def").unwrap());
            print(repr_bytes(&reader.readexactly(4).await?));
            call_soon(move || last.feed_eof());
            let (one, all) = (reader.read(1).await?, reader.read(-1).await?);
            print(format!("{} {}", repr_bytes(&one), repr_bytes(&all)));
            Ok(())
        },
    );
}
