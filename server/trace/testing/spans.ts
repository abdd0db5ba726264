/** Spans made by hand, as a test needs them, and the bytes in which an exporter would send them. */
import protobuf from 'protobufjs/minimal.js';
import type { AttributeValue, Span, SpanKind } from '../contract.ts';

let made = 0;

export function span(parts: Partial<Span> = {}): Span {
  made++;
  return {
    traceId: made.toString(16).padStart(32, '0'),
    spanId: made.toString(16).padStart(16, '0'),
    parentId: null,
    service: 'dockerd',
    name: 'work',
    kind: 'internal',
    startedAtMs: 1_900_000_000_000,
    durationMs: 1,
    attributes: new Map(),
    error: null,
    ...parts,
  };
}

type CallParts = Partial<Span> & {
  method?: string;
  path?: string;
  userAgent?: string;
  status?: number;
};

/** As dockerd tells of a call of its API. */
export function callSpan(parts: CallParts = {}): Span {
  const { method = 'GET', path = '/v1.45/containers/json', status = 200, ...rest } = parts;
  const { userAgent = 'Docker-Client/26.1.5+dfsg1 (linux)', ...own } = rest;
  const attributes = new Map<string, AttributeValue>([
    ['http.method', method],
    ['http.target', path],
    ['http.status_code', status],
    ...(userAgent ? [['user_agent.original', userAgent] as const] : []),
  ]);
  return span({ name: `${method} ${path}`, kind: 'server', attributes, ...own });
}

const KINDS: readonly SpanKind[] = ['internal', 'server', 'client', 'producer', 'consumer'];

/** An `ExportTraceServiceRequest`; spans of one service stand together. */
export function encode(spans: readonly Span[]): Buffer {
  const writer = protobuf.Writer.create();
  for (const [service, own] of Map.groupBy(spans, (one) => one.service)) {
    const resourceSpans = writer.uint32(0x0a).fork();
    const resource = resourceSpans.uint32(0x0a).fork();
    writeAttribute(resource, 0x0a, 'service.name', service);
    resource.ldelim();
    const scopeSpans = resourceSpans.uint32(0x12).fork();
    for (const one of own) writeSpan(scopeSpans, one);
    scopeSpans.ldelim();
    resourceSpans.ldelim();
  }
  return Buffer.from(writer.finish());
}

function writeSpan(writer: protobuf.Writer, one: Span): void {
  const inner = writer.uint32(0x12).fork();
  inner.uint32(0x0a).bytes(Buffer.from(one.traceId, 'hex'));
  inner.uint32(0x12).bytes(Buffer.from(one.spanId, 'hex'));
  if (one.parentId) inner.uint32(0x22).bytes(Buffer.from(one.parentId, 'hex'));
  inner.uint32(0x2a).string(one.name);
  inner.uint32(0x30).uint32(KINDS.indexOf(one.kind) + 1);
  writeTime(inner, 0x39, one.startedAtMs);
  writeTime(inner, 0x41, one.startedAtMs + one.durationMs);
  for (const [key, value] of one.attributes) writeAttribute(inner, 0x4a, key, value);
  if (one.error !== null)
    inner.uint32(0x7a).fork().uint32(0x12).string(one.error).uint32(0x18).uint32(2).ldelim();
  inner.ldelim();
}

function writeTime(writer: protobuf.Writer, tag: number, ms: number): void {
  const nanos = BigInt(Math.round(ms * 1000)) * 1000n;
  writer
    .uint32(tag)
    .fixed32(Number(nanos & 0xffff_ffffn))
    .fixed32(Number(nanos >> 32n));
}

function writeAttribute(writer: protobuf.Writer, tag: number, key: string, value: AttributeValue): void {
  const attribute = writer.uint32(tag).fork().uint32(0x0a).string(key);
  const any = attribute.uint32(0x12).fork();
  if (typeof value === 'string') any.uint32(0x0a).string(value);
  else if (typeof value === 'boolean') any.uint32(0x10).bool(value);
  else if (Number.isSafeInteger(value)) any.uint32(0x18).int64(value);
  else any.uint32(0x21).double(value);
  any.ldelim();
  attribute.ldelim();
}
