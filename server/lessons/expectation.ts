/** What a task may expect: the kinds and how they combine. The tasks room judges them. */
import { z } from 'zod';
import { answerExpectationSchema, type AnswerExpectation } from './expectations/answer.ts';
import { containerExpectationSchema, type ContainerExpectation } from './expectations/container.ts';
import { imageExpectationSchema, type ImageExpectation } from './expectations/image.ts';
import {
  fileExpectationSchema,
  httpExpectationSchema,
  registryExpectationSchema,
  shellExpectationSchema,
  type FileExpectation,
  type HttpExpectation,
  type RegistryExpectation,
  type ShellExpectation,
} from './expectations/probed.ts';
import {
  apiExpectationSchema,
  commandExpectationSchema,
  type ApiExpectation,
  type CommandExpectation,
} from './expectations/typed.ts';
import {
  networkExpectationSchema,
  volumeExpectationSchema,
  type NetworkExpectation,
  type VolumeExpectation,
} from './expectations/volume-network.ts';

export type * from './expectations/answer.ts';
export type * from './expectations/container.ts';
export type * from './expectations/image.ts';
export { wordsSchema, type Quantity } from './expectations/parts.ts';
export type * from './expectations/probed.ts';
export type * from './expectations/typed.ts';
export type * from './expectations/volume-network.ts';

/** One schema a kind: the key under which it stands in lesson.yaml. */
export const KINDS = {
  container: containerExpectationSchema,
  image: imageExpectationSchema,
  volume: volumeExpectationSchema,
  network: networkExpectationSchema,
  file: fileExpectationSchema,
  http: httpExpectationSchema,
  registry: registryExpectationSchema,
  command: commandExpectationSchema,
  api: apiExpectationSchema,
  shell: shellExpectationSchema,
  answer: answerExpectationSchema,
} as const;
export type Kind = keyof typeof KINDS;
export const COMBINATORS = ['not', 'all', 'any'] as const;

export type Expectation =
  | { container: ContainerExpectation }
  | { image: ImageExpectation }
  | { volume: VolumeExpectation }
  | { network: NetworkExpectation }
  | { file: FileExpectation }
  | { http: HttpExpectation }
  | { registry: RegistryExpectation }
  | { command: CommandExpectation }
  | { api: ApiExpectation }
  | { shell: ShellExpectation }
  | { answer: AnswerExpectation }
  | { not: Expectation }
  | { all: Expectation[] }
  | { any: Expectation[] };

export const expectationSchema: z.ZodType<Expectation> = z.lazy(() =>
  z.union([
    z.strictObject({ container: KINDS.container }),
    z.strictObject({ image: KINDS.image }),
    z.strictObject({ volume: KINDS.volume }),
    z.strictObject({ network: KINDS.network }),
    z.strictObject({ file: KINDS.file }),
    z.strictObject({ http: KINDS.http }),
    z.strictObject({ registry: KINDS.registry }),
    z.strictObject({ command: KINDS.command }),
    z.strictObject({ api: KINDS.api }),
    z.strictObject({ shell: KINDS.shell }),
    z.strictObject({ answer: KINDS.answer }),
    z.strictObject({ not: expectationSchema }),
    z.strictObject({ all: z.array(expectationSchema).min(1).max(10) }),
    z.strictObject({ any: z.array(expectationSchema).min(1).max(10) }),
  ]),
);

/** The question of a task, where it asks one; the loader sees to it that it then expects nothing else. */
export function answerOf(expect: readonly Expectation[]): AnswerExpectation | null {
  const [only] = expect;
  return expect.length === 1 && only && 'answer' in only ? only.answer : null;
}
