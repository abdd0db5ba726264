/** English: machines and terminals that are added, named, moved and removed. Apart from the dictionary: few pages need it. */
import type { Words } from './en.ts';

export const enMachines = {
  rename: 'Rename',
  nameOf: 'Name of the terminal {name}',
  moveLeft: 'Move left',
  moveRight: 'Move right',
  end: 'Close, and end its shell',
  stacked: 'One above the other',
  add: 'Add a machine',
  addMost: 'Add a machine (three are the most)',
  remove: 'Remove {machine}',
  removeLast: 'Remove {machine} (the last one stays)',
  queued: '{machine} waits for room: number {place} in the queue',
  making: '{machine} is being made',
  removing: '{machine} is being removed',
  removeTitle: 'Remove {machine}?',
  removeText:
    'Everything on {machine} is lost, and its terminals close. The other machines keep what they have.',
  removeConfirm: 'Remove {machine}',
  looking: 'Looking at what is on it',
  lost: 'What is lost',
  containers: { one: '{count} container', other: '{count} containers' },
  images: { one: '{count} image', other: '{count} images' },
  volumes: { one: '{count} volume with its data', other: '{count} volumes with their data' },
  files: { one: '{count} file in the home directory', other: '{count} files in the home directory' },
  filesUnknown: 'Files: too many to count now',
  nothing: 'No containers, images, volumes or files',
  unknown: 'What is on it could not be looked at now.',
} as const;

export type MachineWords = Words<typeof enMachines>;
