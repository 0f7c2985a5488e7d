/** Times and durations as the window writes them. All times are ms since 1970, shown in this computer's zone. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** `10:42:07` */
export function clockTime(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `10:42:07.120` */
export function clockTimeMs(at: number): string {
  return `${clockTime(at)}.${String(new Date(at).getMilliseconds()).padStart(3, '0')}`;
}

/** `24 Nov 2026` */
export function day(at: number): string {
  const date = new Date(at);
  return `${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`;
}

function daysApart(earlier: number, later: number): number {
  const from = new Date(earlier);
  const to = new Date(later);
  // Through UTC, so that a day of 23 or 25 hours still counts as one.
  return Math.round(
    (Date.UTC(to.getFullYear(), to.getMonth(), to.getDate()) -
      Date.UTC(from.getFullYear(), from.getMonth(), from.getDate())) /
      DAY,
  );
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** As short as it can be and still be told apart: `10:42`, in the last days `Mon 10:42`, `3 Nov`, `3 Nov 2025`. */
export function shortWhen(at: number, now: number): string {
  const date = new Date(at);
  const minutes = `${two(date.getHours())}:${two(date.getMinutes())}`;
  const apart = daysApart(at, now);
  if (apart === 0) return minutes;
  if (apart > 0 && apart < 7) return `${WEEKDAYS[date.getDay()]} ${minutes}`;
  if (date.getFullYear() === new Date(now).getFullYear())
    return `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  return day(at);
}

/** With seconds where it was today, with the day where it was not: `10:42:07`, `3 Nov 2026 10:42:07`. */
export function fullWhen(at: number, now: number): string {
  return daysApart(at, now) === 0 ? clockTime(at) : `${day(at)} ${clockTime(at)}`;
}

/** `0.3 s`, `22 s`, `1 min 12 s`, `2 h 5 min`, `3 days`. Never negative: a clock may have been set back. */
export function duration(ms: number): string {
  const span = Math.max(0, ms);
  if (span < 9.95 * SECOND) return `${(span / SECOND).toFixed(1)} s`;
  if (span < MINUTE) return `${Math.floor(span / SECOND)} s`;
  if (span < HOUR) return joined(Math.floor(span / MINUTE), 'min', Math.floor((span % MINUTE) / SECOND), 's');
  if (span < DAY) return joined(Math.floor(span / HOUR), 'h', Math.floor((span % HOUR) / MINUTE), 'min');
  const days = Math.floor(span / DAY);
  return days === 1 ? '1 day' : `${days} days`;
}

/** Time gone by, counted in whole seconds so that it ticks evenly: `0 s`, `7 s`, `1 min 12 s`. */
export function elapsed(ms: number): string {
  const span = Math.max(0, ms);
  return span < 10 * SECOND ? `${Math.floor(span / SECOND)} s` : duration(span);
}

function joined(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}
