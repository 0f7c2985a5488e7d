/** What companies put after their names, and modems into theirs. */
const LEGAL = /[,\s]+(incorporated|inc|corporation|corp|company|co|ltd|limited|gmbh|llc)\b\.?/gi;

/** A name without what only lawyers need: `SIMCOM INCORPORATED A7908E` is `SIMCOM A7908E`. */
export function shortName(name: string): string {
  return name.replace(LEGAL, '').trim() || name;
}
