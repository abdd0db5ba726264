/** Lays out the folder of a new lesson: small, sound and proven from the first moment, so that an author only changes it. */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lessonKeySchema } from '../protocol/ids.ts';
import { fingerprint } from './fingerprint.ts';
import { numberedFolders, readIfThere } from './folder.ts';

/** Said to the author as it stands. */
export class LayOutError extends Error {
  readonly code = 'not_laid_out';
}

const LESSON = `# yaml-language-server: $schema=../../lesson.schema.json
title: { en: 'A new lesson', zh: 新的一课 }
summary:
  en: Say in one sentence what the learner can do afterwards.
  zh: 用一句话说明学完之后会做什么。
minutes: 10
machines:
  - name: node1
    images: [nginx]
steps:
  - id: serve
    tasks:
      - id: web
        title: { en: 'Run nginx in the background, named web', zh: 在后台运行 nginx，命名为 web }
        expect:
          - container: { name: web, image: nginx, running: true }
        hints:
          - en: -d puts it in the background, --name gives the name.
            zh: -d 让它在后台运行，--name 指定名字。
          - en: Type docker run -d --name web nginx.
            zh: 输入 docker run -d --name web nginx。
      - id: layers
        title: { en: How many layers does the image nginx have?, zh: 镜像 nginx 有几层？ }
        expect:
          - answer: { number: { layers: nginx } }
        hints:
          - en: "docker image inspect nginx lists them under RootFS."
            zh: docker image inspect nginx 的 RootFS 下列出了所有层。
`;

const ENGLISH = `## Serve {#serve}

Start a web server. **Before you click: will the prompt come back at once?**

\`\`\`sh run
docker run -d --name web nginx
\`\`\`

::task{id=web}

It came back, and the server runs on: \`-d\` leaves it in the background. Its image is made of layers:

\`\`\`sh run
docker image inspect nginx --format '{{len .RootFS.Layers}}'
\`\`\`

::quiz{id=layers}
`;

const CHINESE = `## 提供服务 {#serve}

启动一个 Web 服务器。**点击之前先想一想：提示符会马上回来吗？**

\`\`\`sh run
docker run -d --name web nginx
\`\`\`

::task{id=web}

提示符回来了，服务器继续运行：\`-d\` 让它留在后台。它的镜像由若干层组成：

\`\`\`sh run
docker image inspect nginx --format '{{len .RootFS.Layers}}'
\`\`\`

::quiz{id=layers}
`;

const FILES: Record<string, string> = {
  'lesson.yaml': LESSON,
  'lesson.en.md': ENGLISH,
  'lesson.zh.md': `---\nenglish: ${fingerprint(ENGLISH)}\n---\n\n${CHINESE}`,
  'proof/serve.sh': `# for web
docker run -d --name web nginx
# for layers
# give layers: $(docker image inspect nginx --format '{{len .RootFS.Layers}}')
`,
  'proof/wrong/web.other-name.sh': '# answer: name\ndocker run -d --name wob nginx\n',
};

const COURSE = (id: string, order: number) => `title: { en: '${id}', zh: '${id}' }
summary:
  en: Say in one sentence what the course is about.
  zh: 用一句话说明这门课程讲什么。
order: ${order}
`;

/**
 * @param content The directory with the courses.
 * @param name `course/lesson`; a course that is not there yet is made.
 * @returns the lesson's folder. Rejects with LayOutError, and leaves nothing behind, where it cannot be.
 */
export async function layOut(content: string, name: string): Promise<string> {
  const [course = '', lesson = '', ...rest] = name.split('/');
  if (rest.length > 0 || !lessonKeySchema.safeParse({ course, lesson }).success)
    throw new LayOutError(
      'Name it course/lesson in small letters, digits and hyphens: npm run new-lesson -- docker-basics/volumes',
    );
  const directory = join(content, course);
  const isNewCourse = (await readIfThere(join(directory, 'course.yaml'))) === null;
  if (isNewCourse) await makeCourse(content, course);
  const others = await numberedFolders(directory);
  if (others.some(({ id }) => id === lesson)) throw new LayOutError(`There is a lesson ${name} already.`);
  const last = Math.max(0, ...others.map(({ name }) => Number(name.slice(0, 2))));
  if (last >= 99) throw new LayOutError(`The course ${course} is full: lessons are numbered from 01 to 99.`);
  const folder = join(directory, `${String(last + 1).padStart(2, '0')}-${lesson}`);
  const draft = join(directory, `.draft-${process.pid}`);
  try {
    for (const [path, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(draft, path)), { recursive: true });
      await writeFile(join(draft, path), text);
    }
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

async function makeCourse(content: string, id: string): Promise<void> {
  const courses = (await readdir(content, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  await mkdir(join(content, id), { recursive: true });
  await writeFile(join(content, id, 'course.yaml'), COURSE(id, courses.length + 1));
}
