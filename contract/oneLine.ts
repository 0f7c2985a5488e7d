/** Text of one line that is not empty: no control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
export const ONE_LINE = /^[^\u0000-\u001f\u007f-\u009f]+$/;
