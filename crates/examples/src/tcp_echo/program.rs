use crate::Args;
use asyncio::*;
use std::cell::Cell;

const PORT: u16 = 8801;

#[called_with(reader, writer)]
async fn echo(reader: StreamReader, writer: StreamWriter, number: usize) -> Result {
    if let Some(task) = current_task() {
        task.set_name(&format!("handler-{number}"));
    }
    loop {
        let line = reader.readline().await?;
        if line.is_empty() {
            break;
        }
        writer.write(line)?;
        writer.drain().await?;
    }
    writer.close();
    writer.wait_closed().await
}

#[called_with(number)]
async fn client(number: usize, size: usize) -> Result {
    let (reader, writer) = open_connection("127.0.0.1", PORT).await?;
    print(format!("client {number}: connected, sends {number} x {size} bytes"));
    for _ in 0..number {
        writer.write([vec![b'x'; size - 1], vec![b'\n']].concat())?;
    }
    writer.drain().await?;
    print(format!("client {number}: drain returned"));
    for _ in 0..number {
        let line = reader.readline().await?;
        print(format!("client {number}: {} bytes back", line.len()));
    }
    writer.close();
    writer.wait_closed().await
}

pub async fn main(args: Args) -> Result {
    let clients = args.count("CLIENTS");
    let size = args.count("SIZE");

    let connections = Cell::new(0);
    let accept = move |reader, writer| {
        connections.set(connections.get() + 1);
        echo(reader, writer, connections.get())
    };
    let server = start_server(accept, "127.0.0.1", PORT).await?;
    let serving = server.scope(async |_| {
        let clients = TaskGroup::scope(async |group| {
            for number in 1..=clients {
                group.create_task_named(client(number, size), format!("client-{number}"))?;
            }
            Ok(())
        });
        clients.await
    });
    serving.await?;
    print("server closed");
    Ok(())
}
