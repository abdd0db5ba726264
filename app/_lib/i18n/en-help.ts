/** English: the editor's help with Dockerfiles and compose files. It comes with the first such file that is opened. */
import type { Words } from './en.ts';

export const enHelp = {
  problems: { one: '{count} problem', other: '{count} problems' },
  none: 'No problems',
  list: 'Problems of {path}',
  line: 'Line {line}',
  severity: { error: 'Error', warning: 'Warning', info: 'Note' },
  format: 'Format',
  didYouMean: 'Did you mean {near}?',
  type: 'It takes {types}.',
  types: {
    string: 'a text',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'true or false',
    null: 'nothing',
    object: 'a map (key: value)',
    array: 'a list (- item)',
  },
  or: ' or ',
  images: {
    absent: '{name} is not in the catalog.',
    there: 'The catalog has {names} and more.',
    noTag: 'The catalog has {name} with other tags: {tags}.',
  },
  compose: {
    'unknown-key': 'Compose knows no {key} here.',
    'bad-name': '{key} cannot be a name here: letters, digits, dot, dash and underscore.',
    'wrong-type': '{key} must be {types}.',
    'wrong-item': 'This must be {types}.',
    'missing-key': '{key} is missing here.',
    'not-one-of': 'This must be one of {values}.',
    'too-small': '{key} must be {least} or more.',
    'too-large': '{key} must be {most} or less.',
    twice: '{value} stands in this list twice.',
    'nothing-to-run': '{service} needs image or build: what should it run?',
    'undeclared-services': 'There is no service {name} in this file.',
    'undeclared-networks':
      'There is no network {name} in this file: add it under networks, at the left edge.',
    'undeclared-volumes': 'There is no volume {name} in this file: add it under volumes, at the left edge.',
    'undeclared-secrets': 'There is no secret {name} in this file: add it under secrets, at the left edge.',
    'undeclared-configs': 'There is no config {name} in this file: add it under configs, at the left edge.',
  },
} as const;

export type HelpWords = Words<typeof enHelp>;
