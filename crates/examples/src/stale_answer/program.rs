use crate::Args;
use asyncio::*;

const PORT: u16 = 8813;

#[called_with(reader, writer)]
async fn database(reader: StreamReader, writer: StreamWriter, answers: Vec<f64>) -> Result {
    if let Some(task) = current_task() {
        task.set_name("database");
    }
    loop {
        let query = reader.readline().await?;
        if query.is_empty() {
            break;
        }
        sleep(answers[number_in(&query)]).await?;
        writer.write(query)?;
        writer.drain().await?;
    }
    writer.close();
    Ok(())
}

/// `int(line)`, of lines that are numbers.
fn number_in(line: &[u8]) -> usize {
    String::from_utf8_lossy(line).trim().parse().unwrap_or_default()
}

#[derive(Clone)]
struct Connection {
    reader: StreamReader,
    writer: StreamWriter,
    after: &'static str,
}

impl Connection {
    async fn open(after: &'static str) -> Result<Self> {
        let (reader, writer) = open_connection("127.0.0.1", PORT).await?;
        Ok(Connection { reader, writer, after })
    }

    async fn answer(self, number: usize) -> Result<usize> {
        loop {
            let answer = number_in(&self.reader.readline().await?);
            if answer == number || self.after != "match" {
                return Ok(answer);
            }
            print(format!("query {number}: throws away the answer to {answer}"));
        }
    }

    async fn query(&self, number: usize, limit: f64) -> Result<usize> {
        self.writer.write(format!("{number}\n"))?;
        wait_for(self.clone().answer(number), Some(limit)).await
    }
}

pub async fn main(args: Args) -> Result {
    let after = args.choice("AFTER");
    let answers = args.floats("ANSWERS");
    let limit = args.float("LIMIT");

    let seconds = answers.clone();
    let accept = move |reader, writer| database(reader, writer, seconds.clone());
    let server = start_server(accept, "127.0.0.1", PORT).await?;
    let serving = server.scope(async |_| {
        let mut connection = Connection::open(after).await?;
        for number in 0..answers.len() {
            match connection.query(number, limit).await {
                Ok(answer) => {
                    let right = if answer == number { "right" } else { "WRONG" };
                    print(format!("query {number}: has the answer to {answer}, {right}"));
                }
                Err(error) if error.is("TimeoutError") => {
                    print(format!("query {number}: given up"));
                    if after == "reconnect" {
                        connection.writer.close();
                        connection = Connection::open(after).await?;
                    }
                }
                Err(error) => return Err(error),
            }
        }
        connection.writer.close();
        Ok(())
    });
    serving.await
}
