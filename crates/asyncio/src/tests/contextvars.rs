//! Context variables.
//!
//! Before each Python program also stand `from contextvars import ContextVar` and
//! `user = ContextVar("user", default="nobody")`.

use super::*;

type User = ContextVar<&'static str>;

fn user() -> User {
    ContextVar::with_default("user", "nobody")
}

/// Prints a word with the value of the variable.
fn say(what: &str, user: &User) {
    print(format!("{what} {}", user.get_or("nobody")));
}

async fn put(user: User, name: &'static str) -> Result {
    say(&format!("{name} inherits"), &user);
    user.set(name);
    sleep(1.0).await?;
    say(&format!("{name} keeps"), &user);
    Ok(())
}

#[test]
fn a_task_has_a_copy_of_what_its_creator_had() {
    check(
        r#"
async def put(name):
    print(name, "inherits", user.get())
    user.set(name)
    await asyncio.sleep(1)
    print(name, "keeps", user.get())
async def main():
    print(user.get())
    user.set("main")
    task = asyncio.create_task(put("task"))
    user.set("changed")
    await asyncio.gather(put("gathered"), task)
    print(user.get())
    await asyncio.shield(put("shielded"))
    async with asyncio.TaskGroup() as group:
        group.create_task(put("grouped"))
    loop = asyncio.get_running_loop()
    await asyncio.Task(put("eager"), loop=loop, eager_start=True)
    print(user.get())
    await asyncio.wait_for(put("waited for"), 2)
    print(user.get())
    await put("awaited")
    print(user.get())
"#,
        &[
            "0.0 nobody",
            "0.0 task inherits main",
            "0.0 gathered inherits changed",
            "1.0 task keeps task",
            "1.0 gathered keeps gathered",
            "1.0 changed",
            "1.0 shielded inherits changed",
            "2.0 shielded keeps shielded",
            "2.0 grouped inherits changed",
            "3.0 grouped keeps grouped",
            "3.0 eager inherits changed",
            "4.0 eager keeps eager",
            "4.0 changed",
            "4.0 waited for inherits changed",
            "5.0 waited for keeps waited for",
            "5.0 waited for",
            "5.0 awaited inherits waited for",
            "6.0 awaited keeps awaited",
            "6.0 awaited",
        ],
        async {
            let user = user();
            print(user.get()?);
            user.set("main");
            let task = create_task(put(user.clone(), "task"));
            user.set("changed");
            gather([ensure_future(put(user.clone(), "gathered")), ensure_future(task)]).await?;
            print(user.get()?);
            shield(put(user.clone(), "shielded")).await?;
            let inside = user.clone();
            TaskGroup::scope(|group| async move {
                group.create_task(put(inside, "grouped"))?;
                Ok(())
            })
            .await?;
            create_eager_task(put(user.clone(), "eager"), None).await?;
            print(user.get()?);
            wait_for(put(user.clone(), "waited for"), Some(2.0)).await?;
            print(user.get()?);
            put(user.clone(), "awaited").await?;
            print(user.get()?);
            Ok(())
        },
    );
}

#[test]
fn a_callback_has_a_copy_from_when_it_was_registered() {
    check(
        r#"
def callback(name):
    print(name, "got", user.get())
    user.set(name)
async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    user.set("first")
    loop.call_soon(callback, "soon")
    loop.call_later(1, callback, "later")
    future.add_done_callback(lambda _: callback("done"))
    user.set("second")
    loop.call_soon(callback, "soon too")
    future.set_result(None)
    await asyncio.sleep(2)
    print(user.get())
"#,
        &[
            "0.0 soon got first",
            "0.0 soon too got second",
            "0.0 done got first",
            "1.0 later got first",
            "2.0 second",
        ],
        async {
            let user = user();
            let callback = |name: &'static str| {
                let user = user.clone();
                move || {
                    say(&format!("{name} got"), &user);
                    user.set(name);
                }
            };
            let future = create_future();
            user.set("first");
            call_soon(callback("soon"));
            call_later(1.0, callback("later"));
            let done = callback("done");
            future.add_done_callback(move |_| done());
            user.set("second");
            call_soon(callback("soon too"));
            future.set_result(())?;
            sleep(2.0).await?;
            print(user.get()?);
            Ok(())
        },
    );
}

#[test]
fn a_generator_has_the_context_of_whoever_asks_it() {
    check(
        r#"
async def numbers():
    try:
        print("begins with", user.get())
        user.set("generator")
        yield 1
        print("goes on with", user.get())
        yield 2
    finally:
        print("closed with", user.get())
async def use(name, generator):
    user.set(name)
    await anext(generator)
    print(name, "has", user.get())
async def main():
    generator = numbers()
    await asyncio.create_task(use("a", generator))
    await asyncio.create_task(use("b", generator))
    user.set("main")
    del generator
    user.set("later")
    await asyncio.sleep(1)
    print(user.get())
"#,
        &[
            "0.0 begins with a",
            "0.0 a has generator",
            "0.0 goes on with b",
            "0.0 b has b",
            "0.0 closed with main",
            "1.0 later",
        ],
        async {
            let user = user();
            let inside = user.clone();
            let generator = async_generator("numbers", async move |numbers| {
                let given = async {
                    say("begins with", &inside);
                    inside.set("generator");
                    numbers.yield_(1).await?;
                    say("goes on with", &inside);
                    numbers.yield_(2).await
                };
                let given = given.await;
                say("closed with", &inside);
                given
            });
            let use_it = |name: &'static str| {
                let (user, generator) = (user.clone(), generator.clone());
                async move {
                    user.set(name);
                    generator.next().await?;
                    say(&format!("{name} has"), &user);
                    Ok(())
                }
            };
            create_task(use_it("a")).await?;
            create_task(use_it("b")).await?;
            user.set("main");
            drop(generator);
            user.set("later");
            sleep(1.0).await?;
            print(user.get()?);
            Ok(())
        },
    );
}

/// Resets and says what comes of it, without the addresses in CPython's texts.
fn reset(variable: &User, token: &Token<&'static str>) {
    match variable.reset(token) {
        Ok(()) => print(format!("reset to {}", variable.get_or("nothing"))),
        Err(error) => {
            let text = error.to_string();
            let end = text.rsplit('>').next().unwrap_or_default().trim();
            print(format!("{} {end}", error.type_name()));
        }
    }
}

#[test]
fn a_token_resets_once_and_where_it_was_made() {
    check(
        r#"
def reset(var, token):
    try:
        var.reset(token)
        print("reset to", var.get("nothing"))
    except (RuntimeError, ValueError) as error:
        print(type(error).__name__, str(error).rsplit(">", 1)[-1].strip())
async def reset_elsewhere(var, token):
    reset(var, token)
async def main():
    empty = ContextVar("empty")
    try:
        empty.get()
    except LookupError as error:
        print(type(error).__name__)
    print(empty.get("default"), user.get("other"), user.get())
    one = empty.set("one")
    two = empty.set("two")
    reset(user, two)
    await asyncio.create_task(reset_elsewhere(empty, two))
    await reset_elsewhere(empty, two)
    reset(empty, two)
    reset(empty, one)
"#,
        &[
            "0.0 LookupError",
            "0.0 default other nobody",
            "0.0 ValueError was created by a different ContextVar",
            "0.0 ValueError was created in a different Context",
            "0.0 reset to one",
            "0.0 RuntimeError has already been used once",
            "0.0 reset to nothing",
        ],
        async {
            let user = user();
            let empty = ContextVar::new("empty");
            if let Err(error) = empty.get() {
                print(error.type_name());
            }
            let (default, other) = (empty.get_or("default"), user.get_or("other"));
            print(format!("{default} {other} {}", user.get()?));
            let one = empty.set("one");
            let two = Rc::new(empty.set("two"));
            reset(&user, &two);
            let (elsewhere, token) = (empty.clone(), two.clone());
            create_task(async move {
                reset(&elsewhere, &token);
                Ok(())
            })
            .await?;
            let elsewhere = async || reset(&empty, &two);
            elsewhere().await;
            reset(&empty, &two);
            reset(&empty, &one);
            Ok(())
        },
    );
}

async fn work(thread: Thread, user: User, name: &'static str) -> Result {
    say(&format!("{name} got"), &user);
    user.set(name);
    thread.sleep(1.0).await?;
    say(&format!("{name} kept"), &user);
    Ok(())
}

#[test]
fn to_thread_hands_on_a_copy_and_other_threads_have_nothing() {
    check(
        r#"
import threading, time
from concurrent.futures import ThreadPoolExecutor
def work(name):
    print(name, "got", user.get())
    user.set(name)
    time.sleep(1)
    print(name, "kept", user.get())
async def say():
    print("coroutine got", user.get())
def ask(loop):
    user.set("asker")
    asyncio.run_coroutine_threadsafe(say(), loop).result()
    loop.call_soon_threadsafe(lambda: print("callback got", user.get()))
async def main():
    loop = asyncio.get_running_loop()
    user.set("main")
    await asyncio.gather(asyncio.to_thread(work, "a"), asyncio.to_thread(work, "b"))
    with ThreadPoolExecutor(1) as pool:
        await loop.run_in_executor(pool, work, "c")
        await loop.run_in_executor(pool, work, "d")
    await asyncio.to_thread(ask, loop)
    threading.Thread(target=work, args=("e",)).start()
    print(user.get())
    await asyncio.sleep(2)
    print(user.get())
"#,
        &[
            "0.0 a got main",
            "0.0 b got main",
            "1.0 a kept a",
            "1.0 b kept b",
            "1.0 c got nobody",
            "2.0 c kept c",
            "2.0 d got c",
            "3.0 d kept d",
            "3.0 coroutine got asker",
            "3.0 callback got asker",
            "3.0 e got nobody",
            "3.0 main",
            "4.0 e kept e",
            "5.0 main",
        ],
        async {
            let user = user();
            let working = |name: &'static str| {
                let user = user.clone();
                move |thread| work(thread, user, name)
            };
            user.set("main");
            gather([to_thread(working("a")), to_thread(working("b"))]).await?;
            let pool = Pool::threads(1)?;
            run_in_executor(&pool, working("c"))?.await?;
            run_in_executor(&pool, working("d"))?.await?;
            pool.shutdown(true, false).await?;
            let asker = user.clone();
            to_thread(|_| async move {
                asker.set("asker");
                let asked = asker.clone();
                let future = run_coroutine_threadsafe(async move {
                    say("coroutine got", &asked);
                    Ok(())
                })?;
                future.result(None).await?;
                call_soon_threadsafe(move || say("callback got", &asker))?;
                Ok(())
            })
            .await?;
            start_thread("work", working("e"));
            print(user.get()?);
            sleep(2.0).await?;
            print(user.get()?);
            Ok(())
        },
    );
}

#[test]
fn a_handler_has_a_copy_of_what_its_server_had() {
    check(
        r#"
async def serve(reader, writer):
    print("handler got", user.get())
    user.set("handler")
    await reader.read()
    print("handler kept", user.get())
    writer.close()
async def main():
    user.set("server")
    server = await asyncio.start_server(serve, "127.0.0.1", 8000)
    user.set("client")
    for _ in range(2):
        reader, writer = await asyncio.open_connection("127.0.0.1", 8000)
        writer.write_eof()
        await reader.read()
        writer.close()
        print(user.get())
    server.close()
"#,
        &[
            "0.01 handler got server",
            "0.03 handler kept handler",
            "0.04 client",
            "0.05 handler got server",
            "0.07 handler kept handler",
            "0.08 client",
        ],
        async {
            let user = user();
            user.set("server");
            let inside = user.clone();
            let serve = move |reader: StreamReader, writer: StreamWriter| {
                let user = inside.clone();
                async move {
                    say("handler got", &user);
                    user.set("handler");
                    reader.read(-1).await?;
                    say("handler kept", &user);
                    writer.close();
                    Ok(())
                }
            };
            let server = start_server(serve, "127.0.0.1", 8000).await?;
            user.set("client");
            for _ in 0..2 {
                let (reader, writer) = open_connection("127.0.0.1", 8000).await?;
                writer.write_eof()?;
                reader.read(-1).await?;
                writer.close();
                print(user.get()?);
            }
            server.close();
            Ok(())
        },
    );
}

#[test]
fn the_main_coroutines_of_a_runner_share_a_context() {
    let script = async {
        let user = user();
        let job = |name: &'static str| {
            let user = user.clone();
            async move {
                say(&format!("{name} got"), &user);
                user.set(name);
                Ok(())
            }
        };
        let runner = Runner::new();
        runner.get_loop()?; // with
        user.set("script");
        runner.run(job("a")).await?;
        user.set("changed");
        runner.run(job("b")).await?;
        print(user.get()?);
        runner.close().await?;
        let runner = Runner::new(); // asyncio.run
        runner.run(job("c")).await?;
        runner.close().await?;
        print(user.get()?);
        Ok(())
    };
    let run = ended(Run::script(VirtualClock, Trace::on(), || script));
    let python = r#"
async def job(name):
    print(name, "got", user.get())
    user.set(name)
with asyncio.Runner() as runner:
    user.set("script")
    runner.run(job("a"))
    user.set("changed")
    runner.run(job("b"))
    print(user.get())
asyncio.run(job("c"))
print(user.get())
"#;
    let lines =
        ["0.0 a got nobody", "0.0 b got a", "0.0 changed", "0.0 c got changed", "0.0 changed"];
    assert_eq!(said(&run, true), lines, "CPython gives the lines on the right for:\n{python}");
}

#[test]
fn a_copied_context_is_run_in_and_not_twice_at_once() {
    check(
        r#"
from contextvars import copy_context
async def main():
    user.set("ann")
    context = copy_context()
    user.set("bob")
    print(context.run(user.get), user.get())
    context.run(user.set, "cid")
    print(context.run(user.get), user.get())
    try:
        context.run(context.run, user.get)
    except RuntimeError as error:
        print(str(error).partition(" at ")[0])
"#,
        &["0.0 ann bob", "0.0 cid bob", "0.0 cannot enter context: <_contextvars.Context object"],
        async {
            let user = user();
            user.set("ann");
            let context = copy_context();
            user.set("bob");
            print(format!("{} {}", context.run(|| user.get())??, user.get()?));
            context.run(|| drop(user.set("cid")))?;
            print(format!("{} {}", context.run(|| user.get())??, user.get()?));
            if let Err(error) = context.run(|| context.run(|| user.get()))? {
                let text = error.to_string();
                print(text.split_once('>').map_or("", |(text, _)| text));
            }
            Ok(())
        },
    );
}
