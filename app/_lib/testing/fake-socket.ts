/** A WebSocket whose other end the test plays. */
export class FakeSocket extends EventTarget {
  readonly url: string;
  readonly sent: (string | Uint8Array)[] = [];
  binaryType = '';
  isClosed = false;

  constructor(url: string) {
    super();
    this.url = url;
  }

  /** Hands it to code that wants a real one: it has all of it that our code uses. */
  get asWebSocket(): WebSocket {
    return this as unknown as WebSocket;
  }

  send(data: string | Uint8Array): void {
    this.sent.push(data);
  }

  close(): void {
    this.isClosed = true;
  }

  opens(): void {
    this.dispatchEvent(new Event('open'));
  }

  says(data: string | ArrayBuffer): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  closes(code: number): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}
