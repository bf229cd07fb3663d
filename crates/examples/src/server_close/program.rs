use crate::Args;
use asyncio::*;

const PORT: u16 = 8811;

#[called_with(reader, writer)]
async fn serve(reader: StreamReader, writer: StreamWriter, piece: i64) -> Result {
    let here = writer.get_extra_info("sockname");
    if let (Some(task), Some(here)) = (current_task(), here) {
        task.set_name(&format!("handler-at-{}", here.port));
    }
    let from = writer.get_extra_info("peername").map(|there| there.host);
    print(format!("server: somebody from {}", from.unwrap_or_default()));
    loop {
        let data = reader.read(piece).await?;
        if data.is_empty() {
            break;
        }
        print(format!("server: {} bytes", data.len()));
        writer.write(data)?;
        writer.drain().await?;
    }
    print("server: end of data");
    writer.close();
    writer.wait_closed().await
}

#[called_with(server)]
async fn serve_for_ever(server: Server) -> Result {
    let served = server.serve_forever().await;
    if served.as_ref().is_err_and(Error::is_cancelled) {
        print("serving: serve_forever is over");
    }
    served
}

#[called_with(number)]
async fn client(number: usize, piece: i64, stay: f64) -> Result {
    let (reader, writer) = open_connection("127.0.0.1", PORT).await?;
    writer.write(format!("hello from client {number}"))?;
    let reading = timeout(Some(stay)).scope(async |_| {
        loop {
            let data = reader.read(piece).await?;
            if data.is_empty() {
                return Ok(());
            }
            print(format!("client {number}: {} bytes back", data.len()));
        }
    });
    match reading.await {
        Ok(()) => print(format!("client {number}: the server has hung up")),
        Err(error) if error.is("TimeoutError") => {
            print(format!("client {number}: has stayed long enough"));
        }
        Err(error) if error.is_a("ConnectionError") => {
            print(format!("client {number}: {}", error.type_name()));
        }
        Err(error) => return Err(error),
    }
    writer.close();
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let stop = args.choice("STOP");
    let piece = args.int("PIECE");

    let accept = move |reader, writer| serve(reader, writer, piece);
    let server = start_server(accept, "127.0.0.1", PORT).await?;
    let mut tasks = vec![create_task_named(serve_for_ever(server.clone()), "serving")];
    for number in 0..args.count("CLIENTS") {
        let coroutine = client(number, piece, args.float("STAY"));
        tasks.push(create_task_named(coroutine, format!("client-{number}")));
    }
    sleep(args.float("STOP_AT")).await?;
    server.close();
    match stop {
        "close_clients" => server.close_clients(),
        "abort_clients" => server.abort_clients(),
        _ => {}
    }
    print(format!("main: {stop}, now waits until it is closed"));
    let patience = timeout(Some(args.float("PATIENCE")));
    match patience.scope(async |_| server.wait_closed().await).await {
        Err(error) if error.is("TimeoutError") => print("main: does not wait any longer"),
        closed => {
            closed?;
            print("main: closed");
        }
    }
    gather_return_exceptions(tasks).await?;
    Ok(())
}
