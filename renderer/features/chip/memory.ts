const KIB = 1024;
const MIB = 1024 * KIB;

/** Bytes with three digits that matter, in powers of 1024: `812 B`, `11.8 KiB`, `427 KiB`, `1.25 MiB`. */
export function bytesWord(bytes: number): string {
  if (bytes < KIB) return `${Math.round(bytes)} B`;
  const [value, unit] = bytes < MIB ? [bytes / KIB, 'KiB'] : [bytes / MIB, 'MiB'];
  return `${Number(value.toPrecision(value >= 1000 ? 4 : 3))} ${unit}`;
}

/**
 * Where the bar of free memory ends. An eUICC tells what is free and never how large it is, so the bar is no share of the
 * chip: it is a ruler. 1 MiB for every chip, so that two of them can be compared; longer by doubling for the few that have more.
 */
export function memoryScale(freeBytes: number): number {
  let end = MIB;
  while (freeBytes > end) end *= 2;
  return end;
}

/** The ruler's marks: a quarter each, both ends too. */
export function memoryMarks(scale: number): ReadonlyArray<{ readonly at: number; readonly label: string }> {
  return [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: at === 0 ? '0' : bytesWord(scale * at) }));
}
