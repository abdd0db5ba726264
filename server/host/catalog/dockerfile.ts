/** Reads the part of the Dockerfile language that the catalog's images are written in; refuses the rest by line. */
export type Instruction =
  | { kind: 'arg'; name: string; text: string }
  | { kind: 'label' | 'env'; name: string; value: string; text: string }
  | { kind: 'run'; command: string; text: string }
  | { kind: 'copy'; fromStage: string | null; source: string; destination: string; text: string }
  | { kind: 'cmd' | 'entrypoint'; words: string[]; text: string }
  | { kind: 'volume' | 'expose' | 'user' | 'workdir' | 'stopsignal'; value: string; text: string };

export type Stage = { from: string; name: string | null; instructions: Instruction[] };

export class DockerfileError extends Error {
  constructor(line: number, complaint: string) {
    super(`Dockerfile line ${line}: ${complaint}`);
    this.name = 'DockerfileError';
  }
}

/**
 * One instruction a line, `\` continues it, `#` lines are comments; COPY takes one source, CMD and ENTRYPOINT the
 * JSON form only. `$NAME` and `${NAME}` stand for what `arguments_` gives to an ARG; RUN leaves them to its shell.
 */
export function parseDockerfile(source: string, arguments_: Readonly<Record<string, string>> = {}): Stage[] {
  const stages: Stage[] = [];
  const known = new Map<string, string>();
  for (const { line, text } of logicalLines(source)) {
    const [, word = '', rest = ''] = /^([A-Za-z]+)\s+(.*)$/s.exec(text) ?? [];
    const refuse = (complaint: string): never => {
      throw new DockerfileError(line, complaint);
    };
    if (word === 'FROM') {
      const [, from, name] = /^(\S+)(?:\s+AS\s+(\S+))?$/.exec(rest) ?? [];
      stages.push({ from: from ?? refuse(`cannot read "${text}"`), name: name ?? null, instructions: [] });
      continue;
    }
    const stage = stages.at(-1) ?? refuse('an instruction before FROM');
    if (word === 'ARG') {
      known.set(rest, arguments_[rest] ?? refuse(`nobody gives a value for ARG ${rest}`));
      stage.instructions.push({ kind: 'arg', name: rest, text });
      continue;
    }
    const fill = (value: string) =>
      value.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced, bare) => {
        const name: string = braced ?? bare;
        return known.get(name) ?? refuse(`${name} has no value`);
      });
    stage.instructions.push(readInstruction({ word, rest, fill, refuse }));
  }
  return stages;
}

function readInstruction(from: {
  word: string;
  rest: string;
  fill: (value: string) => string;
  refuse: (complaint: string) => never;
}): Instruction {
  const { word, rest, fill, refuse } = from;
  const value = word === 'RUN' ? rest : fill(rest);
  const text = `${word} ${value}`;
  switch (word) {
    case 'LABEL':
    case 'ENV': {
      const [, name, quoted, bare] = /^([\w.-]+)=(?:"([^"]*)"|(\S+))$/.exec(value) ?? [];
      if (!name) return refuse(`"${text}" is not of the form NAME=VALUE`);
      return { kind: word === 'ENV' ? 'env' : 'label', name, value: quoted ?? bare ?? '', text };
    }
    case 'RUN':
      return { kind: 'run', command: value, text: `RUN /bin/sh -c ${value.replace(/\s+/g, ' ')}` };
    case 'COPY': {
      const [, fromStage, source, destination] = /^(?:--from=(\S+)\s+)?(\S+)\s+(\/\S*)$/.exec(value) ?? [];
      if (!source || !destination)
        return refuse(`"${text}" is not of the form COPY SOURCE /ABSOLUTE/DESTINATION`);
      return { kind: 'copy', fromStage: fromStage ?? null, source, destination, text };
    }
    case 'CMD':
    case 'ENTRYPOINT':
      return { kind: word === 'CMD' ? 'cmd' : 'entrypoint', words: readWords(value, refuse), text };
    case 'VOLUME':
    case 'EXPOSE':
    case 'USER':
    case 'WORKDIR':
    case 'STOPSIGNAL':
      return { kind: word.toLowerCase() as 'volume', value, text };
    default:
      return refuse(`${word || text} is not understood here`);
  }
}

function readWords(value: string, refuse: (complaint: string) => never): string[] {
  let words: unknown;
  try {
    words = JSON.parse(value);
  } catch (error) {
    return refuse(`"${value}" is not JSON (${(error as Error).message})`);
  }
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string'))
    return refuse(`"${value}" is not a list of words`);
  return words;
}

function logicalLines(source: string): { line: number; text: string }[] {
  const found: { line: number; text: string }[] = [];
  let open: { line: number; text: string } | null = null;
  for (const [index, raw] of source.split('\n').entries()) {
    if (/^\s*(#|$)/.test(raw)) continue;
    const text: string = open ? open.text + raw.trimEnd() : raw.trimEnd();
    const line: number = open?.line ?? index + 1;
    if (text.endsWith('\\')) open = { line, text: text.slice(0, -1) };
    else {
      found.push({ line, text });
      open = null;
    }
  }
  if (open) throw new DockerfileError(open.line, 'the last line is continued, but nothing follows');
  return found;
}
