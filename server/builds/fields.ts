/** Protobuf without a schema: one message's fields by their numbers, for the dozen that are wanted of BuildKit's. */
import protobuf from 'protobufjs/minimal.js';

/** A build of a hundred steps has a few thousand in all; it bounds the time that one message takes of us. */
const FIELDS_A_MESSAGE = 20_000;
const WIRE = { varint: 0, bytes: 2 } as const;

export class Fields {
  readonly #bytes = new Map<number, Uint8Array[]>();
  readonly #numbers = new Map<number, number>();

  /** @throws where the bytes are no message, or one with too many fields. */
  constructor(message: Uint8Array) {
    const wire = protobuf.Reader.create(message);
    let left = FIELDS_A_MESSAGE;
    while (wire.pos < wire.len) {
      if (left-- <= 0) throw new RangeError('more fields than one message may have');
      const tag = wire.uint32();
      const [field, type] = [tag >>> 3, tag & 7];
      if (type === WIRE.varint) this.#numbers.set(field, Number(wire.int64().toString()));
      else if (type === WIRE.bytes) this.#add(field, wire.bytes());
      else wire.skipType(type);
    }
  }

  #add(field: number, bytes: Uint8Array): void {
    const list = this.#bytes.get(field);
    if (list) list.push(bytes);
    else this.#bytes.set(field, [bytes]);
  }

  number(field: number): number {
    return this.#numbers.get(field) ?? 0;
  }

  bytes(field: number): Uint8Array | null {
    return this.#bytes.get(field)?.at(-1) ?? null;
  }

  /** Cut to so many characters; empty where there is none. */
  text(field: number, characters: number): string {
    return asText(this.bytes(field), characters);
  }

  texts(field: number, characters: number): string[] {
    return (this.#bytes.get(field) ?? []).map((bytes) => asText(bytes, characters));
  }

  message(field: number): Fields | null {
    const bytes = this.bytes(field);
    return bytes && new Fields(bytes);
  }

  messages(field: number): Fields[] {
    return (this.#bytes.get(field) ?? []).map((bytes) => new Fields(bytes));
  }

  /** Of texts to texts. */
  map(field: number, characters: number): Map<string, string> {
    return new Map(
      this.messages(field).map((entry) => [entry.text(1, characters), entry.text(2, characters)] as const),
    );
  }

  /** Milliseconds since 1970, with a fraction; null where it was not told (google.protobuf.Timestamp). */
  instant(field: number): number | null {
    const stamp = this.message(field);
    return stamp && stamp.number(1) * 1000 + stamp.number(2) / 1e6;
  }
}

/** Decodes no more than is kept: UTF-8 takes at most three bytes for one character of a JavaScript string. */
function asText(bytes: Uint8Array | null, characters: number): string {
  if (!bytes) return '';
  return Buffer.from(bytes.subarray(0, characters * 3))
    .toString('utf8')
    .slice(0, characters)
    .toWellFormed();
}

/** One field of bytes or text, as a request needs it. */
export function encodeBytes(field: number, value: string): Uint8Array {
  return protobuf.Writer.create()
    .uint32((field << 3) | WIRE.bytes)
    .string(value)
    .finish();
}

export function encodeFlag(field: number): Uint8Array {
  return protobuf.Writer.create()
    .uint32(field << 3)
    .bool(true)
    .finish();
}
