/** An engine that hands connections over as dockerd does, with a BuildKit behind it that answers what a test says. */
import { createServer, type Server } from 'node:http';
import { createServer as createHttp2, type Http2Server, type IncomingHttpHeaders } from 'node:http2';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import protobuf from 'protobufjs/minimal.js';

/** Bytes as they go out, and gRPC's status; null: it ends without one. */
export type Answer = { sent: Buffer; status: string | null };

export function message(body: Uint8Array, announced = body.length): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(announced, 1);
  return Buffer.concat([prefix, body]);
}

/** A field of a message: a number, text or bytes, or a message in turn. */
export type Part = [field: number, value: string | number | Uint8Array | Part[]];

export function encoded(parts: Part[]): Uint8Array {
  const writer = protobuf.Writer.create();
  for (const [field, value] of parts) {
    if (typeof value === 'number') writer.uint32(field << 3).int64(value);
    else if (typeof value === 'string') writer.uint32((field << 3) | 2).string(value);
    else writer.uint32((field << 3) | 2).bytes(value instanceof Uint8Array ? value : encoded(value));
  }
  return writer.finish();
}

export class FakeBuildKit implements AsyncDisposable {
  readonly answers = new Map<string, Answer>();
  readonly asked: { path: string; body: Buffer; headers: IncomingHttpHeaders }[] = [];
  /** What the engine says instead of handing over. */
  refusal: string | null = null;
  readonly #sockets = new Set<Socket>();
  readonly #engine: Server;
  readonly #kit: Http2Server;

  constructor() {
    this.#kit = createHttp2((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.asked.push({ path: request.url, body: Buffer.concat(chunks), headers: request.headers });
        const { sent, status } = this.answers.get(request.url) ?? { sent: Buffer.alloc(0), status: '12' };
        response.setHeader('content-type', 'application/grpc');
        response.write(sent);
        if (status !== null) response.addTrailers({ 'grpc-status': status });
        response.end();
      });
    });
    this.#engine = createServer((_request, response) => response.writeHead(404).end());
    this.#engine.on('upgrade', (request, socket) => {
      if (this.refusal !== null || request.url !== '/grpc') {
        socket.end(this.refusal ?? 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n');
        return;
      }
      socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
      this.#kit.emit('connection', socket);
    });
    this.#engine.on('connection', (socket: Socket) => this.#sockets.add(socket));
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#engine.listen(0, '127.0.0.1', resolve));
    return this;
  }

  readonly dial = async (): Promise<Duplex> => {
    const socket = connect((this.#engine.address() as AddressInfo).port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
  };

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#kit.close();
    await new Promise((resolve) => this.#engine.close(resolve));
  }
}
