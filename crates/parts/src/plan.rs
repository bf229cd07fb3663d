//! Which function goes where.

use crate::Error;
use crate::methods;
use crate::program::Program;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Says by a function's name the number of the part it belongs to; `None`: the program.
pub type Owner<'a> = &'a dyn Fn(&str) -> Option<u32>;

/// Which function goes where, and by which place of the table those are called that are called from elsewhere.
pub struct Plan {
    /// The number of the part of each function that has one.
    pub part: HashMap<u32, u32>,
    /// The functions of each part, in their order.
    pub functions: BTreeMap<u32, Vec<u32>>,
    /// The parts that must be there for each part.
    pub needs: BTreeMap<u32, BTreeSet<u32>>,
    /// The place in the table of each function that is called from elsewhere.
    pub place: BTreeMap<u32, u32>,
    /// The functions that stand at the places which were added at the table's end.
    pub added: Vec<u32>,
    /// The loader of parts.
    pub loader: u32,
    /// The globals that the parts use, which is also their order in the imports.
    pub globals: Vec<u32>,
}

/// Makes the plan; `None` where nothing can be split off.
pub fn make(program: &Program, owner: Owner) -> Result<Option<Plan>, Error> {
    let Some(loader) = program.loader else { return Ok(None) };
    let count = u32::try_from(program.functions.len())?;
    let calls: Vec<Vec<u32>> = (0..count).map(|f| program.calls(f)).collect::<Result<_, _>>()?;
    let part = owners(program, owner, &calls);
    if part.is_empty() {
        return Ok(None);
    }
    let mut functions: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for f in 0..count {
        if let Some(&number) = part.get(&f) {
            functions.entry(number).or_default().push(f);
        }
    }

    let mut place: BTreeMap<u32, u32> = BTreeMap::new();
    for &(at, f) in &program.slots {
        place.entry(f).or_insert(at);
    }
    let (mut added, mut needs) = (Vec::new(), BTreeMap::<u32, BTreeSet<u32>>::new());
    for f in 0..count {
        for &called in &calls[f as usize] {
            if let (Some(&from), Some(&to)) = (part.get(&f), part.get(&called))
                && from != to
            {
                needs.entry(from).or_default().insert(to);
            }
            // Within a module functions are called as they are, and the program calls the stubs by name.
            let elsewhere = part.get(&called) != part.get(&f);
            if elsewhere && !place.contains_key(&called) {
                place.insert(called, program.places + u32::try_from(added.len())?);
                added.push(called);
            }
        }
    }
    // By its name: a function that is small stays in the program, and is of a type of its part all the same.
    let said = |f: &u32| program.names.get(f).and_then(|name| owner(name));
    let needs = with_kin(&part, needs, &methods::of_types(program), &said);
    Ok(Some(Plan { part, functions, needs, place, added, loader, globals: globals(program) }))
}

/// The parts that each part needs in all, from those that its functions call by name: also what these need, and its
/// kin, as two functions that became one bear the name of either. Where the methods of one type are of several parts,
/// what each of them does may be in any of them. What is akin to kin is not needed.
fn with_kin(
    part: &HashMap<u32, u32>,
    called: BTreeMap<u32, BTreeSet<u32>>,
    types: &[Vec<u32>],
    said: &dyn Fn(&u32) -> Option<u32>,
) -> BTreeMap<u32, BTreeSet<u32>> {
    let all_called = |from: u32| {
        let (mut found, mut open) = (BTreeSet::from([from]), vec![from]);
        while let Some(number) = open.pop() {
            open.extend(called.get(&number).into_iter().flatten().filter(|&&to| found.insert(to)));
        }
        found
    };
    let mut needs: BTreeMap<u32, BTreeSet<u32>> =
        part.values().map(|&number| (number, all_called(number))).collect();
    for methods in types {
        let to: BTreeSet<u32> = methods.iter().filter_map(|f| part.get(f)).copied().collect();
        let from: BTreeSet<u32> = methods.iter().filter_map(said).collect();
        for (from, to) in from.iter().flat_map(|from| to.iter().map(move |to| (from, to))) {
            needs.entry(*from).or_default().extend(all_called(*to));
        }
    }
    needs.iter_mut().for_each(|(number, needs)| _ = needs.remove(number));
    needs.retain(|_, needs| !needs.is_empty());
    needs
}

/// The globals that change: what functions share beside memory. A stack pointer, as a rule.
fn globals(program: &Program) -> Vec<u32> {
    (0..).zip(&program.globals).filter(|(_, kind)| kind.mutable).map(|(index, _)| index).collect()
}

/// The most bytes of a function that does not go to a part, though it is called through the table alone.
#[cfg(not(test))]
const SMALL: usize = 160;
/// Those of the tests are all small.
#[cfg(test)]
const SMALL: usize = 4;

/// The most bytes of a function that does not go to a part, if the program calls it by name.
const SHORT: usize = 512;

/// Whose each function is: by its name, or since only functions of one owner call it; the program's where the
/// program calls it by name.
fn owners(program: &Program, owner: Owner, calls: &[Vec<u32>]) -> HashMap<u32, u32> {
    let fixed: BTreeSet<u32> = program.roots.iter().copied().collect();
    let in_table: BTreeSet<u32> = program.slots.iter().map(|&(_, f)| f).collect();
    let mut owners: HashMap<u32, u32> = program
        .names
        .iter()
        .filter(|&(f, _)| *f >= program.imported && !fixed.contains(f))
        .filter_map(|(&f, name)| Some((f, owner(name)?)))
        .collect();
    let mut callers: HashMap<u32, BTreeSet<u32>> = HashMap::new();
    for (f, called) in (0..).zip(calls) {
        for &c in called {
            callers.entry(c).or_default().insert(f);
        }
    }
    let mut open: Vec<u32> = owners.keys().copied().collect();
    while let Some(f) = open.pop() {
        for &c in &calls[f as usize] {
            if c < program.imported
                || owners.contains_key(&c)
                || fixed.contains(&c)
                || in_table.contains(&c)
            {
                continue;
            }
            let of = owners[&f];
            if callers[&c].iter().all(|caller| *caller == c || owners.get(caller) == Some(&of)) {
                owners.insert(c, of);
                open.push(c);
            }
        }
    }
    // The smaller a function in the table, the likelier it is that of many, and a stub would be no smaller.
    for f in in_table {
        if is_small(program, calls, &owners, f, 4) {
            owners.remove(&f);
        }
    }
    // Two functions may have become one that bears the name of either, if they are not too long for that: those that
    // the program calls are the program's, whatever their names.
    let mut open: Vec<u32> = (0..).take(calls.len()).filter(|f| !owners.contains_key(f)).collect();
    while let Some(f) = open.pop() {
        for &c in &calls[f as usize] {
            if length(program, c) <= SHORT && owners.remove(&c).is_some() {
                open.push(c);
            }
        }
    }
    owners
}

/// Whether a function is small, and so is all that it calls by name and the program has not, so many calls deep.
fn is_small(
    program: &Program,
    calls: &[Vec<u32>],
    owners: &HashMap<u32, u32>,
    f: u32,
    deep: u32,
) -> bool {
    length(program, f) <= SMALL
        && calls[f as usize].iter().all(|c| {
            !owners.contains_key(c) || deep > 0 && is_small(program, calls, owners, *c, deep - 1)
        })
}

/// How many bytes a function has; none, if it is imported.
fn length(program: &Program, f: u32) -> usize {
    f.checked_sub(program.imported).map_or(0, |body| program.bodies[body as usize].range().len())
}
