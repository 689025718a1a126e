// Makes a function of its own out of a part of a list of instructions.
//
// The part begins and ends with an empty operand stack. Variables that it reads become parameters. Those that it
// writes and that are read later come back in globals which nothing else uses: they are written last and read
// first thing, so that neither recursion nor an exception can come between. A part that may leave by several ways
// returns the number of the way, by which the caller branches on.
import { Op, bodies, effect, endsFlow, isLocal, isStructured, make, encode, targets } from "./code.mjs";
import { analyseList } from "./liveness.mjs";
import { weightOfFunction } from "./weight.mjs";

/** Where values travel back: one global for each type and place. */
export class Carriers {
  constructor(module) {
    this.module = module;
    this.byType = {};
  }

  /** A different one for each variable, by their types. */
  forTypes(types) {
    const used = {};
    return types.map((type) => this.#carrier(type, (used[type] = (used[type] ?? -1) + 1)));
  }

  #carrier(type, place) {
    const all = (this.byType[type] ??= []);
    while (all.length <= place) all.push(this.module.addGlobal(type));
    return all[place];
  }
}

/** Where in a list the operand stack is empty, as indices from 0 to its length. */
export function cuts(list) {
  const places = [0];
  let height = 0;
  list.forEach((node, i) => {
    const [takes, leaves] = effect(node);
    height += leaves - takes;
    if (height === 0 || endsFlow(node)) places.push(i + 1);
  });
  return places;
}

/** Outlines `list[from]` to `list[to - 1]` of the function `fn`; gives the new function's weight. */
export function outline(module, carriers, fn, list, from, to) {
  const part = list.slice(from, to);
  const after = to < list.length ? list[to].live : list.liveEnd;
  const shape = interfaceOf(fn, part, after);
  const call = addFunction(module, carriers, fn, part, shape);
  const stub = stubFor(shape, call);
  list.splice(from, to - from, ...stub);
  analyseList(stub, after);
  return call.weight;
}

function interfaceOf(fn, part, after) {
  const falls = !endsFlow(part.at(-1));
  const { read, written, exits } = survey(part);
  const isLive = (i) => (falls && after.has(i)) || exits.some((label) => label.liveAt.has(i));
  const outs = [...written].filter(isLive);
  const before = part[0].live;
  const params = [...new Set([...read, ...written])].filter((i) => before.has(i)).sort((a, b) => a - b);
  return { falls, exits, outs, params, ways: exits.length + (falls ? 1 : 0) };
}

function survey(part) {
  const found = { read: new Set(), written: new Set(), exits: [] };
  const inside = new Set();
  const leaves = new Set();
  visit(part, (node) => {
    if (isStructured(node)) inside.add(node);
    if (isLocal(node)) (node.op === Op.LOCAL_GET ? found.read : found.written).add(node.index);
    targets(node).forEach((label) => leaves.add(label));
  });
  found.exits = [...leaves].filter((label) => !inside.has(label));
  return found;
}

export function visit(list, action) {
  for (const node of list) {
    action(node);
    if (isStructured(node)) bodies(node).forEach((body) => visit(body, action));
  }
}

function block(body, result) {
  return { op: Op.BLOCK, body, result };
}

/** The type of the value that a branch to this label carries, if any. */
function carried(label) {
  return label.op === Op.LOOP ? undefined : label.result;
}

function addFunction(module, carriers, fn, part, shape) {
  const type = (i) => fn.locals[i];
  const valued = shape.exits.filter((label) => carried(label) !== undefined);
  const globals = carriers.forTypes([...shape.outs.map(type), ...valued.map(carried)]);
  const outGlobals = globals.slice(0, shape.outs.length);
  const valueGlobals = new Map(valued.map((label, i) => [label, globals[shape.outs.length + i]]));
  const direct = shape.ways === 1 && shape.outs.length > 0;
  const result = shape.ways > 1 ? "i32" : direct ? type(shape.outs[0]) : undefined;
  const returned = { outGlobals, valueGlobals, direct, result };
  const made = assembled(fn, part, shape, returned);
  const index = module.addFunction(made.type.params, made.type.results, encode(made));
  return { index, weight: weightOfFunction(made), ...returned };
}

function assembled(fn, part, shape, returned) {
  const { indices, locals } = renumbered(fn, part, shape);
  const root = { op: Op.BLOCK, result: returned.result, isFunction: true };
  const handOver = shape.outs.flatMap((i, n) =>
    returned.direct && n === 0 ? [] : [make.get(indices.get(i)), make.setGlobal(returned.outGlobals[n])],
  );
  const last = returned.direct ? [make.get(indices.get(shape.outs[0]))] : [];
  root.body = [...leaving(part, shape, returned), ...handOver, ...last];
  if (shape.ways === 0) root.body = part;
  const type = { params: shape.params.map((i) => fn.locals[i]), results: root.result === undefined ? [] : [root.result] };
  return { type, locals, root };
}

function renumbered(fn, part, shape) {
  const indices = new Map(shape.params.map((old, i) => [old, i]));
  const locals = shape.params.map((i) => fn.locals[i]);
  visit(part, (node) => {
    if (!isLocal(node)) return;
    if (!indices.has(node.index)) indices.set(node.index, locals.push(fn.locals[node.index]) - 1);
    node.index = indices.get(node.index);
  });
  return { indices, locals };
}

/** The part, inside one block for each way out; at their ends the number of the way. */
function leaving(part, shape, { valueGlobals }) {
  const several = shape.ways > 1;
  const done = block([], several ? "i32" : undefined);
  let body = part;
  if (shape.falls && several) body = [...part, make.number(0), make.branch(done)];
  shape.exits.forEach((label, i) => {
    const exit = block(body, carried(label));
    retarget(part, label, exit);
    const value = valueGlobals.has(label) ? [make.setGlobal(valueGlobals.get(label))] : [];
    const number = several ? [make.number(i + (shape.falls ? 1 : 0)), make.branch(done)] : [];
    body = [exit, ...value, ...number];
  });
  done.body = body;
  return [done];
}

/** Branches to `old` go to `label` instead. */
export function retarget(list, old, label) {
  visit(list, (node) => {
    if (node.label === old) node.label = label;
    if (node.labels?.includes(old)) node.labels = node.labels.map((each) => (each === old ? label : each));
  });
}

/** What stands in the part's place: the call, and what follows from it. */
function stubFor(shape, { index, outGlobals, valueGlobals, direct, result }) {
  const takeOver = shape.outs.flatMap((i, n) =>
    direct && n === 0 ? [make.set(i)] : [make.getGlobal(outGlobals[n]), make.set(i)],
  );
  const call = [
    ...shape.params.map(make.get),
    make.call(index, shape.params.length, result === undefined ? 0 : 1),
    ...takeOver,
  ];
  const labelled = shape.ways > 2 || valueGlobals.size > 0 || (shape.ways === 2 && !shape.falls);
  return shape.ways > 1 && labelled ? dispatch(shape, valueGlobals, call) : [...call, ...goingOn(shape, valueGlobals)];
}

function goingOn({ ways, falls, exits }, valueGlobals) {
  if (ways === 0) return [make.unreachable()];
  if (falls) return exits.map(make.branchIf);
  return branchWithValue(exits[0], valueGlobals);
}

function branchWithValue(label, valueGlobals) {
  return [...(valueGlobals.has(label) ? [make.getGlobal(valueGlobals.get(label))] : []), make.branch(label)];
}

function dispatch({ falls, exits }, valueGlobals, call) {
  const next = block([]);
  const landings = new Map([...valueGlobals.keys()].map((label) => [label, block([])]));
  const ways = exits.map((label) => landings.get(label) ?? label);
  let body = [...call, make.branchTable(falls ? [next, ...ways] : ways)];
  for (const [label, landing] of landings) {
    landing.body = body;
    body = [landing, ...branchWithValue(label, valueGlobals)];
  }
  next.body = body;
  return falls ? [next] : [next, make.unreachable()];
}
