/** An amount of storage by powers of 1024: `3.4 GiB`, `512 MiB`. */
export function bytesText(bytes: number): string {
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let amount = bytes / 1024;
  let index = 0;
  for (; amount >= 1024 && index < units.length - 1; index += 1) amount /= 1024;
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${units[index]}`;
}
