// A module as its sections: those that outlining adds to are taken apart, all others stay bytes.
import { Reader, concatenated, sized, unsigned, vector } from "./binary.mjs";

const HEADER = 8;
const Section = { TYPE: 1, IMPORT: 2, FUNCTION: 3, GLOBAL: 6, CODE: 10 };
const Imported = { FUNCTION: 0, TABLE: 1, MEMORY: 2, GLOBAL: 3 };
const FUNCTION_TYPE = 0x60;
const MUTABLE = 1;
const END = 0x0b;

// The type's code, and the expression that is its zero.
const TYPES = {
  i32: [0x7f, [0x41, 0]],
  i64: [0x7e, [0x42, 0]],
  f32: [0x7d, [0x43, 0, 0, 0, 0]],
  f64: [0x7c, [0x44, 0, 0, 0, 0, 0, 0, 0, 0]],
};
const TYPE_NAMES = new Map(Object.entries(TYPES).map(([name, [code]]) => [code, name]));

/** The code of a value type. */
export function typeCode(name) {
  return TYPES[name][0];
}

/** The value type with that code. */
export function typeName(code) {
  const name = TYPE_NAMES.get(code);
  if (name === undefined) throw new Error(`value type ${code} is not supported`);
  return name;
}

export class Module {
  constructor(bytes) {
    const reader = new Reader(bytes, HEADER);
    this.header = bytes.subarray(0, HEADER);
    this.sections = [];
    while (!reader.atEnd) {
      this.sections.push({ id: reader.byte(), bytes: reader.take(reader.unsigned()) });
    }
    this.types = this.#read(Section.TYPE, functionType);
    this.functions = this.#read(Section.FUNCTION, (section) => section.unsigned());
    this.bodies = this.#read(Section.CODE, (section) => section.take(section.unsigned()));
    this.#readImports();
    this.globals = this.#section(Section.GLOBAL) ? new Reader(this.#section(Section.GLOBAL).bytes).unsigned() : 0;
    this.newGlobals = [];
  }

  #section(id) {
    return this.sections.find((section) => section.id === id);
  }

  #read(id, element) {
    const section = this.#section(id);
    return section === undefined ? [] : new Reader(section.bytes).list(element);
  }

  #readImports() {
    const imports = this.#read(Section.IMPORT, imported);
    const functions = imports.filter(({ kind }) => kind === Imported.FUNCTION);
    this.importedFunctions = functions.length;
    this.importedGlobals = imports.filter(({ kind }) => kind === Imported.GLOBAL).length;
    this.functionTypes = [...functions.map(({ type }) => type), ...this.functions];
  }

  /** The type of a function, by its index among imported and own ones. */
  typeOf(index) {
    return this.types[this.functionTypes[index]];
  }

  /** The index of a function type, which is added if there is none. */
  typeIndex(params, results) {
    const same = (type) => `${type.params}` === `${params}` && `${type.results}` === `${results}`;
    const index = this.types.findIndex(same);
    return index >= 0 ? index : this.types.push({ params, results }) - 1;
  }

  /** Adds a function and gives its index. Indices of others stay. */
  addFunction(params, results, body) {
    const type = this.typeIndex(params, results);
    this.functions.push(type);
    this.bodies.push(body);
    return this.functionTypes.push(type) - 1;
  }

  /** Adds a variable and gives its index. */
  addGlobal(type) {
    const [code, zero] = TYPES[type];
    this.newGlobals.push([code, MUTABLE, ...zero, END]);
    return this.importedGlobals + this.globals + this.newGlobals.length - 1;
  }

  toBytes() {
    const contents = {
      [Section.TYPE]: () => vector(this.types.map(typeBytes)),
      [Section.FUNCTION]: () => vector(this.functions.map(unsigned)),
      [Section.GLOBAL]: () => this.#globalBytes(),
      [Section.CODE]: () => vector(this.bodies.map(sized)),
    };
    const sections = this.#withGlobals().map(({ id, bytes }) => [[id], sized(contents[id]?.() ?? bytes)]);
    return concatenated([this.header, ...sections.flat()]);
  }

  /** Sections stand in the order of their ids, except custom ones and the data count. */
  #withGlobals() {
    if (this.#section(Section.GLOBAL) || this.newGlobals.length === 0) return this.sections;
    const after = this.sections.findIndex(({ id }) => id > Section.GLOBAL);
    return this.sections.toSpliced(after, 0, { id: Section.GLOBAL, bytes: new Uint8Array([0]) });
  }

  #globalBytes() {
    const old = new Reader(this.#section(Section.GLOBAL)?.bytes ?? new Uint8Array([0]));
    const count = old.unsigned();
    return concatenated([
      unsigned(count + this.newGlobals.length),
      old.bytes.subarray(old.at),
      ...this.newGlobals,
    ]);
  }
}

function functionType(reader) {
  if (reader.byte() !== FUNCTION_TYPE) throw new Error("only function types are supported");
  const types = () => reader.list(() => typeName(reader.byte()));
  return { params: types(), results: types() };
}

function typeBytes({ params, results }) {
  const codes = (types) => vector(types.map((type) => [typeCode(type)]));
  return concatenated([[FUNCTION_TYPE], codes(params), codes(results)]);
}

function imported(reader) {
  reader.take(reader.unsigned());
  reader.take(reader.unsigned());
  const kind = reader.byte();
  const type = kind === Imported.FUNCTION ? reader.unsigned() : skipImported(reader, kind);
  return { kind, type };
}

function skipImported(reader, kind) {
  if (kind === Imported.GLOBAL || kind === Imported.TABLE) reader.byte();
  if (kind === Imported.GLOBAL) return reader.byte();
  const limits = reader.byte();
  reader.skipNumber();
  if (limits & 1) reader.skipNumber();
  return undefined;
}
