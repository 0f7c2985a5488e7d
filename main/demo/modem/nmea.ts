/** What a positioning receiver without a fix keeps saying (NMEA 0183). */
const SENTENCES = [
  'GPGSV,1,1,02,05,18,044,21,13,62,289,30',
  'GPGGA,,,,,,0,,,,,,,,',
  'GPRMC,,V,,,,,,,,,,N',
  'GPGSA,A,1,,,,,,,,,,,,,,,',
] as const;

/** One round of sentences with their checksums, as it comes every second. */
export function nmeaRound(): string {
  return SENTENCES.map((body) => `$${body}*${checksum(body)}\r\n`).join('');
}

function checksum(body: string): string {
  let sum = 0;
  for (const character of body) sum ^= character.charCodeAt(0);
  return sum.toString(16).toUpperCase().padStart(2, '0');
}
