// The binary format: LEB128 numbers and sections (WebAssembly Core 2.0, chapter 5).

/** Reads from bytes, front to back. */
export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    if (this.at >= this.bytes.length) throw new Error("the module ends too early");
    return this.bytes[this.at++];
  }

  /** An unsigned LEB128 number of at most 32 bits. */
  unsigned() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  /** Passes a LEB128 number of any kind. */
  skipNumber() {
    while (this.byte() >= 0x80);
  }

  take(length) {
    const from = this.at;
    this.at += length;
    if (this.at > this.bytes.length) throw new Error("the module ends too early");
    return this.bytes.subarray(from, this.at);
  }

  list(element) {
    return Array.from({ length: this.unsigned() }, () => element(this));
  }

  get atEnd() {
    return this.at === this.bytes.length;
  }
}

/** An unsigned LEB128 number as bytes. */
export function unsigned(value) {
  const bytes = [];
  do {
    bytes.push((value % 128) | (value >= 128 ? 0x80 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return bytes;
}

/** A signed LEB128 number as bytes, for numbers of 32 bits. */
export function signed(value) {
  const bytes = [];
  for (;;) {
    const byte = value & 0x7f;
    value >>= 7;
    if ((value === 0 && byte < 0x40) || (value === -1 && byte >= 0x40)) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

/** A vector: how many, then one after the other. */
export function vector(elements) {
  return concatenated([unsigned(elements.length), ...elements]);
}

export function concatenated(parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Bytes with their length before them. */
export function sized(bytes) {
  return concatenated([unsigned(bytes.length), bytes]);
}
