import { expect, test } from 'vitest';
import { enTopics } from '#app/_lib/i18n/en-topics.ts';
import spec from './compose-spec.json';
import { at, ITEM, memberOf, topicOf } from './schema.ts';

/** What the check reads, and what says nothing that it could check. */
const READ =
  '$ref type enum properties patternProperties additionalProperties items oneOf required uniqueItems minimum maximum'.split(
    ' ',
  );
const SAYS_NOTHING = '$schema $id title description default deprecated definitions format'.split(' ');

test('the schema uses no word that is not read', () => {
  const unread = new Set<string>();
  const look = (schema: unknown): void => {
    for (const [word, value] of Object.entries(schema as object)) {
      if (!READ.includes(word) && !SAYS_NOTHING.includes(word)) unread.add(word);
      if (['properties', 'patternProperties', 'definitions'].includes(word))
        for (const one of Object.values(value as object)) look(one);
      if (word === 'oneOf') for (const one of value as unknown[]) look(one);
      if (word === 'items') look(value);
    }
  };
  look(spec);
  expect([...unread]).toEqual([]);
});

test('words are for places that are in the schema', () => {
  const member = (path: string[]) => at(path).length > 0;
  const places: Record<string, string[]> = {
    service: ['services', 'web'],
    build: ['services', 'web', 'build'],
    depends_on: ['services', 'web', 'depends_on', 'db'],
    healthcheck: ['services', 'web', 'healthcheck'],
    deploy: ['services', 'web', 'deploy'],
    network: ['networks', 'back'],
    volume: ['volumes', 'data'],
  };
  const wrong = Object.keys(enTopics)
    .filter((topic) => /^[a-z_.]+$/.test(topic) && !['escape', 'syntax'].includes(topic))
    .filter((topic) => {
      const [place, key] = topic.split('.');
      return !member(key === undefined ? [place!] : [...(places[place!] ?? ['nowhere']), key]);
    });
  expect(wrong).toEqual([]);
});

test('words are found by the place, whatever the learner calls it', () => {
  expect(topicOf(['services'])).toBe('services');
  expect(topicOf(['services', 'web'])).toBeNull();
  expect(topicOf(['services', 'web', 'image'])).toBe('service.image');
  expect(topicOf(['services', 'web', 'depends_on', 'db', 'condition'])).toBe('depends_on.condition');
  expect(topicOf(['services', 'web', 'ports', ITEM, 'target'])).toBe('ports.target');
  expect(topicOf(['networks', 'image', 'driver'])).toBe('network.driver');
});

test('names from the prototype are no keys', () => {
  expect(memberOf({ type: 'object', properties: {}, additionalProperties: false }, 'constructor')).toBeNull();
});
