//! Splits a bound module in two: what a page needs at first, and the rest, which joins the running instance later.
//!
//! The rest shares memory, table and globals with the first part and calls its functions. An export that was moved there
//! stays an export of the first part, as a call through a slot of the table, which the rest fills when it is
//! instantiated; a call before that traps.

use crate::Outcome;
use std::collections::BTreeSet;
use walrus::ir::{Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, Data, Element, ElementItems, ElementKind, Export, ExportItem, Function, FunctionBuilder, FunctionId,
    FunctionKind, Global, GlobalKind, Import, ImportKind, ImportedFunction, Memory, Module, ModuleConfig, Table,
    TableId, passes,
};

/// The name under which the rest imports the first part.
const FIRST: &str = "first";

/// The two parts of a module, as bytes.
pub(crate) struct Parts {
    pub(crate) first: Vec<u8>,
    pub(crate) rest: Vec<u8>,
}

/// Moves the exports that `is_late` names, and all that only they call, into a part of their own. Functions that are called
/// through the table cannot be seen to be called by late ones only: those of `modules`, by the names of their paths, are taken
/// for late, and it is an error when anything of these modules is left in the first part.
pub(crate) fn split(wasm: &[u8], is_late: impl Fn(&str) -> bool, modules: &[&str]) -> Outcome<Parts> {
    let (mut first, mut rest) = (parse(wasm)?, parse(wasm)?);
    // What only the rest imports from JavaScript stays an import of the first part, which hands it on.
    let imported = |function: &&Function| matches!(function.kind, FunctionKind::Import(_));
    let imported: Vec<_> = first.funcs.iter().filter(imported).map(Function::id).collect();
    let held: Vec<_> = imported.into_iter().map(|id| first.exports.add("", id)).collect();

    let of_late_module = |function: &Function| {
        let name = function.name.as_deref().unwrap_or_default();
        modules.iter().any(|module| name.trim_start_matches('<').starts_with(module))
    };
    let late = first.funcs.iter().filter(|function| {
        // The shim through which a closure would be called once stands in the closure's table, under a name of its own.
        let is_shim = function.name.as_deref().is_some_and(|name| name.contains("{{vtable.shim}}"));
        of_late_module(function) || is_shim && called(function).any(|id| of_late_module(first.funcs.get(id)))
    });
    let late: BTreeSet<FunctionId> = late.map(Function::id).collect();
    let mut slots = take_from_table(&mut first, &late)?;
    slots.extend(take_exports(&mut first, is_late)?);
    passes::gc::run(&mut first);
    if let Some(left) = first.funcs.iter().find(|function| of_late_module(function)) {
        let name = left.name.as_deref().unwrap_or_default();
        return Err(format!("what the first view calls needs {name}, which is to be loaded later"));
    }

    only_late(&mut rest, &first, &slots)?;
    held.into_iter().for_each(|id| first.exports.delete(id));
    for import in rest.imports.iter() {
        let item = counterpart(&first, &import.kind).ok_or_else(|| format!("the first part lacks {}", import.name))?;
        first.exports.add(&import.name, item);
    }
    passes::gc::run(&mut first);
    Ok(Parts { first: first.emit_wasm(), rest: rest.emit_wasm() })
}

/// What stands in slots of the table, by the numbers of the functions.
type Slots = Vec<(i32, usize)>;

fn parse(wasm: &[u8]) -> Outcome<Module> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    config.parse(wasm).map_err(|error| format!("the module cannot be read: {error:#}"))
}

/// The table that calls go through.
fn table_of_functions(module: &Module) -> Outcome<TableId> {
    let table = module.tables.iter().find(|table| !table.elem_segments.is_empty());
    table.map(Table::id).ok_or_else(|| "the module has no table of functions".to_owned())
}

/// The functions that a function calls by their names.
fn called(function: &Function) -> impl Iterator<Item = FunctionId> {
    #[derive(Default)]
    struct Calls(Vec<FunctionId>);
    impl Visitor<'_> for Calls {
        fn visit_function_id(&mut self, function: &FunctionId) {
            self.0.push(*function);
        }
    }
    let mut calls = Calls::default();
    if let FunctionKind::Local(local) = &function.kind {
        dfs_in_order(&mut calls, local, local.entry_block());
    }
    calls.0.into_iter()
}

/// Takes late functions out of the table; a call of one of their slots traps until the rest fills it.
fn take_from_table(first: &mut Module, late: &BTreeSet<FunctionId>) -> Outcome<Slots> {
    let mut body = FunctionBuilder::new(&mut first.types, &[], &[]);
    body.func_body().unreachable();
    let hole = body.finish(Vec::new(), &mut first.funcs);
    let mut slots = Vec::new();
    for element in first.elements.iter_mut() {
        let (ElementKind::Active { offset: ConstExpr::Value(Value::I32(offset)), .. }, ElementItems::Functions(items)) =
            (&element.kind, &mut element.items)
        else {
            return Err("the table is filled in a way that cannot be split".to_owned());
        };
        for (slot, item) in (*offset..).zip(items) {
            if late.contains(item) {
                slots.push((slot, item.index()));
                *item = hole;
            }
        }
    }
    Ok(slots)
}

/// Puts calls through new slots of the table in the place of late exports.
fn take_exports(first: &mut Module, is_late: impl Fn(&str) -> bool) -> Outcome<Slots> {
    let id = table_of_functions(first)?;
    let late = first.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(function) if is_late(&export.name) => Some((export.id(), function)),
        _ => None,
    });
    let late: Vec<_> = late.collect();
    let table = first.tables.get_mut(id);
    let slot = i32::try_from(table.initial).map_err(|error| error.to_string())?;
    table.initial += late.len() as u64;
    table.maximum = table.maximum.map(|most| most.max(table.initial));
    let mut slots = Vec::new();
    for (slot, (export, function)) in (slot..).zip(late) {
        slots.push((slot, function.index()));
        first.exports.get_mut(export).item = ExportItem::Function(stub(first, function, id, slot));
    }
    Ok(slots)
}

/// A function that hands its arguments on to whatever stands in a slot of the table.
fn stub(module: &mut Module, function: FunctionId, table: TableId, slot: i32) -> FunctionId {
    let ty = module.funcs.get(function).ty();
    let (params, results) = module.types.params_results(ty);
    let (params, results) = (params.to_vec(), results.to_vec());
    let arguments: Vec<_> = params.iter().map(|&param| module.locals.add(param)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    for &argument in &arguments {
        body.local_get(argument);
    }
    body.i32_const(slot).call_indirect(ty, table);
    builder.finish(arguments, &mut module.funcs)
}

/// Leaves in `rest` what `first` has not, and lets it fill its slots of the table. All else becomes imports, named by kind
/// and number: both were read from the same bytes, so what is the same has the same number.
fn only_late(rest: &mut Module, first: &Module, slots: &[(i32, usize)]) -> Outcome {
    let table = table_of_functions(rest)?;
    let kept: BTreeSet<usize> = first.funcs.iter().map(|function| function.id().index()).collect();
    let functions: Vec<_> = rest.funcs.iter().map(Function::id).collect();

    rest.start = None;
    for id in rest.exports.iter().map(Export::id).collect::<Vec<_>>() {
        rest.exports.delete(id);
    }
    for id in rest.imports.iter().map(Import::id).collect::<Vec<_>>() {
        rest.imports.delete(id);
    }
    for id in rest.data.iter().map(Data::id).collect::<Vec<_>>() {
        rest.data.delete(id);
    }
    for id in rest.elements.iter().map(Element::id).collect::<Vec<_>>() {
        rest.elements.delete(id);
    }
    for &id in functions.iter().filter(|id| kept.contains(&id.index())) {
        let import = rest.imports.add(FIRST, &format!("f{}", id.index()), id);
        let function = rest.funcs.get_mut(id);
        function.kind = FunctionKind::Import(ImportedFunction { import, ty: function.ty() });
    }
    for id in rest.globals.iter().map(Global::id).collect::<Vec<_>>() {
        let import = rest.imports.add(FIRST, &format!("g{}", id.index()), id);
        rest.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    for id in rest.memories.iter().map(Memory::id).collect::<Vec<_>>() {
        let import = rest.imports.add(FIRST, &format!("m{}", id.index()), id);
        let memory = rest.memories.get_mut(id);
        memory.import = Some(import);
        memory.data_segments.clear();
    }
    for id in rest.tables.iter().map(Table::id).collect::<Vec<_>>() {
        let import = rest.imports.add(FIRST, &format!("t{}", id.index()), id);
        let table = rest.tables.get_mut(id);
        table.import = Some(import);
        table.elem_segments.clear();
    }
    for run in slots.chunk_by(|(slot, _), (next, _)| slot + 1 == *next) {
        let kind = ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(run[0].0)) };
        let items = run.iter().map(|&(_, number)| functions[number]).collect();
        let element = rest.elements.add(kind, ElementItems::Functions(items));
        rest.tables.get_mut(table).elem_segments.insert(element);
    }
    let size = first.tables.get(table_of_functions(first)?);
    let table = rest.tables.get_mut(table);
    (table.initial, table.maximum) = (size.initial, size.maximum);
    passes::gc::run(rest);
    Ok(())
}

/// What an import of the rest is in the first part.
fn counterpart(first: &Module, import: &ImportKind) -> Option<ExportItem> {
    match import {
        ImportKind::Function(id) => {
            first.funcs.iter().map(Function::id).find(|own| own.index() == id.index()).map(ExportItem::Function)
        }
        ImportKind::Table(id) => {
            first.tables.iter().map(Table::id).find(|own| own.index() == id.index()).map(ExportItem::Table)
        }
        ImportKind::Memory(id) => {
            first.memories.iter().map(Memory::id).find(|own| own.index() == id.index()).map(ExportItem::Memory)
        }
        ImportKind::Global(id) => {
            first.globals.iter().map(Global::id).find(|own| own.index() == id.index()).map(ExportItem::Global)
        }
        ImportKind::Tag(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::{ElementItems, RefType, ValType};

    /// A function that adds a number to what it is given, and calls another one with that.
    fn function(module: &mut Module, name: &str, number: i32, then: Option<FunctionId>) -> FunctionId {
        let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
        let argument = module.locals.add(ValType::I32);
        builder.name(name.to_owned());
        let mut body = builder.func_body();
        body.local_get(argument).i32_const(number).binop(walrus::ir::BinaryOp::I32Add);
        if let Some(then) = then {
            body.call(then);
        }
        builder.finish(vec![argument], &mut module.funcs)
    }

    /// `early` and `late` are exported; both call `shared`, `late` also `own`; the table holds `tabled`.
    fn module() -> Vec<u8> {
        let mut module = Module::default();
        let shared = function(&mut module, "shared", 1, None);
        let own = function(&mut module, "own", 2, Some(shared));
        let early = function(&mut module, "early", 3, Some(shared));
        let late = function(&mut module, "late", 4, Some(own));
        let tabled = function(&mut module, "lanes::tabled", 5, None);
        module.exports.add("early", early);
        module.exports.add("late", late);
        let table = module.tables.add_local(false, 2, Some(2), RefType::FUNCREF);
        let kind = ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(1)) };
        let element = module.elements.add(kind, ElementItems::Functions(vec![tabled]));
        module.tables.get_mut(table).elem_segments.insert(element);
        module.exports.add("table", table);
        module.emit_wasm()
    }

    fn local_functions(wasm: &[u8]) -> usize {
        Module::from_buffer(wasm).unwrap().funcs.iter_local().count()
    }

    #[test]
    fn what_only_late_exports_call_moves_and_the_table_keeps_a_slot_for_it() {
        let Parts { first, rest } = split(&module(), |export| export == "late", &[]).unwrap();
        // early, shared, tabled, the call through the table, and own, late.
        assert_eq!((local_functions(&first), local_functions(&rest)), (4, 2));
        let (first, rest) = (Module::from_buffer(&first).unwrap(), Module::from_buffer(&rest).unwrap());
        assert!(first.exports.get_func("late").is_ok() && first.exports.get_func("early").is_ok());
        assert_eq!(first.tables.iter().next().unwrap().initial, 3);
        for import in rest.imports.iter() {
            assert!(first.exports.iter().any(|export| export.name == import.name), "{}", import.name);
        }
        assert_eq!(rest.imports.iter().count(), 2, "the shared function and the table");
    }

    #[test]
    fn functions_of_late_modules_leave_the_table_and_must_not_be_called_early() {
        let parts = split(&module(), |export| export == "late", &["lanes::"]).unwrap();
        // The first part has a hole in place of the function.
        assert_eq!((local_functions(&parts.first), local_functions(&parts.rest)), (4, 3));
        let error = split(&module(), |export| export == "late", &["shared"]).err().unwrap();
        assert_eq!(error, "what the first view calls needs shared, which is to be loaded later");
    }
}
