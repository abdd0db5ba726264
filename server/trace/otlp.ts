/**
 * Reads what an OpenTelemetry exporter posts (opentelemetry-proto 1, `ExportTraceServiceRequest`). A learner may post
 * anything: what is not wanted is skipped, what is wanted is cut, and reading ends at a number of fields.
 */
import protobuf from 'protobufjs/minimal.js';
import type { AttributeValue, Span, SpanKind } from './contract.ts';

/** An exporter sends 512 at a time. */
export const SPANS_A_REQUEST = 2048;
export const NAME_CHARACTERS = 200;
export const VALUE_CHARACTERS = 500;
export const ATTRIBUTES_A_SPAN = 32;
/** Twice what 512 spans of dockerd have; it bounds the time that one request takes of us. */
export const FIELDS_A_REQUEST = 60_000;
const KEY_CHARACTERS = 64;
/** UTF-8 takes at most so many bytes for one character of a JavaScript string. */
const BYTES_A_CHARACTER = 3;

/** Tags as they stand on the wire: field number << 3 | wire type. */
const REQUEST = { resourceSpans: 0x0a };
const RESOURCE_SPANS = { resource: 0x0a, scopeSpans: 0x12 };
const RESOURCE = { attribute: 0x0a };
const SCOPE_SPANS = { span: 0x12 };
const SPAN = {
  traceId: 0x0a,
  spanId: 0x12,
  parentId: 0x22,
  name: 0x2a,
  kind: 0x30,
  startNanos: 0x39,
  endNanos: 0x41,
  attribute: 0x4a,
  status: 0x7a,
};
const STATUS = { message: 0x12, code: 0x18 };
const ATTRIBUTE = { key: 0x0a, value: 0x12 };
const VALUE = { string: 0x0a, boolean: 0x10, integer: 0x18, double: 0x21 };

const KINDS: readonly SpanKind[] = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUS_ERROR = 2;

type Bytes = Uint8Array;
type Wire = protobuf.Reader;

export type Decoded = {
  spans: Span[];
  /** Without a valid id, or over the limit of one request. */
  dropped: number;
};

/** @throws where the bytes are no such message, or one with too many fields. */
export function decodeSpans(request: Bytes): Decoded {
  return new RequestReader().read(request);
}

class RequestReader {
  readonly #decoded: Decoded = { spans: [], dropped: 0 };
  #fieldsLeft = FIELDS_A_REQUEST;

  read(request: Bytes): Decoded {
    this.#eachField(request, (tag, wire) => {
      if (tag !== REQUEST.resourceSpans) return false;
      this.#readResourceSpans(wire.bytes());
      return true;
    });
    return this.#decoded;
  }

  #readResourceSpans(bytes: Bytes): void {
    // The resource may stand behind its spans.
    const scopes: Bytes[] = [];
    let service = '';
    this.#eachField(bytes, (tag, wire) => {
      if (tag === RESOURCE_SPANS.resource) service = this.#readService(wire.bytes());
      else if (tag === RESOURCE_SPANS.scopeSpans) scopes.push(wire.bytes());
      else return false;
      return true;
    });
    for (const scope of scopes)
      this.#eachField(scope, (tag, wire) => {
        if (tag !== SCOPE_SPANS.span) return false;
        this.#take(wire.bytes(), service);
        return true;
      });
  }

  #take(bytes: Bytes, service: string): void {
    const { spans } = this.#decoded;
    const span = spans.length < SPANS_A_REQUEST ? this.#readSpan(bytes, service) : null;
    if (span) spans.push(span);
    else this.#decoded.dropped++;
  }

  #readService(resource: Bytes): string {
    const attributes = new Map<string, AttributeValue>();
    this.#eachField(resource, (tag, wire) => {
      if (tag !== RESOURCE.attribute) return false;
      this.#readAttribute(attributes, wire.bytes());
      return true;
    });
    return String(attributes.get('service.name') ?? '').slice(0, NAME_CHARACTERS);
  }

  /** Null where it cannot be told from others. */
  #readSpan(bytes: Bytes, service: string): Span | null {
    const ids = { trace: '', span: '', parent: '' };
    const times = { startedAtMs: 0, endedAtMs: 0 };
    const attributes = new Map<string, AttributeValue>();
    const rest = { name: '', kind: 'internal' as SpanKind, error: null as string | null };
    this.#eachField(bytes, (tag, wire) => {
      if (tag === SPAN.traceId) ids.trace = readId(wire, 16);
      else if (tag === SPAN.spanId) ids.span = readId(wire, 8);
      else if (tag === SPAN.parentId) ids.parent = readId(wire, 8);
      else if (tag === SPAN.name) rest.name = readText(wire, NAME_CHARACTERS);
      else if (tag === SPAN.kind) rest.kind = KINDS[wire.uint32()] ?? 'internal';
      else if (tag === SPAN.startNanos) times.startedAtMs = readMilliseconds(wire);
      else if (tag === SPAN.endNanos) times.endedAtMs = readMilliseconds(wire);
      else if (tag === SPAN.attribute) this.#readAttribute(attributes, wire.bytes());
      else if (tag === SPAN.status) rest.error = this.#readError(wire.bytes());
      else return false;
      return true;
    });
    if (ids.trace === '' || ids.span === '') return null;
    return {
      traceId: ids.trace,
      spanId: ids.span,
      parentId: ids.parent || null,
      service,
      startedAtMs: times.startedAtMs,
      durationMs: Math.max(0, times.endedAtMs - times.startedAtMs),
      attributes,
      ...rest,
    };
  }

  #readAttribute(attributes: Map<string, AttributeValue>, bytes: Bytes): void {
    if (attributes.size >= ATTRIBUTES_A_SPAN) return;
    const read = { key: '', value: null as AttributeValue | null };
    this.#eachField(bytes, (tag, wire) => {
      if (tag === ATTRIBUTE.key) read.key = readText(wire, KEY_CHARACTERS);
      else if (tag === ATTRIBUTE.value) read.value = this.#readValue(wire.bytes());
      else return false;
      return true;
    });
    if (read.key !== '' && read.value !== null) attributes.set(read.key, read.value);
  }

  /** Null for lists and the like: nothing that we show is one. */
  #readValue(bytes: Bytes): AttributeValue | null {
    let value: AttributeValue | null = null;
    this.#eachField(bytes, (tag, wire) => {
      if (tag === VALUE.string) value = readText(wire, VALUE_CHARACTERS);
      else if (tag === VALUE.boolean) value = wire.bool();
      else if (tag === VALUE.integer) value = Number(wire.int64().toString());
      else if (tag === VALUE.double) value = wire.double();
      else return false;
      return true;
    });
    return value;
  }

  /** Null for a status that is not an error. */
  #readError(bytes: Bytes): string | null {
    const read = { message: '', code: 0 };
    this.#eachField(bytes, (tag, wire) => {
      if (tag === STATUS.message) read.message = readText(wire, VALUE_CHARACTERS);
      else if (tag === STATUS.code) read.code = wire.uint32();
      else return false;
      return true;
    });
    return read.code === STATUS_ERROR ? read.message : null;
  }

  /** @param read answers false for a field that it does not want, before it reads any of it. */
  #eachField(bytes: Bytes, read: (tag: number, wire: Wire) => boolean): void {
    const wire = protobuf.Reader.create(bytes);
    while (wire.pos < wire.len) {
      if (this.#fieldsLeft-- <= 0) throw new RangeError('more fields than one request may have');
      const tag = wire.uint32();
      if (!read(tag, wire)) wire.skipType(tag & 7);
    }
  }
}

/** Hex; empty where it is no id. All zeros is none, says OpenTelemetry. */
function readId(wire: Wire, length: number): string {
  const bytes = wire.bytes();
  if (bytes.length !== length || bytes.every((byte) => byte === 0)) return '';
  return Buffer.from(bytes).toString('hex');
}

/** A fixed64 of nanoseconds, to the microsecond: of more a double would keep only a part. */
function readMilliseconds(wire: Wire): number {
  const low = wire.fixed32();
  const high = wire.fixed32();
  return Math.round((high * 2 ** 32 + low) / 1000) / 1000;
}

/** Decodes no more than is kept. */
function readText(wire: Wire, characters: number): string {
  const bytes = wire.bytes().subarray(0, characters * BYTES_A_CHARACTER);
  return Buffer.from(bytes).toString('utf8').slice(0, characters).toWellFormed();
}
