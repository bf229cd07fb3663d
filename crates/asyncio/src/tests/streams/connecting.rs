//! Getting a connection, or not.

use super::*;

/// Tries to connect, and says what came of it.
async fn attempt(host: &str, port: u16) -> Result {
    match open_connection(host, port).await {
        Ok((_, writer)) => {
            let peer = writer.get_extra_info("peername").map(|address| address.to_string());
            print(format!("connected {}", peer.unwrap_or_default()));
        }
        Err(error) => print(error.repr()),
    }
    Ok(())
}

async fn nothing(_reader: StreamReader, _writer: StreamWriter) -> Result {
    Ok(())
}

/// Starts a server, and says where.
async fn listen(host: &str, port: u16) -> Result<Option<Server>> {
    Ok(match start_server(nothing, host, port).await {
        Ok(server) => {
            let addresses: Vec<_> = server.sockets().iter().map(Address::to_string).collect();
            print(format!("{} {}", addresses.join(" "), truth(server.is_serving())));
            Some(server)
        }
        Err(error) => {
            print(error.repr());
            None
        }
    })
}

/// The Python of what the programs have in common, before one of them.
macro_rules! with_helpers {
    ($program:literal) => {
        concat!(
            r#"
async def attempt(host, port):
    try:
        reader, writer = await asyncio.open_connection(host, port)
        print("connected", writer.get_extra_info("peername"))
    except OSError as error:
        print(repr(error))
async def nothing(reader, writer):
    pass
async def listen(host, port):
    try:
        server = await asyncio.start_server(nothing, host, port)
        print(*(sock.getsockname() for sock in server.sockets), server.is_serving())
        return server
    except OSError as error:
        print(repr(error))"#,
            $program
        )
    };
}

#[test]
fn nobody_listens_and_nobody_knows_the_name() {
    check_on(
        NetworkConfig { latency: 0.1, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    await attempt("127.0.0.1", 8888)
    await attempt("localhost", 1)
    await attempt("nowhere.example", 8888)
    await attempt("", 8888)
    await attempt("::1", 8888)
    server = await asyncio.start_server(nothing, "127.0.0.1", 8888, start_serving=False)
    print(server.is_serving())
    await attempt("127.0.0.1", 8888)
    await server.start_serving()
    await attempt("127.0.0.1", 8888)
    await attempt("127.0.0.2", 8888)
    await attempt("0.0.0.0", 8888)
    server.close()
    print(server.is_serving(), server.sockets)
    await attempt("127.0.0.1", 8888)
    try:
        await asyncio.open_connection("127.0.0.1", 8888, limit=0)
    except ValueError as error:
        print(repr(error))
    try:
        await server.start_serving()
    except TypeError as error:
        print(repr(error), server.is_serving())
"#
        ),
        &[
            r#"0.2 ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 8888)")"#,
            r#"0.4 ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 1)")"#,
            "0.4 gaierror(-2, 'Name or service not known')",
            "0.4 gaierror(-2, 'Name or service not known')",
            "0.4 OSError(97, 'Address family not supported by protocol')",
            "0.4 False",
            r#"0.6 ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 8888)")"#,
            "0.7999999999999999 connected ('127.0.0.1', 8888)",
            r#"0.9999999999999999 ConnectionRefusedError(111, "Connect call failed ('127.0.0.2', 8888)")"#,
            "1.2 connected ('127.0.0.1', 8888)",
            "1.2 False ()",
            r#"1.4000000000000001 ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 8888)")"#,
            "1.4000000000000001 ValueError('Limit cannot be <= 0')",
            r#"1.4000000000000001 TypeError("'NoneType' object is not iterable") True"#,
        ],
        async {
            attempt("127.0.0.1", 8888).await?;
            attempt("localhost", 1).await?;
            attempt("nowhere.example", 8888).await?;
            attempt("", 8888).await?;
            attempt("::1", 8888).await?;
            let options = ServerOptions { start_serving: false, ..ServerOptions::default() };
            let server = start_server_with(nothing, "127.0.0.1", 8888, options).await?;
            print(truth(server.is_serving()));
            attempt("127.0.0.1", 8888).await?;
            server.start_serving().await?;
            attempt("127.0.0.1", 8888).await?;
            attempt("127.0.0.2", 8888).await?;
            attempt("0.0.0.0", 8888).await?;
            server.close();
            let left = if server.sockets().is_empty() { "()" } else { "some" };
            print(format!("{} {left}", truth(server.is_serving())));
            attempt("127.0.0.1", 8888).await?;
            say_error(open_connection_with_limit("127.0.0.1", 8888, 0).await);
            match server.start_serving().await {
                Ok(()) => print("no error"),
                Err(error) => print(format!("{} {}", error.repr(), truth(server.is_serving()))),
            }
            Ok(())
        },
    );
}

#[test]
fn no_answer_ever_comes_from_elsewhere() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def main():
    await listen("127.0.0.1", 8888)
    asyncio.get_running_loop().call_later(126.9, print, "still trying")
    await attempt("192.0.2.1", 8888)
"#
        ),
        &[
            "0.0 ('127.0.0.1', 8888) True",
            "126.9 still trying",
            r#"127.0 TimeoutError(110, "Connect call failed ('192.0.2.1', 8888)")"#,
        ],
        async {
            listen("127.0.0.1", 8888).await?;
            call_later(126.9, || print("still trying"));
            attempt("192.0.2.1", 8888).await
        },
    );
}

#[test]
fn addresses_in_use() {
    check_on(
        NetworkConfig::default(),
        with_helpers!(
            r#"
async def main():
    first = await listen("127.0.0.1", 8888)
    await listen("127.0.0.1", 8888)
    await listen("", 8888)
    await listen("localhost", 8888)
    await listen("127.0.0.2", 8888)
    await listen("", 0)
    await listen("127.0.0.1", 0)
    await listen("192.0.2.1", 8888)
    await listen("::1", 8888)
    await listen("nowhere.example", 8888)
    first.close()
    await listen("127.0.0.1", 8888)
    print(asyncio.create_task(asyncio.sleep(0)).get_name())
"#
        ),
        &[
            "0.0 ('127.0.0.1', 8888) True",
            r#"0.0 OSError(98, "error while attempting to bind on address ('127.0.0.1', 8888): [errno 98] address already in use")"#,
            r#"0.0 OSError(98, "error while attempting to bind on address ('0.0.0.0', 8888): [errno 98] address already in use")"#,
            r#"0.0 OSError(98, "error while attempting to bind on address ('127.0.0.1', 8888): [errno 98] address already in use")"#,
            "0.0 ('127.0.0.2', 8888) True",
            "0.0 ('0.0.0.0', 50000) True",
            "0.0 ('127.0.0.1', 50001) True",
            r#"0.0 OSError("could not bind on any address out of [('192.0.2.1', 8888)]")"#,
            r#"0.0 OSError("could not bind on any address out of [('::1', 8888, 0, 0)]")"#,
            "0.0 gaierror(-2, 'Name or service not known')",
            "0.0 ('127.0.0.1', 8888) True",
            "0.0 Task-13",
        ],
        async {
            let first = listen("127.0.0.1", 8888).await?;
            listen("127.0.0.1", 8888).await?;
            listen("", 8888).await?;
            listen("localhost", 8888).await?;
            listen("127.0.0.2", 8888).await?;
            listen("", 0).await?;
            listen("127.0.0.1", 0).await?;
            listen("192.0.2.1", 8888).await?;
            listen("::1", 8888).await?;
            listen("nowhere.example", 8888).await?;
            if let Some(first) = first {
                first.close();
            }
            listen("127.0.0.1", 8888).await?;
            print(create_task(sleep(0.0)).name());
            Ok(())
        },
    );
}

#[test]
fn lost_requests_are_sent_again() {
    check_on(
        NetworkConfig { latency: 0.1, loss: 0.7, seed: 3, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    await listen("127.0.0.1", 8888)
    for _ in range(3):
        await attempt("127.0.0.1", 8888)
"#
        ),
        &[
            "0.0 ('127.0.0.1', 8888) True",
            r#"127.0 TimeoutError(110, "Connect call failed ('127.0.0.1', 8888)")"#,
            "130.2 connected ('127.0.0.1', 8888)",
            "146.39999999999998 connected ('127.0.0.1', 8888)",
        ],
        async {
            listen("127.0.0.1", 8888).await?;
            for _ in 0..3 {
                attempt("127.0.0.1", 8888).await?;
            }
            Ok(())
        },
    );
}

#[test]
fn everything_is_lost() {
    check_on(
        NetworkConfig { latency: 0.1, loss: 1.0, ..NetworkConfig::default() },
        with_helpers!(
            r#"
async def main():
    await listen("127.0.0.1", 8888)
    await attempt("127.0.0.1", 8888)
"#
        ),
        &[
            "0.0 ('127.0.0.1', 8888) True",
            r#"127.0 TimeoutError(110, "Connect call failed ('127.0.0.1', 8888)")"#,
        ],
        async {
            listen("127.0.0.1", 8888).await?;
            attempt("127.0.0.1", 8888).await
        },
    );
}
