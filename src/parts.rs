//! Parts of the page's program that are fetched when they are wanted: the program of each example, and what is
//! used seldom. `crates/site` splits them off when the page is built; where that was not done, as in tests, all is
//! here at once.
//!
//! A part is asked for before it is used ([`fetch`]), so that nothing waits. What is called all the same (functions
//! that the compiler found equal are in one part only) is fetched on the spot (`load_part`).

use examples::{CATALOGUE, Example};
use std::cell::RefCell;
use yew::{Callback, Component, Context};

/// A part of the page's program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The program of an example.
    Example(&'static str),
    /// What the reader's own program and recorded traces need.
    Own,
    /// Dialogs and tools that are opened now and then: sharing, other orders, sweeps, what is taken along, help, the
    /// panels of a moment, the run by its order, what is looked for in it, notes, exercises.
    Tools,
    /// What finds examples by what people type.
    Search,
    /// Streams and sockets.
    Network,
    /// Threads, pools of them and of processes.
    Threads,
    /// Asynchronous generators.
    Generators,
    /// Queues.
    Queues,
    /// Groups of tasks.
    Groups,
    /// Locks, events, semaphores, conditions, barriers.
    Locks,
    /// What waits for several, or not for ever.
    Waits,
}

/// The parts that are no example's.
const OTHERS: [Part; 10] = [
    Part::Own,
    Part::Tools,
    Part::Search,
    Part::Network,
    Part::Threads,
    Part::Generators,
    Part::Queues,
    Part::Groups,
    Part::Locks,
    Part::Waits,
];

impl Part {
    /// The part that belongs to an example.
    pub fn of(example: &Example) -> Part {
        Part::Example(example.id)
    }

    /// The part's number, from which its file has its name. The first example is needed at once and has none.
    pub fn number(self) -> Option<u32> {
        let number = match self {
            Part::Example(id) if id == examples::FIRST.id => return None,
            Part::Example(id) => CATALOGUE.iter().position(|example| example.id == id)?,
            other => CATALOGUE.len() + OTHERS.iter().position(|&part| part == other)?,
        };
        u32::try_from(number).ok()
    }

    /// Whether it need not be fetched.
    pub fn is_here(self) -> bool {
        self.number().is_none_or(fetched::is_here)
    }
}

/// The name of a part's file in the folder `parts`; a part fits one version of the program only.
pub fn file(version: i32, number: u32) -> String {
    format!("{:08x}-{number}.wasm", version.cast_unsigned())
}

thread_local! {
    /// What is called when a part that somebody wanted cannot be had.
    static MISSED: RefCell<Callback<()>> = RefCell::new(Callback::noop());
}

/// Has this be called whenever a part that somebody wanted ([`with`]) cannot be had.
pub fn on_missed(missed: Callback<()>) {
    MISSED.set(missed);
}

/// Does something when a part has come; at once where it is here.
pub fn with(part: Part, then: impl FnOnce() + 'static) {
    if part.is_here() {
        return then();
    }
    wasm_bindgen_futures::spawn_local(async move {
        if fetch(vec![part]).await {
            then();
        } else {
            MISSED.with_borrow(Callback::clone).emit(());
        }
    });
}

/// Has a component hear a message once more when a part has come that it needs for that.
pub fn again<C: Component>(ctx: &Context<C>, part: Part, message: C::Message) {
    let link = ctx.link().clone();
    with(part, move || link.send_message(message));
}

/// Fetches what is not here; says whether all is.
pub async fn fetch(parts: Vec<Part>) -> bool {
    for number in parts.into_iter().filter_map(Part::number) {
        if !fetched::is_here(number)
            && let Err(error) = fetched::fetch(number).await
        {
            web_sys::console::warn_2(&"a part of the page's program did not come:".into(), &error);
            return false;
        }
    }
    true
}

#[cfg(not(target_arch = "wasm32"))]
mod fetched {
    use wasm_bindgen::JsValue;

    pub fn is_here(_: u32) -> bool {
        true
    }

    pub async fn fetch(_: u32) -> Result<(), JsValue> {
        Ok(())
    }
}

#[cfg(target_arch = "wasm32")]
mod fetched {
    use crate::ui::fetch::fetch_bytes;
    use js_sys::{Array, Object, Promise, Reflect, Uint8Array, WebAssembly};
    use std::cell::RefCell;
    use std::collections::BTreeSet;
    use wasm_bindgen::prelude::wasm_bindgen;
    use wasm_bindgen::{JsCast, JsValue, throw_val};
    use wasm_bindgen_futures::{JsFuture, future_to_promise};
    use web_sys::XmlHttpRequest;

    thread_local! {
        /// The parts that have come.
        static HERE: RefCell<BTreeSet<u32>> = const { RefCell::new(BTreeSet::new()) };
    }

    /// What the program exports under a name.
    fn exported(name: &str) -> JsValue {
        Reflect::get(&wasm_bindgen::exports(), &name.into()).unwrap_or_default()
    }

    /// Where a part is; `None` where the program was not split.
    fn address(number: u32) -> Option<String> {
        let version = Reflect::get(&exported("parts_version"), &"value".into()).ok()?.as_f64()?;
        #[expect(clippy::cast_possible_truncation, reason = "it is an i32")]
        Some(format!("parts/{}", super::file(version as i32, number)))
    }

    pub fn is_here(number: u32) -> bool {
        HERE.with_borrow(|here| here.contains(&number)) || address(number).is_none()
    }

    /// Fetches a part, with those that it needs, and puts its functions where they are called.
    pub async fn fetch(number: u32) -> Result<(), JsValue> {
        let Some(module) = module_of(number).await? else { return Ok(()) };
        let needed = needs(&module);
        // All at once: each is a small file, or there already.
        let coming = needed.iter().map(|&need| {
            future_to_promise(async move {
                Ok(module_of(need).await?.map_or(JsValue::NULL, JsValue::from))
            })
        });
        let come = JsFuture::from(Promise::all(&coming.collect::<Array>())).await?;
        for (need, module) in needed.into_iter().zip(Array::from(&come)) {
            if !module.is_null() {
                instantiate(need, module.unchecked_ref())?;
            }
        }
        instantiate(number, &module)
    }

    /// The parts that must be there before a part is used.
    fn needs(module: &WebAssembly::Module) -> Vec<u32> {
        let sections = WebAssembly::Module::custom_sections(module, "needs").into_iter();
        let bytes: Vec<u8> =
            sections.flat_map(|section| Uint8Array::new(&section).to_vec()).collect();
        bytes.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number)).collect()
    }

    /// A part that is not here; `None` where it is.
    async fn module_of(number: u32) -> Result<Option<WebAssembly::Module>, JsValue> {
        let Some(address) = address(number).filter(|_| !is_here(number)) else { return Ok(None) };
        WebAssembly::Module::new(&fetch_bytes(&address).await?.into()).map(Some)
    }

    fn instantiate(number: u32, module: &WebAssembly::Module) -> Result<(), JsValue> {
        if is_here(number) {
            // Somebody else has asked for it meanwhile.
            return Ok(());
        }
        let exports: Object = wasm_bindgen::exports().unchecked_into();
        let main = Object::new();
        for name in Object::keys(&exports) {
            // Under their names, as a part imports them.
            if name.as_string().is_some_and(|name| name == "memory" || name.starts_with("parts_")) {
                Reflect::set(&main, &name, &Reflect::get(&exports, &name)?)?;
            }
        }
        let imports = Object::new();
        Reflect::set(&imports, &"main".into(), &main)?;
        WebAssembly::Instance::new(module, &imports)?;
        HERE.with_borrow_mut(|here| here.insert(number));
        Ok(())
    }

    /// Called in the place of a function whose part has not come: fetches it while everything waits.
    #[wasm_bindgen]
    pub fn load_part(number: u32) {
        if HERE.with_borrow(|here| here.contains(&number)) {
            return;
        }
        if let Err(error) = load(number) {
            throw_val(error);
        }
    }

    fn load(number: u32) -> Result<(), JsValue> {
        let address = address(number).ok_or("the program has no parts")?;
        let request = XmlHttpRequest::new()?;
        request.open_with_async("GET", &address, false)?;
        // Bytes as characters: a request that is waited for gives text only.
        request.override_mime_type("text/plain; charset=x-user-defined")?;
        request.send()?;
        if request.status()? != 200 {
            return Err(format!("{address}: {}", request.status_text()?).into());
        }
        let text = request.response_text()?.unwrap_or_default();
        let bytes: Vec<u8> = text.chars().map(|c| (u32::from(c) & 0xff) as u8).collect();
        instantiate(number, &WebAssembly::Module::new(&Uint8Array::from(&bytes[..]))?)
    }
}
