/** Lets only so many pieces of work run at once; the others wait in line. */
export type WithPermit = <Value>(work: () => Promise<Value>) => Promise<Value>;

export function createPermits(count: number): WithPermit {
  let free = count;
  // As long as the list of images: every waiter is one of them.
  const line: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((turn) => line.push(turn));
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else free += 1;
    }
  };
}
