import { z } from 'zod';

const PATH = '(/[^?#\\s]*)?';
const ENDPOINT = new RegExp(
  `^(https://[^/?#@\\s]+|http://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d{1,5})?)${PATH}$`,
  'i',
);

/** An endpoint: https anywhere, http on loopback alone, no user, query or fragment in it, no trailing slash. */
export const EndpointSchema = z
  .url()
  .max(300)
  .regex(ENDPOINT, 'must be https (http on loopback alone), without user, query or fragment')
  .transform((text) => text.replace(/\/+$/, ''));

export const AccountSidSchema = z
  .string()
  .trim()
  .regex(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hex digits');
export const KeySidSchema = z
  .string()
  .trim()
  .regex(/^SK[0-9a-fA-F]{32}$/, 'must be SK and 32 hex digits');

/** A client's name at an OAuth 2 provider: visible ASCII (RFC 6749 appendix A.1), without blanks. Not a secret. */
export const ClientIdSchema = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible characters, without blanks');
