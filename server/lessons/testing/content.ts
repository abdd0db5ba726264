/** Writes small content folders for tests: a sound lesson, which a test then spoils in one place. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fingerprint } from '../fingerprint.ts';

export const LESSON = `title: { en: One, zh: 一 }
summary: { en: First, zh: 第一课 }
minutes: 5
machines:
  - name: node1
    images: [nginx]
steps:
  - id: run
    tasks:
      - id: web
        title: { en: Run it, zh: 运行 }
        expect:
          - container: { name: web, running: true }
        hints:
          - { en: Use docker run., zh: 使用 docker run。 }
  - id: count
    tasks:
      - id: how-many
        title: { en: How many?, zh: 多少？ }
        expect:
          - answer: { number: 1 }
`;

export const ENGLISH = `## Run {#run}

Start a container:

\`\`\`sh run
docker run -d --name web nginx
\`\`\`

::task{id=web}

## Count {#count}

How many?

::quiz{id=how-many}
`;

const CHINESE = ENGLISH.replace('## Run', '## 运行').replace('Start a container:', '启动一个容器：');

export const chinese = (text = CHINESE, english = ENGLISH) =>
  `---\nenglish: ${fingerprint(english)}\n---\n${text}`;

const FOLDER = 'basics/01-first';
const SOUND: Record<string, string> = {
  'basics/course.yaml': 'title: { en: Basics, zh: 基础 }\nsummary: { en: All, zh: 全部 }\norder: 1\n',
  [`${FOLDER}/lesson.yaml`]: LESSON,
  [`${FOLDER}/lesson.en.md`]: ENGLISH,
  [`${FOLDER}/lesson.zh.md`]: chinese(),
  [`${FOLDER}/proof/run.sh`]: 'docker run -d --name web nginx\n',
  [`${FOLDER}/proof/count.sh`]: '# give how-many: 1\n',
};

/** A content directory with one sound lesson, `basics/01-first`; `change` lays files over it, null removes one. */
export async function writeContent(
  change: Record<string, string | null> = {},
): Promise<AsyncDisposable & { directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'drydock-content-'));
  for (const [path, text] of Object.entries({ ...SOUND, ...change })) {
    if (text === null) continue;
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) };
}
