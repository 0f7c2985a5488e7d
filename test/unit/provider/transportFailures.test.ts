import { describe, expect, it } from 'vitest';
import { classifyFailure } from '../../../main/provider/transportFailures.ts';
import { undiciError } from './support.ts';

describe('a failed fetch of undici', () => {
  it.each([
    ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1', 'connect', 'network'],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND supersim.twilio.com', 'getaddrinfo', 'network'],
    ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN supersim.twilio.com', 'getaddrinfo', 'network'],
    ['UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error', undefined, 'network'],
    ['ETIMEDOUT', 'connect ETIMEDOUT 10.0.0.1:443', 'connect', 'network'],
    ['EHOSTUNREACH', 'connect EHOSTUNREACH 10.0.0.1:443', 'connect', 'network'],
    ['ENETUNREACH', 'connect ENETUNREACH 10.0.0.1:443', 'connect', 'network'],
    ['EACCES', 'connect EACCES 10.0.0.1:443', 'connect', 'network'],
    [
      'ECONNRESET',
      'Client network socket disconnected before secure TLS connection was established',
      undefined,
      'network',
    ],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number', undefined, 'network'],
    ['UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling', undefined, 'proxyLogin'],
    ['UND_ERR_ABORTED', 'Proxy response (503) !== 200 when HTTP Tunneling', undefined, 'network'],
    ['UND_ERR_PRX_TLS', 'Secure Proxy Connection failed', undefined, 'certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', undefined, 'certificate'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain', undefined, 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate', undefined, 'certificate'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unable to get local issuer certificate', undefined, 'certificate'],
    ['CERT_HAS_EXPIRED', 'certificate has expired', undefined, 'certificate'],
    ['CERT_NOT_YET_VALID', 'certificate is not yet valid', undefined, 'certificate'],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      "Hostname/IP does not match certificate's altnames",
      undefined,
      'certificate',
    ],
  ])('%s (%s) never opened the connection', (code, message, syscall, cause) => {
    expect(classifyFailure(undiciError(code, message, syscall), false)).toMatchObject({
      reach: 'neverOpened',
      cause,
    });
  });

  it.each([
    ['ECONNRESET', 'read ECONNRESET', 'read', 'network'],
    ['UND_ERR_ABORTED', 'Request aborted', undefined, 'network'],
    ['EPIPE', 'write EPIPE', 'write', 'network'],
    ['UND_ERR_SOCKET', 'other side closed', undefined, 'network'],
    ['UND_ERR_HEADERS_TIMEOUT', 'Headers Timeout Error', undefined, 'timeout'],
    ['UND_ERR_BODY_TIMEOUT', 'Body Timeout Error', undefined, 'timeout'],
    ['ETIMEDOUT', 'read ETIMEDOUT', 'read', 'timeout'],
    ['EHOSTUNREACH', 'read EHOSTUNREACH', 'read', 'network'],
    ['EPROTO', 'write EPROTO ssl alert', 'write', 'network'],
    ['HPE_INVALID_CONSTANT', 'Expected HTTP/', undefined, 'network'],
    ['ESOMETHINGNEW', 'never heard of', undefined, 'network'],
  ])('%s (%s) may have come after the request had left', (code, message, syscall, cause) => {
    expect(classifyFailure(undiciError(code, message, syscall), true)).toMatchObject({
      reach: 'unknown',
      cause,
    });
  });

  it('never opened when all addresses of a host refused, and is unknown when one did anything else', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED ::1:1'), { code: 'ECONNREFUSED' });
    const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });
    const around = (errors: Error[]) => new TypeError('fetch failed', { cause: new AggregateError(errors) });
    expect(classifyFailure(around([refused, refused]), false).reach).toBe('neverOpened');
    expect(classifyFailure(around([refused, reset]), false).reach).toBe('unknown');
    expect(classifyFailure(around([]), false).reach).toBe('unknown');
  });

  it('knows a redirect that was not to be followed', () => {
    const error = new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
    expect(classifyFailure(error, false)).toMatchObject({ reach: 'unknown', cause: 'redirect' });
  });
});

describe('a failed fetch of Chromium', () => {
  const NEVER_OPENED = [
    ['ERR_INTERNET_DISCONNECTED', 'network'],
    ['ERR_NAME_NOT_RESOLVED', 'network'],
    ['ERR_DNS_TIMED_OUT', 'network'],
    ['ERR_CONNECTION_REFUSED', 'network'],
    ['ERR_CONNECTION_TIMED_OUT', 'network'],
    ['ERR_PROXY_CONNECTION_FAILED', 'network'],
    ['ERR_TUNNEL_CONNECTION_FAILED', 'network'],
    ['ERR_PROXY_AUTH_UNSUPPORTED', 'proxyLogin'],
    ['ERR_CERT_AUTHORITY_INVALID', 'certificate'],
    ['ERR_CERT_DATE_INVALID', 'certificate'],
    ['ERR_CERT_COMMON_NAME_INVALID', 'certificate'],
  ] as const;

  it.each(NEVER_OPENED)('net::%s never opened a connection of its own', (name, cause) => {
    expect(classifyFailure(new Error(`net::${name}`), true)).toMatchObject({ reach: 'neverOpened', cause });
  });

  it.each(NEVER_OPENED)(
    'net::%s proves nothing on a connection that may have been used before',
    (name, cause) => {
      expect(classifyFailure(new Error(`net::${name}`), false)).toMatchObject({ reach: 'unknown', cause });
    },
  );

  it.each([
    ['net::ERR_CONNECTION_RESET', 'network'],
    ['net::ERR_CONNECTION_CLOSED', 'network'],
    ['net::ERR_EMPTY_RESPONSE', 'network'],
    ['net::ERR_ADDRESS_UNREACHABLE', 'network'],
    ['net::ERR_NETWORK_CHANGED', 'network'],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'network'],
    ['net::ERR_HTTP2_PING_FAILED', 'network'],
    ['net::ERR_CONTENT_LENGTH_MISMATCH', 'network'],
    ['net::ERR_TIMED_OUT', 'timeout'],
    ['Redirect was cancelled', 'redirect'],
    ["Attempted to redirect, but redirect policy was 'error'", 'redirect'],
  ])('%s may have come after the request had left', (message, cause) => {
    expect(classifyFailure(new Error(message), true)).toMatchObject({ reach: 'unknown', cause });
  });
});

describe('anything else that is thrown', () => {
  it.each([[null], [undefined], ['text'], [42], [{}], [new Error('')]])('%s is unknown', (thrown) => {
    expect(classifyFailure(thrown, true)).toMatchObject({ reach: 'unknown', cause: 'network' });
  });

  it('ends on a chain of causes that goes in a circle', () => {
    const error = new Error('one');
    error.cause = error;
    expect(classifyFailure(error, true).reach).toBe('unknown');
  });
});
