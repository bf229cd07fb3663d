use crate::Args;
use asyncio::*;

const PORT: u16 = 8812;

async fn heartbeat(beat: f64) -> Result {
    loop {
        let due = time() + beat;
        sleep(beat).await?;
        print(format!("heartbeat: {:.2} s late", time() - due));
    }
}

#[called_with(reader, writer)]
async fn take_all(reader: StreamReader, writer: StreamWriter) -> Result {
    if let Some(task) = current_task() {
        task.set_name("server");
    }
    let mut total = 0;
    loop {
        let data = reader.read(65536).await?;
        if data.is_empty() {
            break;
        }
        total += data.len();
    }
    print(format!("server: {total} bytes in all"));
    writer.close();
    Ok(())
}

#[called_with(writer)]
async fn send(writer: StreamWriter, args: Args) -> Result {
    for number in 1..=args.count("RECORDS") {
        time_sleep(args.float("MAKE"));
        writer.write(vec![b'x'; args.count("SIZE")])?;
        match args.choice("GIVE_WAY") {
            "drain" => writer.drain().await?,
            "sleep0" => sleep(0.0).await?,
            _ => {}
        }
        print(format!("sender: record {number} is written"));
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let server = start_server(take_all, "127.0.0.1", PORT).await?;
    let serving = server.scope(async |_| {
        let (_reader, writer) = open_connection("127.0.0.1", PORT).await?;
        let beat = create_task_named(heartbeat(args.float("BEAT")), "heartbeat");
        create_task_named(send(writer.clone(), args.clone()), "sender").await?;
        writer.close();
        writer.wait_closed().await?;
        beat.cancel();
        Ok(())
    });
    serving.await
}
