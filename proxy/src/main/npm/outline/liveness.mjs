// Which variables may still be read: before each instruction (`node.live`), behind each label that can be
// branched to (`label.liveAt`) and at the end of each list (`list.liveEnd`). Sets are bits.
import { Op, bodies, isLocal, isStructured, targets } from "./code.mjs";

export class Locals {
  constructor(count) {
    this.words = new Uint32Array((count + 31) >> 5);
  }

  static of(set) {
    const copy = new Locals(0);
    copy.words = set.words.slice();
    return copy;
  }

  has(index) {
    return (this.words[index >> 5] & (1 << (index & 31))) !== 0;
  }

  add(index) {
    this.words[index >> 5] |= 1 << (index & 31);
  }

  remove(index) {
    this.words[index >> 5] &= ~(1 << (index & 31));
  }

  /** Adds another's; says whether that changed anything. */
  addAll(other) {
    let changed = false;
    for (let i = 0; i < this.words.length; i++) {
      const united = (this.words[i] | other.words[i]) >>> 0;
      changed ||= united !== this.words[i];
      this.words[i] = united;
    }
    return changed;
  }
}

/** Analyses a whole function. */
export function analyse(fn) {
  const nothing = new Locals(fn.locals.length);
  fn.root.liveAt = nothing;
  analyseList(fn.root.body, nothing);
}

/** Analyses a list behind which `after` is live; the labels around it are known. Gives what is live before it. */
export function analyseList(list, after) {
  list.liveEnd = after;
  let live = after;
  for (let i = list.length - 1; i >= 0; i--) {
    live = before(list[i], live);
    list[i].live = live;
  }
  return live;
}

function before(node, after) {
  if (isStructured(node)) return beforeStructured(node, after);
  if (isLocal(node)) return beforeLocal(node, after);
  const labels = targets(node);
  if (node.op === Op.UNREACHABLE || (labels.length > 0 && node.op !== Op.BR_IF)) {
    return united(new Locals(after.words.length * 32), labels);
  }
  return labels.length === 0 ? after : united(Locals.of(after), labels);
}

function united(live, labels) {
  for (const label of new Set(labels)) live.addAll(label.liveAt);
  return live;
}

function beforeLocal(node, after) {
  const get = node.op === Op.LOCAL_GET;
  if (after.has(node.index) === get) return after;
  const live = Locals.of(after);
  if (get) live.add(node.index);
  else live.remove(node.index);
  return live;
}

function beforeStructured(node, after) {
  if (node.op === Op.LOOP) return beforeLoop(node, after);
  node.liveAt = after;
  const live = Locals.of(node.op === Op.IF && node.otherwise === undefined ? after : analyseList(node.body, after));
  if (node.op === Op.IF) live.addAll(node.otherwise === undefined ? analyseList(node.body, after) : analyseList(node.otherwise, after));
  return live;
}

/** What the first pass through a loop reads, a later pass may read too. */
function beforeLoop(node, after) {
  node.liveAt = new Locals(after.words.length * 32);
  while (node.liveAt.addAll(analyseList(node.body, after)));
  return node.liveAt;
}
