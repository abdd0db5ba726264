/**
 * What dockerd 26.1.5 of a machine posted for one command each, byte for byte: `docker run --rm hello-world`, `docker
 * build` of two RUN lines with BuildKit, `docker compose up -d` of one nginx, and `curl --unix-socket` of the containers.
 * Bodies of one command stand behind one another, which by the rules of protobuf makes one message of them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type RecordedCommand = 'docker-run' | 'docker-build' | 'compose-up' | 'curl';

export function recorded(command: RecordedCommand): Buffer {
  return readFileSync(join(import.meta.dirname, 'recorded', `${command}.bin`));
}
