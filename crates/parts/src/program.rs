//! What is read of a wasm program.

use crate::{Error, LOADER};
use std::collections::HashMap;
use wasmparser::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody,
    GlobalType, KnownCustom, Name, Operator, Parser, Payload, TableType, TypeRef,
};

/// A program, as far as it matters here.
#[derive(Default)]
pub struct Program<'a> {
    pub wasm: &'a [u8],
    /// The types of functions, by index.
    pub types: Vec<FuncType>,
    /// How many functions are imported; they come first.
    pub imported: u32,
    /// The type of each function.
    pub functions: Vec<u32>,
    /// The body of each function that is not imported.
    pub bodies: Vec<FunctionBody<'a>>,
    pub globals: Vec<GlobalType>,
    pub tables: Vec<TableType>,
    /// The names of functions.
    pub names: HashMap<u32, String>,
    /// Which functions stand in the table of functions, at which place.
    pub slots: Vec<(u32, u32)>,
    /// How many places the table has, which is also the number of the next one.
    pub places: u32,
    /// Functions that are exported, or called by the program's start.
    pub roots: Vec<u32>,
    pub loader: Option<u32>,
    /// What stands in memory at the start, at which address.
    pub data: Vec<(u32, &'a [u8])>,
}

impl Program<'_> {
    /// The functions that a function calls by name, and those that it makes references to.
    pub fn calls(&self, function: u32) -> Result<Vec<u32>, Error> {
        let Some(body) = function.checked_sub(self.imported) else { return Ok(Vec::new()) };
        let mut called = Vec::new();
        for operator in self.bodies[body as usize].get_operators_reader()? {
            match operator? {
                Operator::Call { function_index }
                | Operator::ReturnCall { function_index }
                | Operator::RefFunc { function_index } => called.push(function_index),
                _ => {}
            }
        }
        Ok(called)
    }
}

/// A place, unless it is computed.
fn constant(place: &ConstExpr) -> Option<i32> {
    match place.get_operators_reader().into_iter().next() {
        Some(Ok(Operator::I32Const { value })) => Some(value),
        _ => None,
    }
}

/// Reads a program.
pub fn read(wasm: &[u8]) -> Result<Program<'_>, Error> {
    let mut program = Program { wasm, ..Program::default() };
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(types) => {
                for group in types {
                    for kind in group?.into_types() {
                        program.types.push(kind.unwrap_func().clone());
                    }
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    match import?.ty {
                        TypeRef::Func(kind) => {
                            program.functions.push(kind);
                            program.imported += 1;
                        }
                        TypeRef::Global(kind) => program.globals.push(kind),
                        _ => {}
                    }
                }
            }
            Payload::FunctionSection(functions) => {
                for kind in functions {
                    program.functions.push(kind?);
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    program.tables.push(table?.ty);
                }
                let first = program.tables.first().ok_or("no table")?;
                program.places = u32::try_from(first.initial)?;
                if !first.element_type.is_func_ref() {
                    return Err("the first table holds no functions".into());
                }
            }
            Payload::GlobalSection(globals) => {
                for global in globals {
                    program.globals.push(global?.ty);
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        program.roots.push(export.index);
                        if export.name == LOADER {
                            program.loader = Some(export.index);
                        }
                    }
                }
            }
            Payload::StartSection { func, .. } => program.roots.push(func),
            Payload::ElementSection(elements) => {
                for element in elements {
                    let element = element?;
                    let ElementKind::Active { table_index, offset_expr } = element.kind else {
                        continue;
                    };
                    if table_index.unwrap_or(0) != 0 {
                        continue;
                    }
                    let Some(value) = constant(&offset_expr) else {
                        return Err("functions at a place of the table that is computed".into());
                    };
                    let ElementItems::Functions(functions) = element.items else {
                        return Err("functions of the table as expressions".into());
                    };
                    for (at, function) in functions.into_iter().enumerate() {
                        program.slots.push((u32::try_from(value)? + u32::try_from(at)?, function?));
                    }
                }
            }
            Payload::DataSection(segments) => {
                for segment in segments {
                    let segment = segment?;
                    if let DataKind::Active { offset_expr, .. } = segment.kind
                        && let Some(value) = constant(&offset_expr)
                    {
                        program.data.push((value.cast_unsigned(), segment.data));
                    }
                }
            }
            Payload::CodeSectionEntry(body) => program.bodies.push(body),
            Payload::CustomSection(custom) => {
                let KnownCustom::Name(names) = custom.as_known() else { continue };
                for name in names {
                    if let Name::Function(functions) = name? {
                        for function in functions {
                            let function = function?;
                            program.names.insert(function.index, function.name.to_owned());
                        }
                    }
                }
            }
            _ => {}
        }
    }
    Ok(program)
}
