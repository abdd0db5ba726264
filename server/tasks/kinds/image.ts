/** The kind `image`: is it there, what are its layers, what does it share. */
import type { ImageExpectation } from '#server/lessons/expectation.ts';
import type { Image, World } from '#server/world/contract.ts';
import type { Localized } from '../../protocol/ids.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { findImage, otherTags, parseRef } from '../image-ref.ts';
import { describeQuantity, satisfies } from '../quantity.ts';
import { formatImageSize, parseSize } from '../sizes.ts';
import { DEFAULT_MACHINE, fact, UNSEEN, type Sources, type Verdict } from '../verdict.ts';
import { configFacts } from './image-config.ts';

export function judgeImage(expect: ImageExpectation, sources: Sources): Verdict {
  const world = sources.world(expect.machine ?? DEFAULT_MACHINE);
  if (!world) return UNSEEN;
  const image = findImage(world, expect.ref);
  const present = presentFact(expect, image, world);
  if (expect.present === false) return { passed: present.ok, near: false, facts: [present] };
  if (!image) return { passed: false, near: present.words !== null, facts: [present] };
  const facts = [present, ...imageFacts(expect, image, world)];
  const passed = facts.every(({ ok }) => ok);
  // That an image is there says nothing of the learner: it may have come with the machine.
  return { passed, near: !passed && facts.length > 1, facts };
}

function presentFact(expect: ImageExpectation, image: Image | null, world: World): Fact {
  const { ref, present = true } = expect;
  const others = otherTags(world, ref);
  const short = parseRef(ref).tag === null ? `${ref}:latest` : ref;
  return fact({
    field: 'present',
    ok: (image !== null) === present,
    expected: String(present),
    actual: image ? (image.tags[0] ?? image.id) : null,
    label: present
      ? { en: `image ${ref} is there`, zh: `有镜像 ${ref}` }
      : { en: `image ${ref} is gone`, zh: `镜像 ${ref} 已删除` },
    words:
      image !== null
        ? { en: `${ref} is still there`, zh: `${ref} 还在` }
        : others.length > 0
          ? {
              en: `you have ${others.join(', ')}, not ${short}`,
              zh: `你有的是 ${others.join('、')}，而不是 ${short}`,
            }
          : null,
  });
}

function imageFacts(expect: ImageExpectation, image: Image, world: World): Fact[] {
  const facts: Fact[] = [];
  const { layers, sharesLayersWith, builtFrom, digest, size, config } = expect;
  if (layers !== undefined) {
    const wanted = describeQuantity(layers);
    facts.push(
      fact({
        field: 'layers',
        ok: satisfies(image.layers.length, layers),
        expected: wanted.en,
        actual: String(image.layers.length),
        label: { en: `layers: ${wanted.en}`, zh: `层数：${wanted.zh}` },
        words: { en: `it has ${image.layers.length}`, zh: `它有 ${image.layers.length} 层` },
      }),
    );
  }
  if (sharesLayersWith !== undefined) facts.push(shareFact(sharesLayersWith, image, world));
  if (builtFrom !== undefined) facts.push(baseFact(builtFrom, image, world));
  if (digest !== undefined)
    facts.push(
      fact({
        field: 'digest',
        ok: image.digests.some((known) => known.endsWith(`@${digest}`)),
        expected: digest,
        actual: image.digests[0] ?? null,
        label: { en: 'digest', zh: '摘要' },
        words: {
          en: `its digest is ${image.digests[0] ?? '–'}`,
          zh: `它的摘要是 ${image.digests[0] ?? '–'}`,
        },
      }),
    );
  if (size !== undefined) facts.push(sizeFact(size, image));
  if (config !== undefined) facts.push(...configFacts(config, image.config));
  return facts;
}

function shareFact(other: string, image: Image, world: World): Fact {
  const known = findImage(world, other);
  const shared = known ? image.layers.filter((layer) => known.layers.includes(layer)).length : 0;
  return fact({
    field: 'sharesLayersWith',
    ok: shared > 0,
    expected: other,
    actual: String(shared),
    label: { en: `shares layers with ${other}`, zh: `与 ${other} 共享层` },
    words: known
      ? { en: `they have no layer in common`, zh: `它们没有相同的层` }
      : { en: `${other} is not here`, zh: `这里没有 ${other}` },
  });
}

function baseFact(base: string, image: Image, world: World): Fact {
  const known = findImage(world, base);
  const ok =
    known !== null &&
    known.id !== image.id &&
    known.layers.length > 0 &&
    known.layers.every((layer, index) => image.layers[index] === layer);
  return fact({
    field: 'builtFrom',
    ok,
    expected: base,
    actual: null,
    label: { en: `built from ${base}`, zh: `基于 ${base} 构建` },
    words: baseWords(base, image, known),
  });
}

function baseWords(base: string, image: Image, known: Image | null): Localized {
  if (!known) return { en: `${base} is not here`, zh: `这里没有 ${base}` };
  if (known.id === image.id) return { en: `it is ${base} itself`, zh: `它就是 ${base} 本身` };
  return { en: `its first layers are not those of ${base}`, zh: `它最底下的几层不是 ${base} 的层` };
}

function sizeFact(size: NonNullable<ImageExpectation['size']>, image: Image): Fact {
  const { min, max } = size;
  const wanted = [min && `≥ ${min}`, max && `≤ ${max}`].filter(Boolean).join(', ');
  const now = formatImageSize(image.sizeBytes);
  return fact({
    field: 'size',
    ok: image.sizeBytes >= (min ? parseSize(min) : 0) && image.sizeBytes <= (max ? parseSize(max) : Infinity),
    expected: wanted,
    actual: now,
    label: { en: `size ${wanted}`, zh: `大小 ${wanted}` },
    words: { en: `it has ${now}`, zh: `它有 ${now}` },
  });
}
