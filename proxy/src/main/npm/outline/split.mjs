// Splits the functions of a WebAssembly module that the JVM would not compile into smaller ones.
//
// A method of more than 64 KB is no method, and one of more than 8000 bytes HotSpot leaves to its interpreter
// (-XX:-DontCompileHugeMethods). Usage: split.mjs MODULE TARGET
import { readFileSync, writeFileSync } from "node:fs";
import { bodies, decode, encode, isStructured } from "./code.mjs";
import { analyse } from "./liveness.mjs";
import { Module } from "./module.mjs";
import { Carriers, cuts, outline } from "./segment.mjs";
import { armsOf, flatten, switchAt } from "./switches.mjs";
import { weight, weightOf, weightOfFunction } from "./weight.mjs";

/** What a function may weigh. */
export const LIMIT = 7500;
// What a part of one may weigh: around it come its variables and its ways out.
const SHARE = 0.8;
// A part lighter than its call is not worth one.
const LEAST = 60;

/** Splits every function that weighs more than `limit`; gives the new module's bytes. */
export function split(bytes, limit = LIMIT) {
  const module = new Module(bytes);
  const carriers = new Carriers(module);
  module.bodies.forEach((body, i) => {
    const index = module.importedFunctions + i;
    const fn = decode(module, module.typeOf(index), body);
    if (weightOfFunction(fn) <= limit) return;
    new Splitter(module, carriers, fn, limit).split();
    module.bodies[i] = encode(fn);
  });
  return module.toBytes();
}

class Splitter {
  constructor(module, carriers, fn, limit) {
    Object.assign(this, { module, carriers, fn, limit, budget: limit * SHARE });
  }

  split() {
    analyse(this.fn);
    this.#shrink(this.fn.root.body, this.budget);
    const left = weightOfFunction(this.fn);
    if (left > this.limit) throw new Error(`a function cannot be made smaller than ${left}`);
  }

  /** Outlines parts of a list until it weighs no more than `budget`. */
  #shrink(list, budget) {
    if (weight(list) <= budget) return;
    list.filter(isStructured).forEach((node) => this.#shrinkInside(node));
    for (let left = weight(list), before = Infinity; left > budget; [before, left] = [left, weight(list)]) {
      if (left >= before) throw new Error(`a list cannot be made lighter than ${left}`);
      const [from, to] = this.#heaviestPart(list);
      this.#outline(list, from, to);
    }
  }

  #outline(list, from, to) {
    const part = outline(this.module, this.carriers, this.fn, list, from, to);
    if (part > this.limit) throw new Error(`a part cannot be made lighter than ${part}`);
  }

  #shrinkInside(node) {
    if (weightOf(node) <= this.budget) return;
    const blocks = switchAt(node);
    if (blocks.length > 0) this.#flatten(blocks);
    bodies(node).forEach((body) => this.#shrink(body, this.budget));
  }

  #flatten(blocks) {
    const arms = armsOf(blocks);
    analyse(this.fn);
    arms.forEach((arm) => this.#shrink(arm, this.budget / 2));
    const parts = flatten(this.fn, blocks, arms, this.budget);
    analyse(this.fn);
    parts.forEach(({ list, at }) => this.#outline(list, at, at + 1));
  }

  /** The heaviest part that fits into a function and begins and ends with nothing on the operand stack. */
  #heaviestPart(list) {
    const places = cuts(list);
    const weights = list.map(weightOf);
    let best = { weight: LEAST };
    for (let i = 0, j = 0, sum = 0; i < places.length - 1; i++) {
      const step = (k) => weights.slice(places[k], places[k + 1]).reduce((a, b) => a + b, 0);
      if (j < i) [j, sum] = [i, 0];
      while (j < places.length - 1 && sum + step(j) <= this.budget) sum += step(j++);
      if (sum > best.weight) best = { weight: sum, from: places[i], to: places[j] };
      if (j > i) sum -= step(i);
    }
    if (best.from === undefined) throw new Error(`no part of ${weight(list)} can be outlined`);
    return [best.from, best.to];
  }
}

if (process.argv[1] === import.meta.filename) {
  const [source, target] = process.argv.slice(2);
  writeFileSync(target, split(readFileSync(source)));
}
