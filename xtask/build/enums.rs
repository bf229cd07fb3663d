//! The types of operations: a variant each, how it is read, and what of the program it names.

use std::fmt::Write;

use super::table::{Field, Row, Table};

/// A type of operations.
struct Group<'a> {
    name: &'static str,
    what: &'static str,
    rows: Vec<&'a Row>,
    /// Those of all groups that statements have.
    all: &'a [&'a Row],
    /// The type of the operations of objects that belongs to it.
    methods: Option<&'static str>,
}

/// Source for all of them.
pub fn write(table: &Table) -> Result<String, String> {
    let all: Vec<_> = table.awaited.iter().chain(&table.plain).collect();
    let all = all.as_slice();
    let awaited = || table.awaited.iter().filter(|row| !row.hand);
    let groups = [
        Group {
            name: "Awaitable",
            what: "An awaitable: a name, or an operation that is awaited.",
            rows: awaited().filter(|row| !row.is_method()).collect(),
            all,
            methods: Some("Awaited"),
        },
        Group {
            name: "Awaited",
            what: "An operation of an object that is awaited.",
            rows: awaited().filter(|row| row.is_method()).collect(),
            all,
            methods: None,
        },
        Group {
            name: "Operation",
            what: "An operation that is done at once.",
            rows: table.plain.iter().filter(|row| !row.is_method()).collect(),
            all,
            methods: Some("Method"),
        },
        Group {
            name: "Method",
            what: "An operation of an object that is done at once.",
            rows: table.plain.iter().filter(|row| row.is_method()).collect(),
            all,
            methods: None,
        },
        Group {
            name: "JobAction",
            what: "What a statement of a job does.",
            rows: table.jobs.iter().collect(),
            all: &[],
            methods: None,
        },
    ];
    let mut out = String::new();
    for group in &groups {
        group.write(&mut out)?;
    }
    kinds(&mut out, &table.kinds);
    Ok(out)
}

impl Group<'_> {
    fn write(&self, out: &mut String) -> Result<(), String> {
        let (mut variants, mut arms, mut parts) = (String::new(), String::new(), String::new());
        if self.name == "Awaitable" {
            variants += "/// A task, a future, or a coroutine that is kept.\nName(Name),\n";
        }
        for row in &self.rows {
            let variant = camel(&row.op);
            writeln!(variants, "/// `{}`.", row.op).expect(ALL);
            let guard = self.guard(row);
            if row.hand {
                writeln!(variants, "{variant}({variant}),").expect(ALL);
                writeln!(arms, "{:?}{guard} => Self::{variant}({variant}::of(fields)?),", row.op)
                    .expect(ALL);
                continue;
            }
            let of_object = self.name != "JobAction" && row.is_method();
            let fields: Vec<_> = row
                .fields()
                .into_iter()
                .filter(|field| !(of_object && field.name == "on"))
                .collect();
            let (mut types, mut reads) = (String::new(), String::new());
            let (mut named, mut visits) = (String::new(), String::new());
            for field in &fields {
                let name = rust_name(field);
                let rust = self.rust_type(field)?;
                write!(
                    types,
                    "{name}: {}, ",
                    if is_option(field) { format!("Option<{rust}>") } else { rust }
                )
                .expect(ALL);
                write!(reads, "{name}: {}, ", self.reading(field)?).expect(ALL);
                if let Some(part) = part(field) {
                    write!(named, "{name}, ").expect(ALL);
                    let visit = format!("visit({:?}, Part::{part}({name}))?;", field.name);
                    visits += &match is_option(field) {
                        true => format!("if let Some({name}) = {name} {{ {visit} }}"),
                        false => visit,
                    };
                }
            }
            if !named.is_empty() {
                writeln!(parts, "Self::{variant} {{ {named}.. }} => {{ {visits} Ok(()) }}")
                    .expect(ALL);
            }
            let braces = |inside: &str| {
                if fields.is_empty() { String::new() } else { format!(" {{ {inside}}}") }
            };
            writeln!(variants, "{variant}{},", braces(&types)).expect(ALL);
            writeln!(arms, "{:?}{guard} => Self::{variant}{},", row.op, braces(&reads)).expect(ALL);
        }
        let otherwise = match self.methods {
            None => "return Ok(None)".to_owned(),
            Some(methods) => {
                writeln!(
                    variants,
                    "/// What an object offers.\nMethod {{ on: Name, method: {methods} }},"
                )
                .expect(ALL);
                parts += "Self::Method { method, .. } => method.parts(visit),\n";
                format!(
                    "{{ let Some(method) = {methods}::of(op, fields)? else {{ return Ok(None) }};
                     Self::Method {{ on: fields.need(\"on\")?, method }} }}"
                )
            }
        };
        let parts = match parts.is_empty() {
            true => "let _ = visit; Ok(())".to_owned(),
            false => format!("match self {{ {parts} _ => Ok(()) }}"),
        };
        let name = self.name;
        writeln!(
            out,
            "/// {what}
            #[derive(Clone, Debug)]
            pub enum {name} {{ {variants} }}

            impl {name} {{
                /// Reads the fields of the operation `op`; none if there is no such one.
                pub fn of(op: &str, fields: &Fields) -> Read<Option<Self>> {{
                    Ok(Some(match op {{ {arms} _ => {otherwise}, }}))
                }}

                /// Visits what it names of the program, and the awaitables in it, by their fields.
                pub fn parts(&self, visit: &mut dyn FnMut(&str, Part) -> Read<()>) -> Read<()> {{
                    {parts}
                }}
                {flags}
            }}",
            what = self.what,
            flags = self.flags(),
        )
        .expect(ALL);
        Ok(())
    }

    /// Methods that say whether the table says something of an operation.
    fn flags(&self) -> String {
        let flag = |name: &str, what: &str, is: &dyn Fn(&Row) -> bool| {
            let variants = self.rows.iter().filter(|row| is(row));
            let variants: Vec<_> =
                variants.map(|row| format!("Self::{} {{ .. }}", camel(&row.op))).collect();
            format!(
                "/// {what}\npub fn {name}(&self) -> bool {{ matches!(self, {}) }}\n",
                variants.join(" | ")
            )
        };
        match self.name {
            "Operation" => {
                flag("only_prints", "Whether printing is all it does.", &|row| row.prints)
                    + &flag(
                        "is_silent",
                        "Whether it writes no line that says how it ended.",
                        &|row| row.silent || row.prints,
                    )
            }
            "JobAction" => flag("fits_process", "Whether a process can do it.", &|row| row.process),
            _ => String::new(),
        }
    }

    /// What tells an operation from another of the same name.
    fn guard(&self, row: &Row) -> String {
        let others = self.all.iter().filter(|other| other.op == row.op);
        match &row.with {
            Some(field) => format!(" if fields.has({field:?})"),
            None => match others.filter_map(|other| other.with.as_ref()).next() {
                Some(field) => format!(" if !fields.has({field:?})"),
                None => String::new(),
            },
        }
    }

    /// The type of what a field holds.
    fn rust_type(&self, field: &Field) -> Result<String, String> {
        Ok(match field.sort {
            "name" | "coroutine" | "generator" | "callback" | "job" | "handler" => "Name",
            "text" | "bytes" => "Rc<str>",
            "seconds" | "number" => "f64",
            "value" | "amount" | "data" => "Constant",
            "lines" => "Vec<Constant>",
            "whole" => "i64",
            "count" => "usize",
            "port" => "u16",
            "flag" => "bool",
            "when" => "ReturnWhen",
            "error" => "ErrorSpec",
            "awaitable" if self.name == "Awaitable" => "Box<Awaitable>",
            "awaitable" => "Awaitable",
            "awaitables" => "Vec<Awaitable>",
            "waited" => "Vec<Name>",
            "separator" => "Separators",
            _ if field.is_sort_of_object() => "Name",
            other => return Err(format!("no type is known for the sort {other:?}")),
        }
        .to_owned())
    }

    /// The expression that reads a field.
    fn reading(&self, field: &Field) -> Result<String, String> {
        let name = field.name;
        // Some sorts are checked more than their type is.
        let checked = match field.sort {
            "amount" => Some("Amount"),
            "data" => Some("Data"),
            "lines" => Some("Lines"),
            _ => None,
        };
        Ok(match (field.is_optional, field.is_nullable, field.default) {
            (false, ..) => match checked {
                Some(checked) => format!("fields.need::<{checked}>({name:?})?.into()"),
                None => format!("fields.need({name:?})?"),
            },
            (true, _, Some(json)) => format!("fields.or({name:?}, {})?", default(field, json)?),
            (true, false, None) if field.sort == "value" => {
                format!("fields.or({name:?}, Constant::None)?")
            }
            (true, true, None) => format!("fields.or({name:?}, None)?"),
            (true, false, None) => format!("fields.maybe({name:?})?"),
        })
    }
}

/// Whether a field may hold nothing.
fn is_option(field: &Field) -> bool {
    field.is_nullable || (field.is_optional && field.default.is_none() && field.sort != "value")
}

/// Source for what holds without a field.
fn default(field: &Field, json: &str) -> Result<String, String> {
    Ok(match field.sort {
        "flag" | "whole" | "count" => json.to_owned(),
        "bytes" | "text" => format!("{json}.into()"),
        "separator" => format!("Separators::one({json})"),
        "when" => json.trim_matches('"').to_owned(),
        other => return Err(format!("no default is known for the sort {other:?}")),
    })
}

/// What a field names, or what is in it, that has to be looked at.
fn part(field: &Field) -> Option<&'static str> {
    Some(match field.sort {
        "coroutine" | "handler" => "Coroutine",
        "generator" => "Generator",
        "callback" => "Callback",
        "job" => "Job",
        "awaitable" => "Awaitable",
        "awaitables" => "Awaitables",
        _ => return None,
    })
}

/// A field's name, which may be a word of Rust.
fn rust_name<'a>(field: &Field<'a>) -> &'a str {
    match field.name {
        "gen" => "generator",
        name => name,
    }
}

/// The types of objects that `new` makes.
fn kinds(out: &mut String, kinds: &[String]) {
    let variants = kinds.join(", ");
    let words: Vec<_> = kinds.iter().map(|kind| format!("({kind:?}, Self::{kind})")).collect();
    writeln!(
        out,
        "/// The types of objects that are made by `new`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind {{ {variants} }}

        impl FromJson for Kind {{
            fn read(json: &Json, at: &At) -> Read<Self> {{ word(json, at, &[{}]) }}
        }}",
        words.join(", ")
    )
    .expect(ALL);
}

/// `wait_until` as `WaitUntil`.
fn camel(op: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
    };
    op.split('_').filter_map(word).collect()
}

const ALL: &str = "a String takes all";
