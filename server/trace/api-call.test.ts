import { expect, test } from 'vitest';
import { asApiCall } from './api-call.ts';
import { decodeSpans } from './otlp.ts';
import { recorded, type RecordedCommand } from './testing/recorded.ts';
import { callSpan, span } from './testing/spans.ts';

const callsOf = (command: RecordedCommand) =>
  decodeSpans(recorded(command))
    .spans.flatMap((one) => asApiCall(one) ?? [])
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs);

test('`docker run` is five calls', () => {
  const calls = callsOf('docker-run');
  const line = ({ method, path, status }: (typeof calls)[number]) =>
    `${method} ${path.replace(/[0-9a-f]{64}/, 'ID')} ${status}`;
  expect(calls.map(line)).toEqual([
    'HEAD /_ping 200',
    'POST /containers/create 201',
    'POST /containers/ID/attach 200',
    'POST /containers/ID/wait 200',
    'POST /containers/ID/start 204',
  ]);
  expect(calls[1]).toMatchObject({
    userAgent: 'Docker-Client/26.1.5+dfsg1 (linux)',
    requestBytes: 1716,
    responseBytes: 88,
  });
});

test('clients are told apart by their names', () => {
  expect(callsOf('curl')).toMatchObject([{ path: '/containers/json', userAgent: 'curl/8.14.1' }]);
  const agents = new Set(callsOf('compose-up').map(({ userAgent }) => userAgent));
  expect(agents).toEqual(new Set(['Docker-Client/unknown-version (linux)', 'compose/2.26.1-4']));
});

test('BuildKit serves by gRPC behind one call, and buildx tells of the same calls from its side', () => {
  const paths = callsOf('docker-build').map(({ method, path }) => `${method} ${path}`);
  expect(paths.filter((path) => path === 'POST /grpc')).toHaveLength(4);
  expect(new Set(paths)).toEqual(new Set(['HEAD /_ping', 'GET /version', 'POST /grpc']));
});

test('what says nothing of HTTP is no call', () => {
  expect(asApiCall(span({ kind: 'server' }))).toBeNull();
  expect(asApiCall(callSpan({ kind: 'client' }))).toBeNull();
  expect(asApiCall(callSpan({ service: 'buildx' }))).toBeNull();
});

test('nonsense in place of numbers is no number', () => {
  const attributes = new Map([
    ['http.method', 'GET'],
    ['http.status_code', 'fine'],
    ['http.request_content_length', -1],
    ['http.response_content_length', 0.5],
  ] as [string, string | number][]);
  expect(asApiCall(span({ kind: 'server', attributes }))).toMatchObject({
    path: '',
    status: null,
    requestBytes: null,
    responseBytes: null,
    userAgent: '',
  });
});
