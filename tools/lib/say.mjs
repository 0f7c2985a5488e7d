/** Progress for people goes to stderr, so that a tool's stdout holds results alone. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Says what is being waited for, and every 15 s that it still is.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function sayWhile(what, work) {
  say(`${what} …`);
  const began = performance.now();
  const timer = setInterval(() => {
    say(`${what} … ${Math.round((performance.now() - began) / 1000)} s`);
  }, 15_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
