// Modules with random functions, for comparing what they do before and after they are split.
import { concatenated, sized, unsigned, vector } from "../../main/npm/outline/binary.mjs";
import { Op, encode, make } from "../../main/npm/outline/code.mjs";
import { typeCode } from "../../main/npm/outline/module.mjs";

export const TYPES = ["i32", "i64", "f32", "f64"];
const FUNCTIONS = 4;
const LOCALS = 9;
const MOST_ARMS = 60;
const FUEL = 0;
const RESULT = 1;
const VALUES = new Uint8Array([0, 1, 2, 7, 31, 63, 65, 127]);

// Per type: constant, zero test or comparison that gives i32, binary operations, load and store with their alignment.
const INSTRUCTIONS = {
  i32: { constant: 0x41, equal: 0x46, binary: [0x6a, 0x6b, 0x6c, 0x71, 0x73, 0x74, 0x6d], load: 0x28, store: 0x36 },
  i64: { constant: 0x42, equal: 0x51, binary: [0x7c, 0x7d, 0x7e, 0x83, 0x85], load: 0x29, store: 0x37 },
  f32: { constant: 0x43, equal: 0x5b, binary: [0x92, 0x93], load: 0x2a, store: 0x38 },
  f64: { constant: 0x44, equal: 0x61, binary: [0xa0, 0xa1], load: 0x2b, store: 0x39 },
};

/** Numbers that depend on a seed alone (xorshift). */
export function random(seed) {
  let state = seed * 2654435761 + 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

/** The bytes of a module whose functions `f0` and so on take and give what `types` says. */
export function randomModule(seed, statements) {
  const next = random(seed);
  const types = Array.from({ length: FUNCTIONS }, () => ({
    params: Array.from({ length: next(4) }, () => pick(next, TYPES)),
    results: next(3) === 0 ? [] : [pick(next, TYPES)],
  }));
  const bodies = types.map((type, i) => new Generator(next, types, i, statements).body(type));
  return { types, bytes: assemble(types, bodies) };
}

function pick(next, values) {
  return values[next(values.length)];
}

function assemble(types, bodies) {
  const codes = (list) => vector(list.map((type) => [typeCode(type)]));
  const name = (text) => sized(new TextEncoder().encode(text));
  const global = (type) => [typeCode(type), 1, INSTRUCTIONS[type].constant, ...zero(type), Op.END];
  const exported = types.map((_, i) => concatenated([name(`f${i}`), [0, i]]));
  const section = (id, bytes) => concatenated([[id], sized(bytes)]);
  return concatenated([
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, vector(types.map(({ params, results }) => concatenated([[0x60], codes(params), codes(results)])))),
    section(3, vector(types.map((_, i) => unsigned(i)))),
    section(4, [1, 0x70, 0, FUNCTIONS]),
    section(5, [1, 0, 1]),
    section(6, vector([global("i32"), global("i64")])),
    section(7, vector([...exported, concatenated([name("memory"), [2, 0]]), concatenated([name("fuel"), [3, FUEL]]), concatenated([name("result"), [3, RESULT]])])),
    section(9, [1, 0, 0x41, 0, Op.END, ...vector(types.map((_, i) => unsigned(i)))]),
    section(10, vector(bodies.map(sized))),
  ]);
}

function zero(type) {
  return { i32: [0], i64: [0], f32: [0, 0, 0, 0], f64: [0, 0, 0, 0, 0, 0, 0, 0] }[type];
}

class Generator {
  constructor(next, types, self, statements) {
    Object.assign(this, { next, types, self, left: statements });
  }

  body(type) {
    this.locals = [...type.params, ...Array.from({ length: LOCALS }, () => pick(this.next, TYPES)), "i32"];
    const root = { op: Op.BLOCK, result: type.results[0] };
    this.root = root;
    root.body = [...this.burn(), ...this.statements([root], 0)];
    while (this.left > 0) root.body.push(...this.statements([root], 0));
    if (root.result !== undefined) root.body.push(...this.expression(root.result, 2));
    return encode({ type, locals: this.locals, root });
  }

  /** Ends the run by a trap when too much was done. */
  burn() {
    const enough = { op: Op.BLOCK };
    const fuel = make.getGlobal(FUEL);
    const less = [fuel, make.number(1), { bytes: [0x6b] }, make.setGlobal(FUEL)];
    enough.body = [fuel, make.branchIf(enough), make.unreachable()];
    return [enough, ...less];
  }

  statements(labels, depth) {
    const list = [];
    for (let n = 1 + this.next(7); n > 0 && this.left > 0; n--) {
      this.left--;
      list.push(...this.statement(labels, depth));
    }
    return list;
  }

  statement(labels, depth) {
    const choice = this.next(depth > 6 ? 6 : 12);
    switch (choice) {
      case 0:
      case 1:
      case 2:
        return this.assignment();
      case 3:
        return this.store();
      case 4:
        return this.leave(labels);
      case 5:
        return this.call();
      case 6:
        return [this.structure(Op.BLOCK, labels, depth)];
      case 7:
        return [this.loop(labels, depth)];
      case 8:
        return [...this.expression("i32", 2), this.branches(labels, depth)];
      case 9:
        return this.valued(labels, depth);
      default:
        return depth > 3 ? this.assignment() : [this.choice(labels, depth)];
    }
  }

  local(type) {
    const fitting = this.locals.flatMap((each, i) => (each === type ? [i] : []));
    return fitting.length === 0 ? undefined : pick(this.next, fitting);
  }

  assignment() {
    const index = this.next(this.locals.length);
    return [...this.expression(this.locals[index], 3), make.set(index)];
  }

  address() {
    return [...this.expression("i32", 1), make.number(1016), { bytes: [0x71] }];
  }

  store() {
    const type = pick(this.next, TYPES);
    return [...this.address(), ...this.expression(type, 2), { bytes: [INSTRUCTIONS[type].store, 0, 0] }];
  }

  /** A branch out, with a value if the label wants one, and perhaps only on a condition. */
  leave(labels) {
    const label = pick(this.next, labels);
    const skip = { op: Op.BLOCK };
    const value = label.op === Op.LOOP || label.result === undefined ? [] : this.expression(label.result, 2);
    const away = this.next(20) === 0 ? [make.unreachable()] : [...value, make.branch(label)];
    skip.body = [...this.expression("i32", 2), make.branchIf(skip), ...away];
    return [skip];
  }

  call() {
    const callee = this.next(this.types.length);
    const { params, results } = this.types[callee];
    const args = params.flatMap((type) => this.expression(type, 1));
    const indirect = [make.number(callee), { bytes: [Op.CALL_INDIRECT, ...unsigned(callee), 0] }];
    const call = this.next(3) === 0 ? indirect : [{ bytes: [Op.CALL, ...unsigned(callee)] }];
    const index = results.length === 0 ? undefined : this.local(results[0]);
    const rest = results.length === 0 ? [] : index === undefined ? [{ bytes: [0x1a] }] : [make.set(index)];
    return [...args, ...call, ...rest];
  }

  structure(op, labels, depth) {
    const node = { op };
    node.body = this.statements([...labels, node], depth + 1);
    return node;
  }

  loop(labels, depth) {
    const node = { op: Op.LOOP };
    const inside = this.statements([...labels, node], depth + 1);
    node.body = [...this.burn(), ...inside, ...this.expression("i32", 2), make.branchIf(node)];
    return node;
  }

  branches(labels, depth) {
    const node = this.structure(Op.IF, labels, depth);
    if (this.next(2) === 0) node.otherwise = this.statements([...labels, node], depth + 1);
    return node;
  }

  valued(labels, depth) {
    const index = this.next(this.locals.length);
    const node = { op: Op.BLOCK, result: this.locals[index] };
    node.body = [...this.statements([...labels, node], depth + 1), ...this.expression(node.result, 2)];
    return [node, make.set(index)];
  }

  /** A switch as compilers write it. */
  choice(labels, depth) {
    const blocks = Array.from({ length: 3 + this.next(MOST_ARMS) }, () => ({ op: Op.BLOCK }));
    const around = [...labels, ...blocks.toReversed()];
    const table = Array.from({ length: 1 + this.next(2 * blocks.length) }, () => pick(this.next, blocks));
    const others = around.filter((label) => label.op === Op.LOOP || label.result === undefined);
    table[this.next(table.length)] = pick(this.next, others);
    let body = [...this.statements(around, depth + 2), ...this.expression("i32", 2), make.branchTable(table)];
    blocks.forEach((block, i) => {
      block.body = body;
      const outside = around.slice(0, around.length - 1 - i);
      const away = this.next(2) === 0 ? [make.branch(pick(this.next, blocks.slice(i + 1).concat(blocks.at(-1))))] : [];
      const arm = this.statements(outside, depth + 2);
      body = [block, ...arm, ...(i === blocks.length - 1 ? [] : away)];
    });
    return { op: Op.BLOCK, body };
  }

  expression(type, depth) {
    const { constant, equal, binary, load } = INSTRUCTIONS[type];
    const index = this.local(type);
    switch (this.next(depth === 0 ? 3 : 8)) {
      case 0:
        return [{ bytes: [constant, ...this.value(type)] }];
      case 1:
      case 2:
        return index === undefined ? [{ bytes: [constant, ...zero(type)] }] : [make.get(index)];
      case 3:
        return [...this.address(), { bytes: [load, 0, 0] }];
      case 4:
        return index === undefined ? this.expression(type, 0) : [...this.expression(type, depth - 1), { op: Op.LOCAL_TEE, index }];
      case 5: {
        if (type !== "i32") return this.expression(type, depth - 1);
        const compared = pick(this.next, TYPES);
        const sides = [...this.expression(compared, depth - 1), ...this.expression(compared, depth - 1)];
        return [...sides, { bytes: [INSTRUCTIONS[compared].equal] }];
      }
      default:
        return [
          ...this.expression(type, depth - 1),
          ...this.expression(type, depth - 1),
          { bytes: [pick(this.next, binary)] },
        ];
    }
  }

  value(type) {
    const small = pick(this.next, VALUES) & 0x3f;
    return { i32: [small], i64: [small], f32: [0, 0, 0x80 & -this.next(2), 0x3f], f64: [0, 0, 0, 0, 0, 0, 0xf0, 0x3f] }[type];
  }
}
