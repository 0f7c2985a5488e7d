/** The parts of what a QR holds (SGP.22 §4.1): `LPA:1$<SM-DP+>$<matching ID>[$<OID>[$1]]`. */
export interface LpaParts {
  readonly smdpAddress: string;
  /** Empty where the SM-DP+ knows the eUICC by its EID. */
  readonly matchingId: string;
}

/** Null where the text is no LPA string. */
export function parseLpa(text: string): LpaParts | null {
  const found = /^LPA:1\$([^$]+)\$([^$]*)(\$.*)?$/i.exec(text.trim());
  if (found === null) return null;
  return { smdpAddress: found[1] ?? '', matchingId: found[2] ?? '' };
}
