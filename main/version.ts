import packageJson from '../package.json' with { type: 'json' };

/** The version of package.json, taken in when main is built. */
export const VERSION: string = packageJson.version;
