/** Headers by which a browser holds our pages to what we meant them to do. */
import type { ServerResponse } from 'node:http';

/** For every answer, whatever it is. */
export function secure(response: ServerResponse, options: { tls: boolean }): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  // A learner's page, shown from this host, may not read what the API says, not even as an image or a script.
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
  if (options.tls) response.setHeader('strict-transport-security', 'max-age=15552000');
}

/** Answers of the API are data: nothing in them may run or load. */
export const API_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * Policy of a page. Next writes scripts into its pages and gives them the nonce that it finds in this very header of
 * the request; styles are written by the terminal and by React, so inline styles stay allowed.
 */
export function pagePolicy(nonce: string, options: { development: boolean; frames: string }): string {
  const script = `'self' 'nonce-${nonce}'${options.development ? " 'unsafe-eval'" : ''}`;
  return [
    "default-src 'self'",
    `script-src ${script}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    `frame-src ${options.frames}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
