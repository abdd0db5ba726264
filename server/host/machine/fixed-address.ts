/**
 * Gives a position-independent program (ELF, x86-64) its address already in the file. The loader else writes a third of
 * a million addresses into dockerd at each start, and the pages they lie in can then not be shared: 7 MB a machine.
 */

/** Where Linux programs of a fixed address begin by custom. */
const BASE = 0x400000;
const BASE_BIG = BigInt(BASE);

const TYPE = { executable: 2, sharedObject: 3 };
const X86_64 = 62;
const PROGRAM = { load: 1, dynamic: 2, stack: 0x6474e551 };
const SECTION = { dynamicSymbols: 11, allocated: 2n };
const SYMBOL = { undefined: 0, absolute: 0xfff1, threadLocal: 6 };
const RELOCATION = { relative: 8, indirectRelative: 37, size: 24 };
const TAG = {
  end: 0,
  linkSize: 2,
  rela: 7,
  linkRela: 23,
  relaSize: 8,
  flags: 30,
  flags1: 0x6ffffffb,
  relaCount: 0x6ffffff9,
};
const BIND_NOW = 8n;
const FLAG_1_PIE = 0x08000000n;
/** Tags whose value is an address: PLTGOT, STRTAB, SYMTAB, RELA, INIT, FINI, JMPREL, the arrays, GNU_HASH, VERSYM, VERNEED. */
const ADDRESS_TAGS = new Set([3, 5, 6, 7, 12, 13, 23, 25, 26, 32, 0x6ffffef5, 0x6ffffff0, 0x6ffffffe]);
/** Tags whose value is none: NEEDED, sizes, counts, flags. Whatever is in neither list is refused. */
const PLAIN_TAGS = new Set([
  0, 1, 2, 8, 9, 10, 11, 20, 21, 24, 27, 28, 29, 30, 33, 0x6ffffff9, 0x6ffffffb, 0x6fffffff,
]);

/** The program is of a kind that is not understood here, and stays as it is. */
export class UnfitProgramError extends Error {
  readonly code = 'unfit_program';
  constructor(message: string) {
    super(message);
    this.name = 'UnfitProgramError';
  }
}

/** @throws UnfitProgramError: better a program that costs more than a wrong one. */
export function withFixedAddress(original: Buffer): Buffer {
  const program = new Program(Buffer.from(original));
  program.moveSymbols();
  program.applyRelocations();
  program.moveHeaders();
  return program.bytes;
}

type Segment = { at: number; type: number; offset: number; address: number; size: number };

class Program {
  readonly bytes: Buffer;
  readonly #segments: Segment[];
  /** Tag → where its value stands. */
  readonly #dynamic = new Map<number, number>();

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    const isElf64 = bytes.readUInt32BE(0) === 0x7f454c46 && bytes[4] === 2 && bytes[5] === 1;
    if (!isElf64 || bytes.readUInt16LE(18) !== X86_64 || bytes.readUInt16LE(16) !== TYPE.sharedObject)
      throw new UnfitProgramError('not a position-independent program for x86-64');
    this.#segments = this.#table(32, 54, 56).map((at) => ({
      at,
      type: bytes.readUInt32LE(at),
      offset: this.#number(at + 8),
      address: this.#number(at + 16),
      size: this.#number(at + 32),
    }));
    this.#readDynamic();
  }

  moveSymbols(): void {
    for (const section of this.#table(40, 58, 60)) {
      if (this.bytes.readUInt32LE(section + 4) !== SECTION.dynamicSymbols) continue;
      const start = this.#number(section + 24);
      const end = start + this.#number(section + 32);
      for (let at = start; at < end; at += 24) {
        const place = this.bytes.readUInt16LE(at + 6);
        const kind = this.bytes[at + 4]! & 0xf;
        if (place === SYMBOL.undefined || place === SYMBOL.absolute || kind === SYMBOL.threadLocal) continue;
        this.#move(at + 8);
      }
    }
  }

  /** Writes what the loader would write; only what depends on libraries is left to it. */
  applyRelocations(): void {
    const start = this.#offsetOf(this.#value(TAG.rela));
    const settled = this.#value(TAG.relaCount);
    for (let index = 0; index < settled; index++) {
      const at = start + index * RELOCATION.size;
      if (this.bytes.readUInt32LE(at + 8) !== RELOCATION.relative)
        throw new UnfitProgramError('relocations are not in the order that RELACOUNT promises');
      const place = this.#offsetOf(this.#number(at));
      this.bytes.writeBigUInt64LE(this.bytes.readBigUInt64LE(at + 16) + BASE_BIG, place);
    }
    const rest = settled * RELOCATION.size;
    const size = this.#value(TAG.relaSize);
    this.#moveTargets(start + rest, start + size);
    const linked = this.#offsetOf(this.#value(TAG.linkRela));
    this.#moveTargets(linked, linked + this.#value(TAG.linkSize));
    this.#set(TAG.rela, this.#value(TAG.rela) + rest);
    this.#set(TAG.relaSize, size - rest);
    this.#set(TAG.relaCount, 0);
  }

  moveHeaders(): void {
    for (const [tag, at] of this.#dynamic) if (ADDRESS_TAGS.has(tag)) this.#move(at);
    const flags = this.#dynamic.get(TAG.flags1)!;
    this.bytes.writeBigUInt64LE(this.bytes.readBigUInt64LE(flags) & ~FLAG_1_PIE, flags);
    for (const { at, type } of this.#segments) {
      if (type === PROGRAM.stack) continue;
      this.#move(at + 16);
      this.#move(at + 24);
    }
    for (const section of this.#table(40, 58, 60))
      if (this.bytes.readBigUInt64LE(section + 8) & SECTION.allocated) this.#move(section + 16);
    this.#move(24);
    this.bytes.writeUInt16LE(TYPE.executable, 16);
  }

  #readDynamic(): void {
    const dynamic = this.#segments.find(({ type }) => type === PROGRAM.dynamic);
    if (!dynamic) throw new UnfitProgramError('not a dynamic program');
    for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
      const tag = this.#number(at);
      if (tag === TAG.end) break;
      if (!ADDRESS_TAGS.has(tag) && !PLAIN_TAGS.has(tag))
        throw new UnfitProgramError(`dynamic tag ${tag} is not known`);
      this.#dynamic.set(tag, at + 8);
    }
    // A loader that binds later expects addresses of stubs in places that are not moved here.
    if (!(BigInt(this.#value(TAG.flags)) & BIND_NOW)) throw new UnfitProgramError('not bound at start');
  }

  #moveTargets(start: number, end: number): void {
    for (let at = start; at < end; at += RELOCATION.size) {
      const kind = this.bytes.readUInt32LE(at + 8);
      if (kind === RELOCATION.relative)
        throw new UnfitProgramError('RELACOUNT leaves a relative relocation out');
      this.#move(at);
      if (kind === RELOCATION.indirectRelative) this.#move(at + 16);
    }
  }

  /** Places of the entries of a header table, from the header's fields for its offset, entry size and count. */
  #table(offset: number, size: number, count: number): number[] {
    const start = this.#number(offset);
    const step = this.bytes.readUInt16LE(size);
    return Array.from({ length: this.bytes.readUInt16LE(count) }, (_, index) => start + index * step);
  }

  #offsetOf(address: number): number {
    const segment = this.#segments.find(
      (one) => one.type === PROGRAM.load && address >= one.address && address < one.address + one.size,
    );
    if (!segment) throw new UnfitProgramError(`address ${address} is in no part of the file`);
    return address - segment.address + segment.offset;
  }

  #value(tag: number): number {
    const at = this.#dynamic.get(tag);
    if (at === undefined) throw new UnfitProgramError(`dynamic tag ${tag} is missing`);
    return this.#number(at);
  }

  #set(tag: number, value: number): void {
    this.bytes.writeBigUInt64LE(BigInt(value), this.#dynamic.get(tag)!);
  }

  #number(at: number): number {
    return Number(this.bytes.readBigUInt64LE(at));
  }

  #move(at: number): void {
    this.bytes.writeBigUInt64LE(this.bytes.readBigUInt64LE(at) + BASE_BIG, at);
  }
}
