/** Builds as a test says that they went. */
import type { Builds } from '#server/builds/contract.ts';
import { Emitter } from '#server/lib/emitter.ts';
import type { Build, BuildNote } from '#server/protocol/builds.ts';

export class FakeBuilds implements Builds {
  readonly ended = new Emitter<{ sandbox: string; note: BuildNote }>();
  readonly known = new Map<string, Build[]>();

  async of(sandbox: string): Promise<Build[]> {
    return this.known.get(sandbox) ?? [];
  }

  on(listener: (event: { sandbox: string; note: BuildNote }) => void) {
    return this.ended.on(listener);
  }
}
