//! Writes a part: its functions, which it puts into the table.

use crate::plan::Plan;
use crate::program::Program;
use crate::{Error, GLOBAL, IMPORTS, NEEDS, TABLE};
use std::collections::HashMap;
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, ElementSection, Elements, EntityType, FunctionSection,
    ImportSection, Instruction, MemoryType, Module, TypeSection,
};
use wasmparser::Operator;

/// The part of this number, as a module.
pub fn write(program: &Program, plan: &Plan, number: u32) -> Result<Vec<u8>, Error> {
    let own = &plan.functions[&number];
    let mut writer = Writer {
        program,
        plan,
        own: (0..).zip(own).map(|(index, &f)| (f, index)).collect(),
        types: HashMap::new(),
        section: TypeSection::new(),
    };
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    for &f in own {
        functions.function(writer.type_of(program.functions[f as usize])?);
        writer.function(f, &mut code)?;
    }

    let mut imports = ImportSection::new();
    let memory = MemoryType {
        minimum: 0,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    imports.import(IMPORTS, "memory", memory);
    for (index, &table) in program.tables.iter().enumerate() {
        let mut kind = writer.table_type(table)?;
        // The program's has grown, for one.
        (kind.minimum, kind.maximum) = (0, None);
        imports.import(IMPORTS, &format!("{TABLE}{index}"), kind);
    }
    for (index, &global) in plan.globals.iter().enumerate() {
        let kind = writer.global_type(program.globals[global as usize])?;
        imports.import(IMPORTS, &format!("{GLOBAL}{index}"), EntityType::Global(kind));
    }

    let mut module = Module::new();
    module.section(&writer.section).section(&imports).section(&functions);
    module.section(&elements(program, plan, own)).section(&code);
    if let Some(needs) = plan.needs.get(&number) {
        let data: Vec<u8> = needs.iter().flat_map(|need| need.to_le_bytes()).collect();
        module.section(&CustomSection { name: NEEDS.into(), data: data.into() });
    }
    Ok(module.finish())
}

/// Where in the table the functions stand: neighbours in one piece.
fn elements(program: &Program, plan: &Plan, own: &[u32]) -> ElementSection {
    let index: HashMap<u32, u32> = own.iter().copied().zip(0..).collect();
    let mut places: Vec<(u32, u32)> = program
        .slots
        .iter()
        .copied()
        .chain((program.places..).zip(plan.added.iter().copied()))
        .filter_map(|(at, f)| Some((at, *index.get(&f)?)))
        .collect();
    places.sort_unstable();
    let mut section = ElementSection::new();
    for piece in places.chunk_by(|before, after| before.0 + 1 == after.0) {
        let functions: Vec<u32> = piece.iter().map(|&(_, f)| f).collect();
        let offset = ConstExpr::i32_const(piece[0].0.cast_signed());
        section.active(None, &offset, Elements::Functions(functions.into()));
    }
    section
}

/// Renumbers what functions name.
struct Writer<'a> {
    program: &'a Program<'a>,
    plan: &'a Plan,
    /// The part's functions with their new numbers.
    own: HashMap<u32, u32>,
    /// The types that were met, with their new numbers.
    types: HashMap<u32, u32>,
    section: TypeSection,
}

impl Writer<'_> {
    fn type_of(&mut self, old: u32) -> Result<u32, Error> {
        if let Some(&new) = self.types.get(&old) {
            return Ok(new);
        }
        let kind = self.func_type(self.program.types[old as usize].clone())?;
        let new = u32::try_from(self.types.len())?;
        self.section.ty().func_type(&kind);
        self.types.insert(old, new);
        Ok(new)
    }

    fn function(&mut self, f: u32, code: &mut CodeSection) -> Result<(), Error> {
        let body = &self.program.bodies[(f - self.program.imported) as usize];
        let mut function = self.new_function_with_parsed_locals(body)?;
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index } if !self.own.contains_key(&function_index) => {
                    let place = self.plan.place[&function_index];
                    let type_index =
                        self.type_of(self.program.functions[function_index as usize])?;
                    function.instruction(&Instruction::I32Const(place.cast_signed()));
                    function.instruction(&Instruction::CallIndirect { type_index, table_index: 0 });
                }
                operator => {
                    function.instruction(&self.instruction(operator)?);
                }
            }
        }
        code.function(&function);
        Ok(())
    }
}

impl Reencode for Writer<'_> {
    type Error = Unknown;

    fn type_index(&mut self, old: u32) -> Result<u32, reencode::Error<Unknown>> {
        self.type_of(old).map_err(|_| reencode::Error::UserError(Unknown("type", old)))
    }

    fn function_index(&mut self, old: u32) -> Result<u32, reencode::Error<Unknown>> {
        self.own.get(&old).copied().ok_or(reencode::Error::UserError(Unknown("function", old)))
    }

    fn global_index(&mut self, old: u32) -> Result<u32, reencode::Error<Unknown>> {
        let at = (0..).zip(&self.plan.globals).find(|&(_, &global)| global == old);
        at.map(|(at, _)| at).ok_or(reencode::Error::UserError(Unknown("global", old)))
    }
}

/// Something that a part refers to and cannot have: a function by reference, a global that does not change.
#[derive(Debug)]
struct Unknown(&'static str, u32);

impl std::fmt::Display for Unknown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a part cannot refer to {} {}", self.0, self.1)
    }
}

impl std::error::Error for Unknown {}
