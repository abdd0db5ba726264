/** Somebody who teaches, in a browser of their own: acts by the API, as the pages of a class do. */
import { expect, type APIRequestContext, type Page } from '@playwright/test';
import type { ClassView, Note, RosterEntry } from '#server/protocol/classes.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import { FIRST_ACCOUNT } from './first-account.ts';

export class Instructor {
  readonly #page: Page;
  #class: ClassView | null = null;

  constructor(page: Page) {
    this.#page = page;
  }

  async signsIn(): Promise<void> {
    await this.#page.goto('/en');
    const { email, password } = FIRST_ACCOUNT;
    await this.#call('POST', '/api/auth/sign-in/email', { email, password });
  }

  /** The code that leads into it. */
  async makesClass(name: string, lesson: LessonKey, dueAt: string): Promise<string> {
    const settings = { name, locale: 'en', lessons: [{ lesson, dueAt, weight: 1 }], latePercent: 100 };
    const made = await this.#call<ClassView>('POST', '/api/classes', settings);
    this.#class = made;
    const terms = { expiresAt: null, maxUses: null };
    const open = await this.#call<ClassView>('POST', this.#path('/code'), terms);
    return open.code!.code;
  }

  async removesClass(): Promise<void> {
    if (this.#class) await this.#call('DELETE', this.#path());
    this.#class = null;
  }

  roster(): Promise<RosterEntry[]> {
    return this.#call('GET', this.#path('/roster'));
  }

  writes(text: string, command: string | null = null): Promise<Note> {
    return this.#call('POST', this.#path('/notes'), { text, command, learner: null });
  }

  pauses(paused: boolean): Promise<ClassView> {
    return this.#call('POST', this.#path('/pause'), { paused });
  }

  /** Opens a learner's terminal, and keeps it open. */
  async watches(sandbox: string): Promise<void> {
    await this.#page.evaluate(
      (id) =>
        new Promise<void>((resolve, reject) => {
          const socket = new WebSocket(`/api/sandboxes/${id}/machines/node1/terminals/1`);
          Object.assign(window, { watched: socket });
          socket.binaryType = 'arraybuffer';
          socket.addEventListener('open', () =>
            socket.send(JSON.stringify({ type: 'hello', cols: 80, rows: 24 })),
          );
          socket.addEventListener('message', () => resolve(), { once: true });
          socket.addEventListener('close', ({ code }) => reject(new Error(`closed with ${code}`)));
        }),
      sandbox,
    );
  }

  asksToType(sandbox: string, wanted = true): Promise<null> {
    return this.#call('POST', `/api/sandboxes/${sandbox}/typing`, { wanted });
  }

  async types(text: string): Promise<void> {
    await this.#page.evaluate((keys) => {
      const { watched } = window as unknown as { watched: WebSocket };
      watched.send(new TextEncoder().encode(keys));
    }, text);
  }

  async goes(): Promise<void> {
    await this.#page.evaluate(() => (window as unknown as { watched: WebSocket }).watched.close());
  }

  #path(rest = ''): string {
    if (!this.#class) throw new Error('invariant: there is a class');
    return `/api/classes/${this.#class.id}${rest}`;
  }

  #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return ask<T>(this.#page.request, { method, path, body, origin: new URL(this.#page.url()).origin });
  }
}

type Question = { method: string; path: string; body?: unknown; origin: string };

/** By the API, in the name of whoever the browser is signed in as. */
export async function ask<T>(request: APIRequestContext, question: Question): Promise<T> {
  const { method, path, body, origin } = question;
  const answer = await request.fetch(path, { method, data: body, headers: { origin } });
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return answer.status() === 204 ? (null as T) : ((await answer.json()) as T);
}
