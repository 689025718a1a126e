// Writes as Java properties what the module's JavaScript and type definitions know:
// - its imports and exports have minified names: `import.<minified>=<name>`, `export.<name>=<minified>`;
// - a parse tree names the kind of a node only where its field may hold several kinds. Where it may
//   hold one: `field.<node>.<field>=<kind>`.
import { readFileSync, writeFileSync } from "node:fs";

const [source, types, target] = process.argv.slice(2);
const script = readFileSync(source, "utf8");

function only(pattern, what) {
  const found = [...script.matchAll(pattern)];
  if (found.length !== 1) throw new Error(`${source}: ${found.length} places look like ${what}`);
  return found[0][1];
}

const imports = only(/\bwasmImports=\{([^}]*)\}/g, "the imports")
  .split(",")
  .map((pair) => pair.split(":"))
  .map(([minified, name]) => `import.${minified}=${name.replace(/^_+/, "")}`);
const exports = [
  ...only(/\bfunction assignWasmExports\(wasmExports\)\{([^}]*)\}/g, "the exports").matchAll(
    /(\w+)=(?:Module\["\w+"\]=|wasm\w+=)?wasmExports\["(\w+)"\]/g,
  ),
].map(([, name, minified]) => `export.${name.replace(/^_+/, "")}=${minified}`);
const constructors = only(/\bwasmExports\["(\w+)"\]\(\)/g, "the constructors");

const nodes = [...readFileSync(types, "utf8").matchAll(/^export interface (\w+) \{([^}]*)\}/gm)];
const kinds = new Set(nodes.map(([, node]) => node));
const fields = nodes.flatMap(([, node, body]) =>
  [...body.matchAll(/(\w+)\?: (\w+)(?:\[\])?;/g)]
    .filter(([, , kind]) => kinds.has(kind))
    .map(([, field, kind]) => `field.${node}.${field}=${kind}`),
);
if (fields.length === 0) throw new Error(`${types}: no field has a type of its own`);

writeFileSync(
  target,
  [...imports, ...exports, `export.constructors=${constructors}`, ...fields, ""].join("\n"),
);
