//! Streams and servers.

use std::rc::Rc;

use asyncio::{
    DEFAULT_LIMIT, Error, Result, Server, ServerOptions, StreamReader, StreamWriter,
    open_connection_with_limit, repr_str, start_server_with,
};

use super::body::{returned, run};
use super::build::{leaf_of, left_coroutine};
use super::coroutine::{Coroutine, ToRun, lasting};
use super::machine::Machine;
use super::method::Done;
use super::scope::Scope;
use super::value::Value;
use crate::differential::language::{Method, Name};

/// Both ends of a connection that one side has.
pub struct Stream {
    pub reader: StreamReader,
    pub writer: StreamWriter,
}

impl Stream {
    fn value(reader: StreamReader, writer: StreamWriter) -> Value {
        Value::Stream(Rc::new(Self { reader, writer }))
    }
}

/// `asyncio.open_connection`.
pub fn open(machine: &Rc<Machine>, port: u16, limit: Option<usize>) -> Value {
    machine.count("open_connection");
    let limit = limit.unwrap_or(DEFAULT_LIMIT);
    let opening = open_connection_with_limit("localhost", port, limit);
    leaf_of(machine, "open_connection", opening, |(reader, writer)| {
        Ok(Stream::value(reader, writer))
    })
}

/// `asyncio.start_server`, where the handler is a coroutine of the program.
pub fn serve(machine: &Rc<Machine>, port: u16, handler: &Name, limit: Option<usize>) -> Value {
    machine.count("start_server");
    let (handling, handler) = (machine.clone(), handler.clone());
    let connected = move |reader, writer| {
        let coroutine = handle(&handling, &handler, Stream::value(reader, writer));
        match coroutine.to_run(&Scope::root("connection handler")) {
            ToRun::First(coro) => coro,
            // It is a new one.
            ToRun::Again(steps) => asyncio::Coro::new(coroutine.name(), steps),
        }
    };
    let limit = limit.unwrap_or(DEFAULT_LIMIT);
    let options = ServerOptions { limit, ..ServerOptions::default() };
    let starting = start_server_with(connected, "localhost", port, options);
    leaf_of(machine, "start_server", starting, |server| Ok(Value::Server(server)))
}

/// The coroutine of a connection, which keeps its stream as `peer` when it begins.
fn handle(machine: &Rc<Machine>, handler: &Name, stream: Value) -> Rc<Coroutine> {
    let body = machine.program.coroutines.get(handler).cloned().unwrap_or_else(|| Rc::from([]));
    let scope = Scope::open(None);
    let (running, place) = (machine.clone(), scope.clone());
    Coroutine::new(machine, lasting(handler), scope, async move {
        running.store(&"peer".into(), stream);
        run(&running, &place, &body).await.map(returned).map_err(left_coroutine)
    })
}

/// What a stream does at once.
pub fn of_stream(machine: &Machine, stream: &Stream, method: &Method) -> Result<Done> {
    let Stream { reader, writer } = stream;
    Ok(Some(match method {
        Method::Write { data } => {
            let data = bytes(machine.value(data)?).map_err(|other| {
                let class = repr_str(other.class_name());
                let text = format!("data argument must be a bytes-like object, not {class}");
                Error::new("TypeError", text)
            })?;
            writer.write(data)?;
            ("write", Value::None)
        }
        Method::Writelines { data } => {
            let values: Result<Vec<_>> = data.iter().map(|piece| machine.value(piece)).collect();
            let pieces = values?.into_iter().map(bytes).collect::<std::result::Result<Vec<_>, _>>();
            let pieces = match pieces {
                Ok(pieces) => pieces,
                Err(other) => {
                    // What is wrong with the stream comes first; nothing of the lines is sent.
                    writer.writelines::<&[u8]>([])?;
                    let class = other.type_name();
                    let text =
                        format!("memoryview: a bytes-like object is required, not '{class}'");
                    return Err(Error::new("TypeError", text));
                }
            };
            writer.writelines(pieces)?;
            ("writelines", Value::None)
        }
        Method::WriteEof => {
            writer.write_eof()?;
            ("write_eof", Value::None)
        }
        Method::Close => {
            writer.close();
            ("close", Value::None)
        }
        Method::IsClosing => ("is_closing", Value::Bool(writer.is_closing())),
        Method::AtEof => ("at_eof", Value::Bool(reader.at_eof())),
        Method::TransportAbort => {
            writer.transport().abort()?;
            ("transport_abort", Value::None)
        }
        _ => return Ok(None),
    }))
}

/// What a server does at once.
pub fn of_server(server: &Server, method: &Method) -> Done {
    Some(match method {
        Method::Close => {
            server.close();
            ("close", Value::None)
        }
        Method::IsServing => ("is_serving", Value::Bool(server.is_serving())),
        Method::CloseClients => {
            server.close_clients();
            ("close_clients", Value::None)
        }
        Method::AbortClients => {
            server.abort_clients();
            ("abort_clients", Value::None)
        }
        _ => return None,
    })
}

/// Bytes to send: those of a text, or bytes that were read. Anything else is given back.
fn bytes(value: Value) -> std::result::Result<Rc<[u8]>, Value> {
    match value {
        Value::Text(text) => Ok(text.as_bytes().into()),
        Value::Bytes(bytes) => Ok(bytes),
        other => Err(other),
    }
}
