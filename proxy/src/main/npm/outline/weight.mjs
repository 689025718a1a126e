// How many bytes of JVM code the runtime's compiler makes of an instruction, rather too many than too few.
import { Op, bodies, isStructured } from "./code.mjs";

const WEIGHTS = new Map([
  [Op.UNREACHABLE, 4],
  [Op.LOCAL_GET, 2],
  [Op.LOCAL_SET, 2],
  [Op.LOCAL_TEE, 4],
  [Op.GLOBAL_GET, 9],
  [Op.GLOBAL_SET, 9],
  [Op.CALL, 11],
  [Op.CALL_INDIRECT, 14],
  [Op.BR, 4],
  [Op.BR_IF, 4],
  [Op.PREFIX, 6],
  [0x1b, 6], // select
]);
const MEMORY_ACCESS = 8;
const OTHER = 3;
const TABLE = 20;
const TABLE_ENTRY = 4;
const LABEL = 1;
const BRANCHES = 6;
const LOCAL = 3;

/** Of a list of instructions with all that is in them. */
export function weight(list) {
  return list.reduce((sum, node) => sum + weightOf(node), 0);
}

export function weightOf(node) {
  if (isStructured(node)) return (node.op === Op.BLOCK ? LABEL : BRANCHES) + weight(bodies(node).flat());
  if (node.op === Op.BR_TABLE) return TABLE + TABLE_ENTRY * node.labels.length;
  if (node.op >= 0x28 && node.op <= 0x3e) return MEMORY_ACCESS;
  return WEIGHTS.get(node.op) ?? OTHER;
}

/** Of a whole function: the JVM wants every variable to be set first. */
export function weightOfFunction({ locals, root }) {
  return LOCAL * locals.length + weight(root.body);
}
