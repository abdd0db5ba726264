/** What the parts of a figure agree on: areas, points, and the colours of image families. Units are figure pixels. */

/** Image families, as in the X-ray; stone is what belongs to more than one, or to none. */
export type Family = 1 | 2 | 3 | 4 | 5 | 6 | 'stone';
export type Point = readonly [x: number, y: number];
export type Area = { x: number; y: number; w: number; h: number };

export const fillOf = (family: Family) => (family === 'stone' ? 'var(--stone)' : `var(--fam-${family})`);
export const edgeOf = (family: Family) =>
  family === 'stone' ? 'var(--stone-edge)' : `var(--fam-${family}-edge)`;
