//! Bandwidth, windows and water marks: who writes has to wait.

use super::*;

/// Reads all there is, and says how much that was.
async fn sink(reader: StreamReader, writer: StreamWriter) -> Result {
    let data = reader.read(-1).await?;
    print(format!("sink has {}", data.len()));
    writer.close();
    Ok(())
}

/// The Python of what the programs have in common, before one of them.
macro_rules! with_helpers {
    ($program:literal) => {
        concat!(
            r#"
async def sink(reader, writer):
    data = await reader.read()
    print("sink has", len(data))
    writer.close()"#,
            $program
        )
    };
}

#[test]
fn drain_waits_for_the_bandwidth() {
    check_on(
        NetworkConfig { latency: 0.1, bandwidth: Some(10000.0), ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    await asyncio.start_server(sink, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    for n in range(4):
        writer.write(bytes(30000))
        print(n, "written", writer.transport.get_write_buffer_size())
        await writer.drain()
        print(n, "drained", writer.transport.get_write_buffer_size())
    writer.close()
    print("closing", writer.transport.get_write_buffer_size())
    await writer.wait_closed()
    print("closed", writer.transport.get_write_buffer_size())
    await asyncio.sleep(1)
"#
        ),
        &[
            "0.2 0 written 28540",
            "0.2 0 drained 28540",
            "0.2 1 written 58540",
            "0.2 1 drained 58540",
            "0.2 2 written 88540",
            "7.4999999999999964 2 drained 15540",
            "7.4999999999999964 3 written 45540",
            "7.4999999999999964 3 drained 45540",
            "7.4999999999999964 closing 45540",
            "12.172000000000018 closed 0",
            "12.300000000000018 sink has 120000",
        ],
        async {
            start_server(sink, "127.0.0.1", 8888).await?;
            let (_reader, writer) = open_connection("127.0.0.1", 8888).await?;
            let size = |writer: &StreamWriter| writer.transport().get_write_buffer_size();
            for n in 0..4 {
                writer.write([0; 30000])?;
                print(format!("{n} written {}", size(&writer)));
                writer.drain().await?;
                print(format!("{n} drained {}", size(&writer)));
            }
            writer.close();
            print(format!("closing {}", size(&writer)));
            writer.wait_closed().await?;
            print(format!("closed {}", size(&writer)));
            sleep(1.0).await
        },
    );
}

#[test]
fn each_direction_has_the_bandwidth_of_its_own() {
    check_on(
        NetworkConfig {
            latency: 0.05,
            bandwidth: Some(1000.0),
            segment: 100,
            ..NetworkConfig::default()
        },
        with_helpers!(
            r#"
async def talk(reader, writer):
    writer.write(bytes(250))
    for size in (100, 100, 50):
        data = await reader.readexactly(size)
        print("server has", len(data))
async def main():
    await asyncio.start_server(talk, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    writer.write(bytes(250))
    left = 250
    while left > 0:
        data = await reader.read(80)
        left -= len(data)
        print("client has", len(data))
"#
        ),
        &[
            "0.2 client has 80",
            "0.2 client has 20",
            "0.25 server has 100",
            "0.3 client has 80",
            "0.3 client has 20",
            "0.35 client has 50",
            "0.35 server has 100",
        ],
        async {
            let talk = |reader: StreamReader, writer: StreamWriter| async move {
                writer.write([0; 250])?;
                for size in [100, 100, 50] {
                    let data = reader.readexactly(size).await?;
                    print(format!("server has {}", data.len()));
                }
                Ok(())
            };
            start_server(talk, "127.0.0.1", 8888).await?;
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            writer.write([0; 250])?;
            let mut left = 250;
            while left > 0 {
                let data = reader.read(80).await?;
                left -= data.len();
                print(format!("client has {}", data.len()));
            }
            Ok(())
        },
    );
}

#[test]
fn a_slow_reader_stops_the_writer() {
    check_on(
        NetworkConfig { latency: 0.1, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def slow(reader, writer):
    read = 0
    while data := await reader.read(20000):
        read += len(data)
        print("read", read)
        await asyncio.sleep(1)
async def main():
    await asyncio.start_server(slow, "127.0.0.1", 8888, limit=10000)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    for n in range(10):
        writer.write(bytes(32000))
        await writer.drain()
        print(n, "drained", writer.transport.get_write_buffer_size())
    writer.close()
    await writer.wait_closed()
    print("closed")
    await asyncio.sleep(10)
"#
        ),
        &[
            "0.2 0 drained 0",
            "0.2 1 drained 0",
            "0.2 2 drained 30464",
            "0.2 3 drained 62464",
            "0.30000000000000004 read 20000",
            "1.3 read 40000",
            "2.3 read 60000",
            "2.4 4 drained 0",
            "2.4 5 drained 0",
            "2.4 6 drained 27392",
            "2.4 7 drained 59392",
            "3.3 read 80000",
            "4.3 read 100000",
            "5.3 read 120000",
            "6.3 read 131072",
            "7.3 read 151072",
            "8.3 read 171072",
            "9.3 read 191072",
            "9.4 8 drained 0",
            "9.4 9 drained 0",
            "9.4 closed",
            "10.3 read 211072",
            "11.3 read 231072",
            "12.3 read 251072",
            "13.3 read 262144",
            "14.3 read 282144",
            "15.3 read 302144",
            "16.3 read 320000",
        ],
        async {
            let slow = |reader: StreamReader, _writer| async move {
                let mut read = 0;
                loop {
                    let data = reader.read(20000).await?;
                    if data.is_empty() {
                        return Ok(());
                    }
                    read += data.len();
                    print(format!("read {read}"));
                    sleep(1.0).await?;
                }
            };
            let options = ServerOptions { limit: 10000, ..ServerOptions::default() };
            start_server_with(slow, "127.0.0.1", 8888, options).await?;
            let (_reader, writer) = open_connection("127.0.0.1", 8888).await?;
            for n in 0..10 {
                writer.write([0; 32000])?;
                writer.drain().await?;
                print(format!("{n} drained {}", writer.transport().get_write_buffer_size()));
            }
            writer.close();
            writer.wait_closed().await?;
            print("closed");
            sleep(10.0).await
        },
    );
}

#[test]
fn a_reader_that_never_reads_stops_the_writer_for_good() {
    check_on(
        NetworkConfig { window: 4000, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def never(reader, writer):
    await asyncio.sleep(100)
async def main():
    await asyncio.start_server(never, "127.0.0.1", 8888, limit=1000)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    sent = 0
    try:
        async with asyncio.timeout(5):
            while True:
                writer.write(bytes(1000))
                sent += 1000
                await writer.drain()
    except TimeoutError:
        print(sent, writer.transport.get_write_buffer_size())
"#
        ),
        &["5.02 70000 62000"],
        async {
            let never = |_reader, _writer| async { sleep(100.0).await };
            let options = ServerOptions { limit: 1000, ..ServerOptions::default() };
            start_server_with(never, "127.0.0.1", 8888, options).await?;
            let (_reader, writer) = open_connection("127.0.0.1", 8888).await?;
            let sent = std::rc::Rc::new(std::cell::Cell::new(0));
            let (counter, sender) = (sent.clone(), writer.clone());
            let endless = Coro::<()>::new("endless", async move {
                loop {
                    sender.write([0; 1000])?;
                    counter.set(counter.get() + 1000);
                    sender.drain().await?;
                }
            });
            if wait_for(endless, Some(5.0)).await.is_err_and(|error| error.is("TimeoutError")) {
                print(format!("{} {}", sent.get(), writer.transport().get_write_buffer_size()));
            }
            Ok(())
        },
    );
}

#[test]
fn water_marks_decide_when_drain_waits() {
    check_on(
        NetworkConfig { latency: 0.1, window: 1000, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    await asyncio.start_server(sink, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    transport = writer.transport
    print(transport.get_write_buffer_limits())
    for arguments in ({"high": 500}, {"low": 100}, {"high": 600, "low": 600}, {"high": 1, "low": 2}, {"high": 0}, {}):
        try:
            transport.set_write_buffer_limits(**arguments)
            print(transport.get_write_buffer_limits())
        except ValueError as error:
            print(repr(error))
    writer.write(bytes(2500))
    await writer.drain()
    print("below", transport.get_write_buffer_size())
    transport.set_write_buffer_limits(high=1000, low=200)
    await writer.drain()
    print("drained", transport.get_write_buffer_size())
    transport.set_write_buffer_limits(high=0)
    writer.writelines([bytes(700), bytes(900), bytes(10)])
    await writer.drain()
    print("writelines does not pause", transport.get_write_buffer_size())
    writer.write(b".")
    drains = [asyncio.create_task(writer.drain()) for _ in range(2)]
    for drain in drains:
        await drain
        print("drained", transport.get_write_buffer_size())
    writer.write_eof()
    print(await reader.read())
"#
        ),
        &[
            "0.2 (16384, 65536)",
            "0.2 (125, 500)",
            "0.2 (100, 400)",
            "0.2 (600, 600)",
            "0.2 ValueError('high (1) must be >= low (2) must be >= 0')",
            "0.2 (0, 0)",
            "0.2 (16384, 65536)",
            "0.2 below 1500",
            "0.6 drained 0",
            "0.6 writelines does not pause 1110",
            "0.9999999999999999 drained 0",
            "0.9999999999999999 drained 0",
            "1.0999999999999999 sink has 4111",
            "1.2 b''",
        ],
        async {
            start_server(sink, "127.0.0.1", 8888).await?;
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            let transport = writer.transport();
            print(format!("{:?}", transport.get_write_buffer_limits()));
            for (high, low) in [
                (Some(500), None),
                (None, Some(100)),
                (Some(600), Some(600)),
                (Some(1), Some(2)),
                (Some(0), None),
                (None, None),
            ] {
                match transport.set_write_buffer_limits(high, low) {
                    Ok(()) => print(format!("{:?}", transport.get_write_buffer_limits())),
                    Err(error) => print(error.repr()),
                }
            }
            writer.write([0; 2500])?;
            writer.drain().await?;
            print(format!("below {}", transport.get_write_buffer_size()));
            transport.set_write_buffer_limits(Some(1000), Some(200))?;
            writer.drain().await?;
            print(format!("drained {}", transport.get_write_buffer_size()));
            transport.set_write_buffer_limits(Some(0), None)?;
            writer.writelines([vec![0; 700], vec![0; 900], vec![0; 10]])?;
            writer.drain().await?;
            print(format!("writelines does not pause {}", transport.get_write_buffer_size()));
            writer.write(".")?;
            for drain in [(); 2].map(|()| create_task(writer.drain())) {
                drain.await?;
                print(format!("drained {}", transport.get_write_buffer_size()));
            }
            writer.write_eof()?;
            print(repr_bytes(&reader.read(-1).await?));
            Ok(())
        },
    );
}

#[test]
fn reading_pauses_and_resumes_by_hand() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def greet(reader, writer):
    for n in range(3):
        writer.write(b"%d" % n)
        await asyncio.sleep(1)
    writer.close()
async def main():
    await asyncio.start_server(greet, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    print(await reader.read(10))
    writer.transport.pause_reading()
    print(writer.transport.is_reading())
    try:
        await asyncio.wait_for(reader.read(10), 2)
    except TimeoutError:
        print("nothing comes")
    asyncio.get_running_loop().call_later(3, writer.transport.resume_reading)
    print(await reader.read(10))
    print(await reader.read(10), writer.transport.is_reading())
"#
        ),
        &[
            "0.02 b'0'",
            "0.02 False",
            "2.0199999999999996 nothing comes",
            "5.02 b'12'",
            "5.02 b'' True",
        ],
        async {
            let greet = |_reader, writer: StreamWriter| async move {
                for n in 0..3 {
                    writer.write(n.to_string())?;
                    sleep(1.0).await?;
                }
                writer.close();
                Ok(())
            };
            start_server(greet, "127.0.0.1", 8888).await?;
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            print(repr_bytes(&reader.read(10).await?));
            writer.transport().pause_reading();
            print(truth(writer.transport().is_reading()));
            if wait_for(reader.read(10), Some(2.0)).await.is_err() {
                print("nothing comes");
            }
            let transport = writer.transport().clone();
            call_later(3.0, move || transport.resume_reading());
            print(repr_bytes(&reader.read(10).await?));
            let rest = repr_bytes(&reader.read(10).await?);
            print(format!("{rest} {}", truth(writer.transport().is_reading())));
            Ok(())
        },
    );
}

#[test]
fn lost_segments_hold_back_those_behind_them() {
    check_on(
        NetworkConfig {
            latency: 0.1,
            loss: 0.3,
            seed: 5,
            segment: 100,
            ..NetworkConfig::default()
        },
        with_helpers!(
            r#"
async def main():
    async def tell(reader, writer):
        read = 0
        while data := await reader.read(1000):
            read += len(data)
            print("read", read)
        writer.write(b"thanks")
        writer.close()
    await asyncio.start_server(tell, "127.0.0.1", 8888)
    print("listening")
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    print("connected")
    for n in range(8):
        writer.write(bytes(150))
        await asyncio.sleep(0.05)
    writer.write_eof()
    print(await reader.read())
"#
        ),
        &[
            "0.0 listening",
            "0.2 connected",
            "0.3 read 150",
            "0.35 read 300",
            "0.7999999999999999 read 600",
            "0.8999999999999999 read 850",
            "3.35 read 1200",
            "3.85 b'thanks'",
        ],
        async {
            let tell = |reader: StreamReader, writer: StreamWriter| async move {
                let mut read = 0;
                loop {
                    let data = reader.read(1000).await?;
                    if data.is_empty() {
                        break;
                    }
                    read += data.len();
                    print(format!("read {read}"));
                }
                writer.write("thanks")?;
                writer.close();
                Ok(())
            };
            start_server(tell, "127.0.0.1", 8888).await?;
            print("listening");
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            print("connected");
            for _ in 0..8 {
                writer.write([0; 150])?;
                sleep(0.05).await?;
            }
            writer.write_eof()?;
            print(repr_bytes(&reader.read(-1).await?));
            Ok(())
        },
    );
}
