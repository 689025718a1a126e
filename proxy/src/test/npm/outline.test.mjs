// Splitting changes how large functions are and nothing that they do.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "../../main/npm/outline/code.mjs";
import { Module } from "../../main/npm/outline/module.mjs";
import { split } from "../../main/npm/outline/split.mjs";
import { weightOfFunction } from "../../main/npm/outline/weight.mjs";
import { random, randomModule } from "./random-module.mjs";

const MODULES = Number(process.env.OUTLINE_MODULES ?? 30);
const FIRST_SEED = Number(process.env.OUTLINE_SEED ?? 1);
// With four functions of a few thousand each; where a function has no parts that small, the next.
const LIMITS = [2500, 4000, 8000];
const FUEL = 400;

/** Calls every function some times; what came of it, up to the last byte of memory. */
function run(bytes, types, seed) {
  const next = random(seed);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const outcomes = types.flatMap((type, i) => Array.from({ length: 8 }, () => outcome(exports, i, type, next)));
  return { outcomes, memory: Buffer.from(exports.memory.buffer).subarray(0, 2048).toString("hex"), result: exports.result.value };
}

function outcome(exports, i, { params }, next) {
  exports.fuel.value = FUEL;
  const args = params.map((type) => (type === "i64" ? BigInt(next(100)) : next(100)));
  try {
    return `${exports[`f${i}`](...args)}, ${exports.fuel.value} left`;
  } catch (trap) {
    if (!(trap instanceof WebAssembly.RuntimeError)) throw trap;
    return `${trap.message}, ${exports.fuel.value} left`;
  }
}

function splitInto(bytes) {
  for (const limit of LIMITS) {
    try {
      return { parts: split(bytes, limit), limit };
    } catch (tooLarge) {
      if (!/cannot be made|can be outlined/.test(tooLarge.message)) throw tooLarge;
    }
  }
  throw new Error("no limit was wide enough");
}

function weights(bytes) {
  const module = new Module(bytes);
  return module.bodies.map((body, i) => weightOfFunction(decode(module, module.typeOf(module.importedFunctions + i), body)));
}

test("a module does the same after its functions were split, and none is too large", () => {
  let functions = 0;
  let traps = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + MODULES; seed++) {
    const { types, bytes } = randomModule(seed, 300);
    const { parts, limit } = splitInto(bytes);
    const expected = run(bytes, types, seed);
    assert.deepEqual(run(parts, types, seed), expected, `seed ${seed}`);
    assert.ok(Math.max(...weights(parts)) <= limit, `seed ${seed}`);
    functions += weights(parts).length - types.length;
    traps += expected.outcomes.filter((each) => /unreachable|divide/.test(each)).length;
  }
  assert.ok(functions > MODULES, "little was split");
  assert.ok(traps > 0 && traps < MODULES * 32, "all runs trapped, or none");
});
