// Takes a large switch apart.
//
// Compilers write a switch with n arms as n blocks in each other: the innermost chooses by br_table which of them
// to leave, and behind each stands an arm. Nothing of that can be outlined, since every part could go on at any
// arm further out. So the choice becomes a variable, the arms become groups in a row, and each group is a
// switch of its own that is passed by unless the variable names one of its arms.
import { Op, endsFlow, make, targets } from "./code.mjs";
import { retarget, visit } from "./segment.mjs";
import { weight } from "./weight.mjs";

const FEWEST_ARMS = 8;
const ENTRIES_IN_PIECE = 500;
const I32_SUB = 0x6b;
const I32_GT_U = 0x4b;
const I32_GE_U = 0x4f;
const I32_LT_U = 0x49;
// An arm's own share in what its group needs around it.
const ARM = 16;

const operation = (op) => ({ op, bytes: [op], takes: 2, leaves: 1 });
const block = (body) => ({ op: Op.BLOCK, body });

/** The blocks of a switch, from the innermost to `outermost`, or none if it is not one. */
export function switchAt(outermost) {
  const blocks = [];
  for (let at = outermost; at?.op === Op.BLOCK && at.result === undefined; at = at.body[0]) blocks.unshift(at);
  const innermost = blocks.findIndex((each) => {
    const last = each.body.at(-1);
    return last?.op === Op.BR_TABLE && last.labels.filter((label) => blocks.includes(label)).length >= FEWEST_ARMS;
  });
  return innermost < 0 ? [] : blocks.slice(innermost);
}

/** The lists of instructions behind the blocks, from the innermost outwards; each becomes a block's own. */
export function armsOf(blocks) {
  return blocks.slice(1).map((outer) => {
    const [inner, ...arm] = outer.body;
    outer.body = [inner, block(arm)];
    return arm;
  });
}

/**
 * Writes the switch anew. Gives the lists, with a place in each, that are worth a function of their own.
 *
 * @param blocks of the switch
 * @param arms of the switch, each lighter than `budget`
 */
export function flatten(fn, blocks, arms, budget) {
  const outermost = blocks.at(-1);
  const chosen = fn.locals.push("i32") - 1;
  const index = fn.locals.push("i32") - 1;
  const number = new Map(blocks.slice(0, -1).map((label, i) => [label, i]));
  const parts = [];
  const head = headOf({ blocks, number, chosen, index, arms, parts });
  const groups = grouped(arms, budget).map((group) => groupOf({ ...group, blocks, number, chosen, arms, parts }));
  outermost.body = [...head, ...groups];
  return parts;
}

function grouped(arms, budget) {
  const groups = [];
  let room = 0;
  arms.forEach((arm, i) => {
    const needs = weight(arm) + ARM;
    if (groups.length === 0 || needs > room) {
      groups.push({ first: i, last: i });
      room = budget;
    }
    groups.at(-1).last = i;
    room -= needs;
  });
  return groups;
}

/** What stands before the choice, the choice, and the ways out that are no arms. */
function headOf({ blocks, number, chosen, index, arms, parts }) {
  const [choice, ...reversed] = blocks[0].body.toReversed();
  const others = [...new Set(choice.labels.filter((label) => !number.has(label)))];
  const valueOf = (label) => number.get(label) ?? arms.length + others.indexOf(label);
  const decided = block([]);
  const pieces = piecesOf({ choice, valueOf, chosen, index, decided, parts });
  const fallback = [make.number(valueOf(choice.labels.at(-1))), make.set(chosen)];
  decided.body = landed([...reversed.toReversed(), make.set(index), ...pieces, ...fallback], number, chosen, decided);
  return others.length === 0 ? [decided] : [decided, elsewhere(others, arms.length, chosen)];
}

function elsewhere(others, from, chosen) {
  const here = block([]);
  here.body = [
    ...[make.get(chosen), make.number(from), operation(I32_LT_U), make.branchIf(here)],
    ...[make.get(chosen), make.number(from), operation(I32_SUB), make.branchTable(others)],
  ];
  return here;
}

/** The choice for some entries of the table at a time, each behind a test whether the index is one of them. */
function piecesOf({ choice, valueOf, chosen, index, decided, parts }) {
  const entries = choice.labels.slice(0, -1).map(valueOf);
  const pieces = [];
  for (let from = 0; from < entries.length; from += ENTRIES_IN_PIECE) {
    const values = entries.slice(from, from + ENTRIES_IN_PIECE);
    const other = block([]);
    const offset = () => [make.get(index), make.number(from), operation(I32_SUB)];
    other.body = [
      ...[...offset(), make.number(values.length), operation(I32_GE_U), make.branchIf(other)],
      mapped(offset(), values, chosen),
      make.branch(decided),
    ];
    parts.push({ list: other.body, at: 6 });
    pieces.push(other);
  }
  return pieces;
}

/** Sets `chosen` to the value at an offset. */
function mapped(offset, values, chosen) {
  const distinct = [...new Set(values)];
  const done = block([]);
  const labels = new Map(distinct.map((value) => [value, block([])]));
  const table = values.map((value) => labels.get(value));
  let body = [...offset, make.branchTable(table)];
  for (const [value, label] of labels) {
    label.body = body;
    body = [label, make.number(value), make.set(chosen), make.branch(done)];
  }
  done.body = body;
  return done;
}

/** Arms in a row, and what they do when one of another group comes next. */
function groupOf({ first, last, blocks, number, chosen, arms, parts }) {
  const table = blocks.slice(first, last + 1);
  const offset = [make.get(chosen), make.number(first), operation(I32_SUB)];
  let body = [...offset, make.branchTable(table)];
  for (let i = first; i <= last; i++) {
    blocks[i].body = body;
    body = [blocks[i], ...arms[i]];
  }
  const passed = block([]);
  const group = block([]);
  const next = endsFlow(body.at(-1)) ? [] : [make.number(last + 1), make.set(chosen)];
  group.body = landed([...body, ...next], number, chosen, group, table);
  passed.body = [make.get(chosen), make.number(last), operation(I32_GT_U), make.branchIf(passed), group];
  parts.push({ list: passed.body, at: 4 });
  return passed;
}

/** A list whose branches to arms that are not `inside` set the variable and leave by `out`, at whose end it stands. */
function landed(list, number, chosen, out, inside = []) {
  const arms = new Set();
  visit(list, (node) => targets(node).forEach((label) => number.has(label) && !inside.includes(label) && arms.add(label)));
  let body = list;
  for (const arm of arms) {
    const landing = block(endsFlow(body.at(-1)) ? body : [...body, make.branch(out)]);
    retarget(body, arm, landing);
    body = [landing, make.number(number.get(arm)), make.set(chosen)];
  }
  return body;
}
