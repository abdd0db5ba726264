/** A thing that can be done by name from the palette. */
export type Command = {
  id: string;
  group: 'steps' | 'actions';
  label: string;
  keys?: string;
  run: () => void;
};
