/** What a machine must be asked for, since no event tells it: files, web pages, what a script finds, what a container changed. */

export type FileProbe = {
  kind: 'file';
  machine: string;
  /** Name of the container in which to look; null: on the machine itself. */
  container: string | null;
  path: string;
};

export type HttpProbe = {
  kind: 'http';
  machine: string;
  port: number;
  path: string;
  headers: Readonly<Record<string, string>>;
};

export type ShellProbe = { kind: 'shell'; machine: string; script: string };

export type DiffProbe = {
  kind: 'diff';
  machine: string;
  /** Id of the container. */
  container: string;
};

export type Probe = FileProbe | HttpProbe | ShellProbe | DiffProbe;

export type FileFinding =
  | { type: 'missing' | 'directory' }
  /** A device, a socket, a pipe. */
  | { type: 'other' }
  /** The first 256 KiB; what is no UTF-8 is replaced. */
  | { type: 'file'; text: string };

export type HttpFinding =
  /** Nothing listens. */
  | { type: 'refused' }
  /** Something listens, but does not answer in HTTP, or not in time. */
  | { type: 'silent' }
  | {
      type: 'answer';
      status: number;
      /** Names in small letters. */
      headers: Readonly<Record<string, string>>;
      /** The first 256 KiB. */
      text: string;
    };

export type ShellFinding = { exitCode: number; stdout: string };

/** Paths inside the container. */
export type DiffFinding = {
  added: readonly string[];
  changed: readonly string[];
  deleted: readonly string[];
};

export type FindingOf<Asked extends Probe> = {
  file: FileFinding;
  http: HttpFinding;
  shell: ShellFinding;
  diff: DiffFinding;
}[Asked['kind']];

export interface Probes {
  /** Null when it could not be seen: the machine sleeps, does not answer in time, or answers nonsense. Never rejects. */
  look<Asked extends Probe>(sandbox: string, probe: Asked): Promise<FindingOf<Asked> | null>;
}
