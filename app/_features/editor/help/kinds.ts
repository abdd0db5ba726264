/** Which files the editor helps with, by their names. */
import { nameOf } from '../tree.ts';

export type HelpKind = 'dockerfile' | 'compose';

const DOCKERFILE = /^(Dockerfile|Containerfile)(\..+)?$|\.dockerfile$/i;
const COMPOSE = /^(docker-)?compose(\..+)?\.ya?ml$/i;

export function helpKindOf(path: string): HelpKind | null {
  const name = nameOf(path);
  // Docker's own companion of a Dockerfile lists what is left out: it is no Dockerfile.
  if (/\.dockerignore$/i.test(name)) return null;
  return DOCKERFILE.test(name) ? 'dockerfile' : COMPOSE.test(name) ? 'compose' : null;
}

/** Alone, and not laid over another: all that it names must be in it. */
export function isWholeProject(path: string): boolean {
  return /^(docker-)?compose\.ya?ml$/i.test(nameOf(path));
}
