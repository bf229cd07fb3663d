//! Writes what is needed at once: the program with stubs where functions went to parts.

use crate::plan::Plan;
use crate::program::Program;
use crate::{Error, GLOBAL, TABLE, VERSION};
use std::collections::BTreeSet;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, ExportKind, ExportSection, Function,
    GlobalSection, GlobalType, Instruction, Module, RawSection, TableSection, ValType,
};
use wasmparser::{Parser, Payload};

/// The program without what went to parts.
pub fn write(program: &Program, plan: &Plan, version: i32) -> Result<Vec<u8>, Error> {
    let mut module = Module::new();
    let mut same = RoundtripReencoder;
    for payload in Parser::new(0).parse_all(program.wasm) {
        match payload? {
            Payload::TableSection(tables) => {
                let mut section = TableSection::new();
                for (index, table) in tables.into_iter().enumerate() {
                    let mut kind = same.table_type(table?.ty)?;
                    if index == 0 {
                        kind.minimum += plan.added.len() as u64;
                        kind.maximum = kind.maximum.map(|most| most.max(kind.minimum));
                    }
                    section.table(kind);
                }
                module.section(&section);
            }
            Payload::GlobalSection(globals) => {
                let mut section = GlobalSection::new();
                same.parse_global_section(&mut section, globals)?;
                let kind = GlobalType { val_type: ValType::I32, mutable: false, shared: false };
                section.global(kind, &ConstExpr::i32_const(version));
                module.section(&section);
            }
            Payload::ExportSection(exports) => {
                let mut section = ExportSection::new();
                same.parse_export_section(&mut section, exports)?;
                for index in (0..).take(program.tables.len()) {
                    section.export(&format!("{TABLE}{index}"), ExportKind::Table, index);
                }
                for (index, &global) in plan.globals.iter().enumerate() {
                    section.export(&format!("{GLOBAL}{index}"), ExportKind::Global, global);
                }
                section.export(VERSION, ExportKind::Global, u32::try_from(program.globals.len())?);
                module.section(&section);
            }
            Payload::ElementSection(elements) => {
                let mut section = ElementSection::new();
                same.parse_element_section(&mut section, elements)?;
                let offset = ConstExpr::i32_const(program.places.cast_signed());
                section.active(None, &offset, Elements::Functions((&plan.added).into()));
                module.section(&section);
            }
            Payload::CodeSectionStart { .. } => {
                module.section(&code(program, plan)?);
            }
            // Written with the section, or for debuggers.
            Payload::CodeSectionEntry(_) | Payload::CustomSection(_) => {}
            other => {
                if let Some((id, range)) = other.as_section() {
                    module.section(&RawSection { id, data: &program.wasm[range] });
                }
            }
        }
    }
    Ok(module.finish())
}

/// All functions, at their places.
fn code(program: &Program, plan: &Plan) -> Result<CodeSection, Error> {
    // Others are called within their part alone.
    let seen: BTreeSet<u32> = plan.place.keys().copied().collect();
    let mut section = CodeSection::new();
    for (f, body) in (program.imported..).zip(&program.bodies) {
        match plan.part.get(&f) {
            None => {
                section.raw(&program.wasm[body.range()]);
            }
            Some(&part) if seen.contains(&f) => {
                section.function(&stub(program, plan, f, part)?);
            }
            Some(_) => {
                let mut gone = Function::new([]);
                gone.instruction(&Instruction::Unreachable).instruction(&Instruction::End);
                section.function(&gone);
            }
        }
    }
    Ok(section)
}

/// A function that asks for its part, then calls what has come.
fn stub(program: &Program, plan: &Plan, f: u32, part: u32) -> Result<Function, Error> {
    let type_index = program.functions[f as usize];
    let parameters = u32::try_from(program.types[type_index as usize].params().len())?;
    let mut stub = Function::new([]);
    stub.instruction(&Instruction::I32Const(i32::try_from(part)?));
    stub.instruction(&Instruction::Call(plan.loader));
    for parameter in 0..parameters {
        stub.instruction(&Instruction::LocalGet(parameter));
    }
    stub.instruction(&Instruction::I32Const(plan.place[&f].cast_signed()));
    stub.instruction(&Instruction::CallIndirect { type_index, table_index: 0 });
    stub.instruction(&Instruction::End);
    Ok(stub)
}
