import { Counter } from './tally.mjs';

/**
 * What errors say, each with what caused it: a property test has the counterexample in the one and what was wrong in the other.
 * @param {readonly {message: string, cause?: unknown}[]} errors
 */
const messagesOf = (errors = []) =>
  errors.flatMap(({ message, cause }) => {
    const below =
      typeof cause === 'object' && cause !== null && 'message' in cause ? [String(cause.message)] : [];
    return [message, ...below];
  });

/** Vitest's reporter that counts for `npm test`. @implements {Pick<import('vitest/node').Reporter, 'onTestRunEnd'>} */
export default class VitestTally {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const counter = new Counter();
    for (const module of modules) {
      const file = module.relativeModuleId;
      if (module.errors().length > 0) counter.failed(`${file} could not be loaded`);
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) counter.failed(`${file} > ${suite.fullName}: its hooks failed`);
      }
      for (const test of module.children.allTests()) {
        const name = `${file} > ${test.fullName}`;
        const result = test.result();
        if (result.state === 'passed') counter.passed();
        else if (result.state === 'skipped') counter.skipped(name, result.note);
        else counter.failed(name, messagesOf(result.errors));
      }
    }
    for (const error of unhandledErrors) {
      counter.failed(`an error outside of any test: ${error instanceof Error ? error.message : error}`);
    }
    counter.write();
  }
}
