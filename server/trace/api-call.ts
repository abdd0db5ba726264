/** Which spans are calls of the engine's API, and what such a call says of itself. */
import type { ApiCall, Span } from './contract.ts';

/** A call as the engine told it; what caused it is found out elsewhere. */
export type SeenCall = Omit<ApiCall, 'command'>;

const SERVICE = 'dockerd';
/** `/v1.45/containers/json`: clients put the version that they speak before every path but `/_ping`. */
const VERSION = /^\/v\d+\.\d+(?=\/)/;

/**
 * Null where the span is none. dockerd 26 names attributes as the HTTP conventions before 1.23 did; its gRPC servers
 * (BuildKit) are servers too, but have no method of HTTP.
 */
export function asApiCall(span: Span): SeenCall | null {
  const { traceId, spanId, startedAtMs, durationMs } = span;
  const method = text(span, 'http.method');
  if (span.service !== SERVICE || span.kind !== 'server' || method === '') return null;
  return {
    traceId,
    spanId,
    method,
    path: text(span, 'http.target').replace(VERSION, ''),
    status: count(span, 'http.status_code'),
    userAgent: text(span, 'user_agent.original'),
    startedAtMs,
    durationMs,
    requestBytes: count(span, 'http.request_content_length'),
    responseBytes: count(span, 'http.response_content_length'),
  };
}

function text(span: Span, key: string): string {
  const value = span.attributes.get(key);
  return typeof value === 'string' ? value : '';
}

function count(span: Span, key: string): number | null {
  const value = span.attributes.get(key);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
