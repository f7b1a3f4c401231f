/** Requests that are under way at once. Azure allows some hundred a minute of a subscription for lists of images. */
const AT_ONCE = 10;

/** Does the work for each item, a few at a time. @returns the results, in the items' order */
export async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE)
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  return results;
}
