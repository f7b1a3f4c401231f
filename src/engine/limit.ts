/** Runs what it is given, as much at once as it allows; the rest waits in order. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

export function createLimit(most: number): Limit {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place goes straight to the next in line, so that nobody can slip in between.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
