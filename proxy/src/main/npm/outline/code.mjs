// A function's code as a tree: blocks hold lists of instructions, and branches point at the block that
// they leave (or the loop that they repeat) instead of counting how far out it is.
import { Reader, concatenated, signed, unsigned, vector } from "./binary.mjs";
import { typeCode, typeName } from "./module.mjs";

export const Op = {
  UNREACHABLE: 0x00,
  BLOCK: 0x02,
  LOOP: 0x03,
  IF: 0x04,
  ELSE: 0x05,
  END: 0x0b,
  BR: 0x0c,
  BR_IF: 0x0d,
  BR_TABLE: 0x0e,
  RETURN: 0x0f,
  CALL: 0x10,
  CALL_INDIRECT: 0x11,
  LOCAL_GET: 0x20,
  LOCAL_SET: 0x21,
  LOCAL_TEE: 0x22,
  GLOBAL_GET: 0x23,
  GLOBAL_SET: 0x24,
  I32_CONST: 0x41,
  PREFIX: 0xfc,
};
const NO_RESULT = 0x40;
const UNCONDITIONAL = new Set([Op.UNREACHABLE, Op.BR, Op.BR_TABLE, Op.RETURN]);
const STRUCTURED = new Set([Op.BLOCK, Op.LOOP, Op.IF]);
const LOCALS = new Set([Op.LOCAL_GET, Op.LOCAL_SET, Op.LOCAL_TEE]);

// What instructions take from the operand stack and leave there: [first code, last code, takes, leaves].
const EFFECTS = [
  [0x01, 0x01, 0, 0], // nop
  [0x1a, 0x1a, 1, 0], // drop
  [0x1b, 0x1b, 3, 1], // select
  [0x20, 0x20, 0, 1], // local.get
  [0x21, 0x21, 1, 0], // local.set
  [0x22, 0x22, 1, 1], // local.tee
  [0x23, 0x23, 0, 1], // global.get
  [0x24, 0x24, 1, 0], // global.set
  [0x28, 0x35, 1, 1], // loads
  [0x36, 0x3e, 2, 0], // stores
  [0x3f, 0x3f, 0, 1], // memory.size
  [0x40, 0x40, 1, 1], // memory.grow
  [0x41, 0x44, 0, 1], // constants
  [0x45, 0x45, 1, 1], // i32.eqz
  [0x46, 0x4f, 2, 1], // i32 comparisons
  [0x50, 0x50, 1, 1], // i64.eqz
  [0x51, 0x66, 2, 1], // i64, f32 and f64 comparisons
  [0x67, 0x69, 1, 1], // i32.clz, ctz, popcnt
  [0x6a, 0x78, 2, 1], // i32 arithmetic
  [0x79, 0x7b, 1, 1], // i64.clz, ctz, popcnt
  [0x7c, 0x8a, 2, 1], // i64 arithmetic
  [0x8b, 0x91, 1, 1], // f32.abs to sqrt
  [0x92, 0x98, 2, 1], // f32 arithmetic
  [0x99, 0x9f, 1, 1], // f64.abs to sqrt
  [0xa0, 0xa6, 2, 1], // f64 arithmetic
  [0xa7, 0xc4, 1, 1], // conversions
];
// Those behind the prefix: saturating conversions, memory.copy, memory.fill. [code, immediates, takes, leaves]
const PREFIXED = [
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((code) => [code, 0, 1, 1]),
  [10, 2, 3, 0],
  [11, 1, 3, 0],
];

export function endsFlow(node) {
  return UNCONDITIONAL.has(node.op);
}

export function isStructured(node) {
  return STRUCTURED.has(node.op);
}

export function isLocal(node) {
  return LOCALS.has(node.op);
}

/** The labels that an instruction may branch to. */
export function targets(node) {
  return node.labels ?? (node.label === undefined ? [] : [node.label]);
}

/** The lists of instructions inside one. */
export function bodies(node) {
  return node.otherwise === undefined ? [node.body] : [node.body, node.otherwise];
}

/** Reads the body of a function. Code that is never reached is left out. */
export function decode(module, type, bytes) {
  const reader = new Reader(bytes);
  const locals = [...type.params];
  reader.list(() => {
    const count = reader.unsigned();
    const local = typeName(reader.byte());
    for (let i = 0; i < count; i++) locals.push(local);
  });
  const root = { op: Op.BLOCK, result: type.results[0], isFunction: true };
  if (type.results.length > 1) throw new Error("several results are not supported");
  root.body = new Decoder(module, reader).list([root]).list;
  return { type, locals, root };
}

class Decoder {
  constructor(module, reader) {
    this.module = module;
    this.reader = reader;
  }

  /** The instructions up to END or ELSE; `labels` from the outermost to the innermost. */
  list(labels) {
    const list = [];
    for (let dead = false; ; ) {
      const op = this.reader.byte();
      if (op === Op.END || op === Op.ELSE) return { list, op };
      const node = this.#node(op, labels);
      if (!dead) list.push(node);
      dead ||= endsFlow(node);
    }
  }

  #node(op, labels) {
    if (STRUCTURED.has(op)) return this.#structured(op, labels);
    if (LOCALS.has(op)) return { op, index: this.reader.unsigned() };
    switch (op) {
      case Op.UNREACHABLE:
        return { op };
      case Op.BR:
      case Op.BR_IF:
        return { op, label: this.#label(labels) };
      case Op.BR_TABLE: {
        const listed = this.reader.list(() => this.#label(labels));
        return { op, labels: [...listed, this.#label(labels)] };
      }
      case Op.RETURN:
        return { op: Op.BR, label: labels[0] };
      default:
        return this.#plain(op);
    }
  }

  #label(labels) {
    return labels[labels.length - 1 - this.reader.unsigned()];
  }

  #structured(op, labels) {
    const code = this.reader.byte();
    const node = { op, result: code === NO_RESULT ? undefined : typeName(code) };
    const inside = [...labels, node];
    const first = this.list(inside);
    node.body = first.list;
    if (first.op === Op.ELSE) node.otherwise = this.list(inside).list;
    return node;
  }

  /** An instruction whose bytes stay as they are. */
  #plain(op) {
    const from = this.reader.at - 1;
    const [takes, leaves] = this.#effect(op);
    return { op, bytes: this.reader.bytes.subarray(from, this.reader.at), takes, leaves };
  }

  #effect(op) {
    if (op === Op.CALL) return this.#callEffect(this.module.typeOf(this.reader.unsigned()), 0);
    if (op === Op.CALL_INDIRECT) {
      const type = this.module.types[this.reader.unsigned()];
      this.reader.skipNumber();
      return this.#callEffect(type, 1);
    }
    return op === Op.PREFIX ? this.#prefixed() : this.#numeric(op);
  }

  #callEffect({ params, results }, more) {
    return [params.length + more, results.length];
  }

  #prefixed() {
    const code = this.reader.unsigned();
    const [, immediates, takes, leaves] = required(PREFIXED.find(([known]) => known === code), `0xfc ${code}`);
    for (let i = 0; i < immediates; i++) this.reader.skipNumber();
    return [takes, leaves];
  }

  #numeric(op) {
    const [, , takes, leaves] = required(
      EFFECTS.find(([first, last]) => first <= op && op <= last),
      `0x${op.toString(16)}`,
    );
    const memoryAccess = op >= 0x28 && op <= 0x3e;
    for (let i = 0; i < (memoryAccess ? 2 : 0); i++) this.reader.skipNumber();
    if (op === Op.GLOBAL_GET || op === Op.GLOBAL_SET || (op >= 0x3f && op <= 0x42)) this.reader.skipNumber();
    if (op === 0x43) this.reader.take(4);
    if (op === 0x44) this.reader.take(8);
    return [takes, leaves];
  }
}

function required(found, what) {
  if (found === undefined) throw new Error(`instruction ${what} is not supported`);
  return found;
}

/** How many operands a node takes and leaves; of one that ends the flow only what it takes counts. */
export function effect(node) {
  if (isStructured(node)) return [node.op === Op.IF ? 1 : 0, node.result === undefined ? 0 : 1];
  switch (node.op) {
    case Op.LOCAL_GET:
      return [0, 1];
    case Op.LOCAL_SET:
    case Op.BR_IF:
      return [1, 0];
    case Op.LOCAL_TEE:
      return [1, 1];
    default:
      return [node.takes ?? 0, node.leaves ?? 0];
  }
}

/** The bytes of a function: `locals` are the types of its parameters, then of its own variables. */
export function encode({ type, locals, root }) {
  const own = locals.slice(type.params.length);
  const groups = [];
  own.forEach((local, i) => {
    if (i > 0 && local === own[i - 1]) groups.at(-1).count++;
    else groups.push({ count: 1, local });
  });
  const declared = vector(groups.map(({ count, local }) => [...unsigned(count), typeCode(local)]));
  const parts = [declared];
  encodeList(root.body, [root], parts);
  parts.push([Op.END]);
  return concatenated(parts);
}

function encodeList(list, labels, parts) {
  for (const node of list) encodeNode(node, labels, parts);
}

function encodeNode(node, labels, parts) {
  const depth = (label) => {
    const at = labels.lastIndexOf(label);
    if (at < 0) throw new Error("a branch leaves its function");
    return unsigned(labels.length - 1 - at);
  };
  if (node.bytes !== undefined) parts.push(node.bytes);
  else if (node.op === Op.BR && node.label === labels[0]) parts.push([Op.RETURN]);
  else if (isStructured(node)) encodeStructured(node, labels, parts);
  else if (isLocal(node)) parts.push([node.op, ...unsigned(node.index)]);
  else if (node.op === Op.BR_TABLE) {
    parts.push([node.op], vector(node.labels.slice(0, -1).map(depth)), depth(node.labels.at(-1)));
  } else parts.push([node.op, ...(node.label === undefined ? [] : depth(node.label))]);
}

function encodeStructured(node, labels, parts) {
  const inside = [...labels, node];
  parts.push([node.op, node.result === undefined ? NO_RESULT : typeCode(node.result)]);
  encodeList(node.body, inside, parts);
  if (node.otherwise !== undefined) {
    parts.push([Op.ELSE]);
    encodeList(node.otherwise, inside, parts);
  }
  parts.push([Op.END]);
}

// Instructions that outlining makes.
export const make = {
  get: (index) => ({ op: Op.LOCAL_GET, index }),
  set: (index) => ({ op: Op.LOCAL_SET, index }),
  branch: (label) => ({ op: Op.BR, label }),
  branchIf: (label) => ({ op: Op.BR_IF, label }),
  branchTable: (labels) => ({ op: Op.BR_TABLE, labels }),
  unreachable: () => ({ op: Op.UNREACHABLE }),
  number: (value) => ({ op: Op.I32_CONST, bytes: [Op.I32_CONST, ...signed(value)], takes: 0, leaves: 1 }),
  getGlobal: (index) => ({ op: Op.GLOBAL_GET, bytes: [Op.GLOBAL_GET, ...unsigned(index)], takes: 0, leaves: 1 }),
  setGlobal: (index) => ({ op: Op.GLOBAL_SET, bytes: [Op.GLOBAL_SET, ...unsigned(index)], takes: 1, leaves: 0 }),
  call: (index, takes, leaves) => ({ op: Op.CALL, bytes: [Op.CALL, ...unsigned(index)], takes, leaves }),
};
