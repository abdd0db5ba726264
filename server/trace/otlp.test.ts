/** Reads true payloads of dockerd, and bears anything that a learner may post in their place. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  ATTRIBUTES_A_SPAN,
  decodeSpans,
  FIELDS_A_REQUEST,
  NAME_CHARACTERS,
  SPANS_A_REQUEST,
  VALUE_CHARACTERS,
} from './otlp.ts';
import { recorded } from './testing/recorded.ts';
import { callSpan, encode, span } from './testing/spans.ts';

test('what dockerd posted for `docker run` is read', () => {
  const { spans, dropped } = decodeSpans(recorded('docker-run'));
  expect(dropped).toBe(0);
  const create = spans.find(({ name }) => name === 'POST /containers/create')!;
  expect(create).toMatchObject({ service: 'dockerd', kind: 'server', parentId: null, error: null });
  expect(create.attributes.get('user_agent.original')).toBe('Docker-Client/26.1.5+dfsg1 (linux)');
  expect(create.attributes.get('http.status_code')).toBe(201);
  expect(create.startedAtMs).toBeCloseTo(1795237366015.12, 1);
  expect(create.durationMs).toBeCloseTo(10.92, 1);
  const start = spans.find(({ name }) => name === 'POST /containers/{name:.*}/start')!;
  const children = spans.filter(
    ({ parentId, traceId }) => parentId === start.spanId && traceId === start.traceId,
  );
  expect(children.map(({ name }) => name.replace(/^containerd\.services\.\w+\.v1\./, ''))).toEqual([
    'Leases/Create',
    'Containers/Create',
    'Leases/Delete',
  ]);
  expect(spans.filter(({ error }) => error !== null).map(({ error }) => error)).toEqual([
    expect.stringMatching(/^task [0-9a-f]{64} not found$/),
  ]);
});

test('a build tells of its steps, and buildx of itself by way of dockerd', () => {
  const { spans } = decodeSpans(recorded('docker-build'));
  expect(spans.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['[2/3] RUN echo hi > /x', '[3/3] RUN echo ho > /y']),
  );
  expect(spans.filter(({ service }) => service === 'buildx').map(({ name }) => name)).toContain('build .');
});

test('every part of a span comes through', () => {
  const attributes = new Map<string, string | number | boolean>([
    ['text', '文字'],
    ['number', -7],
    ['fraction', 0.5],
    ['flag', true],
  ]);
  const one = span({ parentId: 'ab'.repeat(8), kind: 'client', attributes, error: 'gone', durationMs: 2.5 });
  expect(decodeSpans(encode([one])).spans).toEqual([one]);
});

test('long names, values and lists of attributes are cut', () => {
  const many = Array.from({ length: 100 }, (_, index) => [`key${index}`, '字'.repeat(2000)] as const);
  const [read] = decodeSpans(encode([span({ name: 'n'.repeat(9000), attributes: new Map(many) })])).spans;
  expect(read!.name).toHaveLength(NAME_CHARACTERS);
  expect(read!.attributes.size).toBe(ATTRIBUTES_A_SPAN);
  expect(read!.attributes.get('key0')).toBe('字'.repeat(VALUE_CHARACTERS));
});

test('spans without an id, and those over the limit, are counted and dropped', () => {
  const spans = Array.from({ length: SPANS_A_REQUEST + 5 }, () => span());
  expect(decodeSpans(encode(spans))).toMatchObject({ dropped: 5, spans: { length: SPANS_A_REQUEST } });
  expect(decodeSpans(encode([span({ traceId: '' }), span({ spanId: '00'.repeat(8) })]))).toEqual({
    spans: [],
    dropped: 2,
  });
});

test('a request of countless empty parts is given up', () => {
  const empties = Buffer.alloc((FIELDS_A_REQUEST + 1) * 2, Buffer.from([0x0a, 0]));
  expect(() => decodeSpans(empties)).toThrow('more fields');
  const nested = Buffer.alloc(200_000, 0x0b);
  expect(() => decodeSpans(nested)).toThrow();
});

test('a payload that is cut anywhere is read or refused', () => {
  const whole = recorded('curl');
  for (let length = 0; length < whole.length; length++) outcomeOf(whole.subarray(0, length));
});

test('payloads with changed bytes and pure noise are read or refused', () => {
  const whole = encode([callSpan(), span({ error: 'x' })]);
  for (let round = 0; round < 1500; round++) {
    const changed = Buffer.from(whole);
    for (const at of randomBytes(1 + (round % 4))) changed[at % changed.length] = randomBytes(1)[0]!;
    outcomeOf(changed);
    outcomeOf(randomBytes(round % 300));
  }
});

/** What is read is within its bounds; what is refused throws a plain error. */
function outcomeOf(bytes: Buffer): void {
  let spans;
  try {
    ({ spans } = decodeSpans(bytes));
  } catch (error) {
    expect(error, bytes.toString('hex')).toBeInstanceOf(Error);
    return;
  }
  for (const one of spans) {
    expect(one.traceId, bytes.toString('hex')).toMatch(/^[0-9a-f]{32}$/);
    expect(one.spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(one.durationMs).toBeGreaterThanOrEqual(0);
    expect(Number.isFinite(one.startedAtMs)).toBe(true);
    expect(one.name.length).toBeLessThanOrEqual(NAME_CHARACTERS);
  }
}
