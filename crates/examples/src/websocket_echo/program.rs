use crate::Args;
use asyncio::*;

const PORT: u16 = 8805;
const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

async fn read_frame(reader: &StreamReader) -> Result<(u8, Vec<u8>)> {
    let head = reader.readexactly(3).await?;
    let [opcode, high, low] = head[..] else {
        return Err(Error::new("ValueError", "a frame has three bytes of head"));
    };
    let length = u16::from_be_bytes([high, low]);
    let payload = reader.readexactly(length.into()).await?;
    Ok((opcode, payload))
}

async fn send_frame(writer: &StreamWriter, opcode: u8, payload: &[u8]) -> Result {
    let [high, low] = (payload.len() as u16).to_be_bytes();
    writer.write([&[opcode, high, low], payload].concat())?;
    writer.drain().await
}

#[called_with(reader, writer)]
async fn serve(reader: StreamReader, writer: StreamWriter, stall: f64) -> Result {
    if let Some(task) = current_task() {
        task.set_name("server");
    }
    let result: Result = async {
        let mut opcode = 0;
        while opcode != CLOSE {
            let payload;
            (opcode, payload) = read_frame(&reader).await?;
            if payload == b"message 1" {
                sleep(stall).await?;
            }
            send_frame(&writer, if opcode == PING { PONG } else { opcode }, &payload).await?;
        }
        print("server: close frame answered");
        Ok(())
    }
    .await;
    writer.close();
    match result {
        Err(error) if error.is_a("IncompleteReadError") || error.is_a("ConnectionError") => {
            print("server: the client left without a close frame");
            Ok(())
        }
        result => result,
    }
}

#[called_with(writer, pinger)]
async fn talk(writer: StreamWriter, pinger: Task<()>, messages: usize) -> Result {
    for number in 0..messages {
        send_frame(&writer, TEXT, format!("message {number}").as_bytes()).await?;
        sleep(0.5).await?;
    }
    pinger.cancel();
    send_frame(&writer, CLOSE, b"").await?;
    print("close frame sent");
    Ok(())
}

#[called_with(writer, pong)]
async fn ping(writer: StreamWriter, pong: Event, every: f64, pong_timeout: f64) -> Result {
    loop {
        sleep(every).await?;
        pong.clear();
        let sent = time();
        send_frame(&writer, PING, b"").await?;
        let deadline = timeout(Some(pong_timeout));
        deadline.scope(async |_| pong.wait().await).await?;
        print(format!("pong after {:.2} s", time() - sent));
    }
}

#[called_with(reader, pong)]
async fn listen(reader: StreamReader, pong: Event) -> Result {
    let mut opcode = 0;
    while opcode != CLOSE {
        let payload;
        (opcode, payload) = read_frame(&reader).await?;
        match opcode {
            TEXT => print(format!("echo of {}", String::from_utf8_lossy(&payload))),
            PONG => pong.set(),
            _ => {}
        }
    }
    print("close frame received");
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let messages = args.count("MESSAGES");
    let every = args.float("PING_EVERY");
    let pong_timeout = args.float("PONG_TIMEOUT");
    let stall = args.float("STALL");

    let accept = move |reader, writer| serve(reader, writer, stall);
    let server = start_server(accept, "127.0.0.1", PORT).await?;
    let serving = server.scope(async |_| {
        let (reader, writer) = open_connection("127.0.0.1", PORT).await?;
        let pong = Event::new().named("pong");
        let talking = TaskGroup::scope(async |group| {
            let pinging = ping(writer.clone(), pong.clone(), every, pong_timeout);
            let pinger = group.create_task_named(pinging, "pinger")?;
            group.create_task_named(talk(writer.clone(), pinger, messages), "talker")?;
            group.create_task_named(listen(reader, pong.clone()), "listener")?;
            Ok(())
        });
        if let Err(error) = talking.await {
            let [only] = error.members() else { return Err(error) };
            if !only.is_a("TimeoutError") {
                return Err(error);
            }
            print("no pong in time: leaving without a close frame");
        }
        writer.close();
        writer.wait_closed().await
    });
    serving.await?;
    print("closed");
    Ok(())
}
