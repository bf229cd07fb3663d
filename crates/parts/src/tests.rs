use super::*;
use wasmi::{Engine, Func, Instance, Linker, Module, Store, Val};

/// Two examples that call each other's kin: through the table, by name, through what only one of them calls.
const PROGRAM: &str = r#"
(module
  (type $unary (func (param i32) (result i32)))
  (import "host" "load" (func $host_load (param i32)))
  (memory (export "memory") 1)
  (table $functions 4 4 funcref)
  (table $others 2 externref)
  (global $stack (mut i32) (i32.const 1000))
  (export "load_part" (func $load_part))
  (export "run" (func $run))
  (export "stack" (func $stack_of))
  (func $load_part (param i32) (call $host_load (local.get 0)))
  (func $run (param i32 i32) (result i32)
    (call_indirect $functions (type $unary) (local.get 1) (local.get 0)))
  (func $stack_of (result i32) (global.get $stack))
  (func $double (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
  (func $examples::one::main (param i32) (result i32)
    (global.set $stack (i32.sub (global.get $stack) (i32.const 16)))
    (call $double (call $only_one (local.get 0))))
  (func $only_one (param i32) (result i32) (i32.add (i32.load8_u (i32.const 8)) (call $examples::one::leaf (local.get 0))))
  (func $examples::one::leaf (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func $examples::two::main (param i32) (result i32)
    (call $examples::one::shared (call $double (local.get 0))))
  (func $examples::one::shared (param i32) (result i32)
    (drop (table.size $others))
    (call_indirect $functions (type $unary) (i32.sub (local.get 0) (i32.const 5)) (i32.const 3)))
  (elem (table $functions) (i32.const 1) func $examples::one::main $examples::two::main $double)
  (data (i32.const 8) "\07"))
"#;

fn owner(name: &str) -> Option<u32> {
    match name.strip_prefix("examples::")?.split("::").next()? {
        "one" => Some(1),
        "two" => Some(0),
        other => panic!("nobody is called {other}"),
    }
}

/// What a page knows of its parts.
#[derive(Default)]
struct Page {
    parts: Vec<Vec<u8>>,
    /// The numbers of the parts that were asked for, in order.
    asked: Vec<i32>,
    loaded: Vec<bool>,
    instance: Option<Instance>,
}

fn load(mut caller: wasmi::Caller<'_, Page>, part: i32) {
    let number = usize::try_from(part).expect("a number");
    caller.data_mut().asked.push(part);
    if std::mem::replace(&mut caller.data_mut().loaded[number], true) {
        return;
    }
    let instance = caller.data().instance.expect("it runs");
    let module =
        Module::new(caller.engine(), &caller.data().parts[number]).expect("a part is a module");
    let mut linker = Linker::new(caller.engine());
    for name in ["memory", "parts_table_0", "parts_table_1", "parts_global_0"] {
        let export = instance.get_export(&caller, name).expect("it is exported");
        linker.define(IMPORTS, name, export).expect("each once");
    }
    linker.instantiate_and_start(&mut caller, &module).expect("it fits");
}

/// A program that runs.
fn start(wasm: &[u8], parts: Vec<Vec<u8>>) -> (Store<Page>, Instance) {
    let engine = Engine::default();
    let module = Module::new(&engine, wasm).expect("a module");
    let loaded = vec![false; parts.len()];
    let mut store = Store::new(&engine, Page { parts, loaded, ..Page::default() });
    let loader = Func::wrap(&mut store, load);
    let mut linker = Linker::new(&engine);
    linker.define("host", "load", loader).expect("one loader");
    let instance = linker.instantiate_and_start(&mut store, &module).expect("it starts");
    store.data_mut().instance = Some(instance);
    (store, instance)
}

fn call(store: &mut Store<Page>, instance: Instance, name: &str, arguments: &[i32]) -> i32 {
    let function = instance.get_func(&*store, name).expect("an export");
    let arguments: Vec<Val> = arguments.iter().map(|&value| Val::I32(value)).collect();
    let mut result = [Val::I32(0)];
    function.call(store, &arguments, &mut result).expect("it returns");
    result[0].i32().expect("a number")
}

#[test]
fn a_split_program_does_what_the_whole_one_does_and_fetches_what_it_calls() {
    let whole = wat::parse_str(PROGRAM).expect("a program");
    let split = split(&whole, &owner).expect("it can be split").expect("it has parts");
    let numbers: Vec<u32> = split.parts.iter().map(|&(number, _)| number).collect();
    assert_eq!(numbers, [0, 1]);
    let parts = split.parts.iter().map(|(_, wasm)| wasm.clone()).collect();
    let (mut before, whole) = start(&whole, Vec::new());
    let (mut after, main) = start(&split.main, parts);

    // $double is nobody's.
    assert_eq!(call(&mut after, main, "run", &[3, 21]), 42);
    assert!(after.data().asked.is_empty(), "nothing of a part was called");
    for (place, value) in [(2, 21), (1, 20), (2, 4), (1, -3)] {
        let expected = call(&mut before, whole, "run", &[place, value]);
        assert_eq!(call(&mut after, main, "run", &[place, value]), expected, "{place} {value}");
    }
    assert_eq!(
        call(&mut after, main, "stack", &[]),
        call(&mut before, whole, "stack", &[]),
        "one stack"
    );
    let asked = &after.data().asked;
    assert_eq!(asked[..2], [0, 1], "two, then the function that it shares with one");
    assert_eq!(asked.len(), 2, "what has come stands in the table");
}

#[test]
fn what_belongs_to_one_part_is_not_in_the_program() {
    let whole = wat::parse_str(PROGRAM).expect("a program");
    let split = split(&whole, &owner).expect("it can be split").expect("it has parts");
    let program = program::read(&split.main).expect("a module");
    // $only_one and leaf are called by one's functions alone: not even a stub is left.
    let stubs = program.bodies.iter().filter(|body| {
        let operators = body.get_operators_reader().expect("a body");
        operators.into_iter().any(|o| matches!(o, Ok(wasmparser::Operator::Unreachable)))
    });
    assert_eq!(stubs.count(), 2);
    let one = program::read(&split.parts[1].1).expect("a module");
    assert_eq!(one.bodies.len(), 4, "main, only_one, leaf, shared");
}

#[test]
fn without_names_loader_or_parts_a_program_stays_whole() {
    let whole = wat::parse_str(PROGRAM).expect("a program");
    assert!(split(&whole, &|_| None).expect("valid").is_none());
    let no_loader =
        wat::parse_str(PROGRAM.replace("\"load_part\"", "\"other\"")).expect("a program");
    assert!(split(&no_loader, &owner).expect("valid").is_none());
    assert!(split(b"\0asm nonsense", &owner).is_err());
}

#[test]
fn a_part_says_which_others_it_calls() {
    let whole = wat::parse_str(PROGRAM).expect("a program");
    let split = split(&whole, &owner).expect("it can be split").expect("it has parts");
    assert_eq!(needs(&split, 0), [1], "two calls a function of one");
    assert_eq!(needs(&split, 1), []);
}

/// The numbers of the parts that a part needs.
fn needs(split: &Split, part: usize) -> Vec<u32> {
    let sections = wasmparser::Parser::new(0).parse_all(&split.parts[part].1);
    let of_needs = |payload| match payload {
        Ok(wasmparser::Payload::CustomSection(section)) if section.name() == NEEDS => {
            Some(section.data().to_vec())
        }
        _ => None,
    };
    let bytes: Vec<u8> = sections.filter_map(of_needs).flatten().collect();
    bytes.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number)).collect()
}

#[test]
fn parts_of_one_type_need_each_other() {
    // The data describe a type: what drops it stands at the first place of the table of functions, and is one's.
    let described = |method: u32| {
        let words = [1, 8, 4, method].map(|word: u32| format!("\\{word:02x}\\00\\00\\00"));
        let data = format!("(data (i32.const 16) \"{}\"))", words.concat());
        let program = PROGRAM.trim_end().strip_suffix(')').expect("it is closed");
        let whole = wat::parse_str(format!("{program}{data}")).expect("a program");
        split(&whole, &owner).expect("it can be split").expect("it has parts")
    };
    let nobodys = described(3);
    assert_eq!((needs(&nobodys, 0), needs(&nobodys, 1)), (vec![1], vec![]));
    let of_two = described(2);
    assert_eq!((needs(&of_two, 0), needs(&of_two, 1)), (vec![1], vec![0]));
}
