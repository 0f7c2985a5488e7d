import { Counter } from './tally.mjs';

/** Playwright's reporter that counts for `npm test`. @implements {Pick<import('@playwright/test/reporter').Reporter, 'onBegin' | 'onError' | 'onEnd'>} */
export default class PlaywrightTally {
  /** @type {import('@playwright/test/reporter').Suite | undefined} */
  #all;
  /** @type {string[]} */
  #errors = [];

  /** @param {import('@playwright/test/reporter').FullConfig} _config @param {import('@playwright/test/reporter').Suite} all */
  onBegin(_config, all) {
    this.#all = all;
  }

  /** @param {import('@playwright/test/reporter').TestError} error */
  onError(error) {
    this.#errors.push(error.message ?? error.value ?? 'unknown');
  }

  onEnd() {
    const counter = new Counter();
    for (const test of this.#all?.allTests() ?? []) {
      const name = test.titlePath().filter(Boolean).join(' > ');
      const skip = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
      const outcome = test.outcome();
      if (outcome === 'expected') counter.passed();
      else if (outcome === 'flaky') counter.failed(`${name} (passed on another try)`);
      else if (outcome === 'unexpected') {
        const errors = test.results.at(-1)?.errors ?? [];
        counter.failed(
          name,
          errors.map(({ message, value }) => message ?? value ?? ''),
        );
      }
      // One that nobody skipped: an earlier one in its chain failed, or the run was broken off.
      else if (!skip) counter.failed(`${name} (did not run)`);
      else counter.skipped(name, skip.description);
    }
    for (const error of this.#errors) counter.failed(`an error outside of any test: ${error}`);
    counter.write();
    return Promise.resolve();
  }

  printsToStdio() {
    return false;
  }
}
