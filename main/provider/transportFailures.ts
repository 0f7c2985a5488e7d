/**
 * What a failed `fetch` means. Two transports are known: undici (Node's `fetch`), which names a code and a system call in the
 * chain of causes, and Chromium (Electron's `net.fetch`), which puts the name of its error into the message.
 */
export interface TransportFailure {
  /**
   * `neverOpened`: no byte of the request can have reached the provider, so it is safe to repeat.
   * `unknown`: the request, or a part of it, may have arrived. Whatever is not certain is unknown.
   */
  readonly reach: 'neverOpened' | 'unknown';
  readonly cause:
    | 'network'
    | 'certificate'
    | 'timeout'
    | 'cancelled'
    | 'redirect'
    | 'proxyLogin'
    | 'proxySetting';
  /** The transport's own words, not yet cleaned. */
  readonly text: string;
}

interface Row extends Pick<TransportFailure, 'reach' | 'cause'> {
  readonly transport: 'undici' | 'chromium';
  /** Matched against `code syscall message` of one error in the chain. */
  readonly match: RegExp;
}

/** Sources: Node's `errors` and `tls` documentation, undici's `lib/core/errors.js`, Chromium's `net/base/net_error_list.h`. */
const ROWS: readonly Row[] = [
  // undici, Node
  {
    transport: 'undici',
    match: /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT) /,
    reach: 'neverOpened',
    cause: 'network',
  },
  // The tunnel was not made, so nothing of the request can have gone through it.
  {
    transport: 'undici',
    match: /^UND_ERR_ABORTED Proxy response \(407\)/,
    reach: 'neverOpened',
    cause: 'proxyLogin',
  },
  {
    transport: 'undici',
    match: /^UND_ERR_ABORTED Proxy response \(\d+\)/,
    reach: 'neverOpened',
    cause: 'network',
  },
  { transport: 'undici', match: /^UND_ERR_PRX_TLS /, reach: 'neverOpened', cause: 'certificate' },
  { transport: 'undici', match: /^ERR_PROXY_SETTING /, reach: 'neverOpened', cause: 'proxySetting' },
  // Only while connecting: the same codes come from a read or a write on a connection that is open.
  {
    transport: 'undici',
    match: /^(ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM) connect /,
    reach: 'neverOpened',
    cause: 'network',
  },
  // Node's tls says so only where the handshake was not over.
  {
    transport: 'undici',
    match: /before secure TLS connection was established/,
    reach: 'neverOpened',
    cause: 'network',
  },
  {
    transport: 'undici',
    match:
      /^(ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_UNSUPPORTED_PROTOCOL|ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION) /,
    reach: 'neverOpened',
    cause: 'network',
  },
  {
    transport: 'undici',
    match:
      /^(CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_\w+|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|CRL_\w+) /,
    reach: 'neverOpened',
    cause: 'certificate',
  },
  {
    transport: 'undici',
    match: /^(UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|ETIMEDOUT) /,
    reach: 'unknown',
    cause: 'timeout',
  },
  { transport: 'undici', match: /unexpected redirect/, reach: 'unknown', cause: 'redirect' },
  { transport: 'undici', match: /\bbad port\b/, reach: 'neverOpened', cause: 'network' },

  // Chromium. A reset, a closed or an aborted connection, ADDRESS_UNREACHABLE, NETWORK_CHANGED, SSL_PROTOCOL_ERROR … may come
  // after the request has left, so they are not here and end as unknown.
  {
    transport: 'chromium',
    match:
      /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_TIMED_OUT|CONNECTION_FAILED|NETWORK_ACCESS_DENIED|ADDRESS_INVALID)\b/,
    reach: 'neverOpened',
    cause: 'network',
  },
  {
    transport: 'chromium',
    match: /net::ERR_(NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|DNS_\w+|ICANN_NAME_COLLISION)\b/,
    reach: 'neverOpened',
    cause: 'network',
  },
  {
    transport: 'chromium',
    match:
      /net::ERR_(PROXY_CONNECTION_FAILED|TUNNEL_CONNECTION_FAILED|SOCKS_CONNECTION_\w+|NO_SUPPORTED_PROXIES|MANDATORY_PROXY_CONFIGURATION_FAILED|PAC_\w+)\b/,
    reach: 'neverOpened',
    cause: 'network',
  },
  {
    transport: 'chromium',
    match: /net::ERR_PROXY_AUTH_\w+\b/,
    reach: 'neverOpened',
    cause: 'proxyLogin',
  },
  {
    transport: 'chromium',
    match:
      /net::ERR_(UNSAFE_PORT|BLOCKED_BY_CLIENT|BLOCKED_BY_ADMINISTRATOR|UNKNOWN_URL_SCHEME|DISALLOWED_URL_SCHEME|INVALID_URL)\b/,
    reach: 'neverOpened',
    cause: 'network',
  },
  {
    transport: 'chromium',
    match: /net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH\b/,
    reach: 'neverOpened',
    cause: 'network',
  },
  {
    transport: 'chromium',
    match: /net::ERR_(CERT_\w+|CERTIFICATE_\w+|PROXY_CERTIFICATE_INVALID|SSL_PINNED_KEY_NOT_IN_CERT_CHAIN)\b/,
    reach: 'neverOpened',
    cause: 'certificate',
  },
  { transport: 'chromium', match: /net::ERR_TIMED_OUT\b/, reach: 'unknown', cause: 'timeout' },
  {
    transport: 'chromium',
    match: /Redirect was cancelled|redirect policy was 'error'/,
    reach: 'unknown',
    cause: 'redirect',
  },
];

const DEPTH_LIMIT = 6;

/**
 * Classifies what `fetch`, or the reading of its body, threw.
 *
 * @param ownConnection whether the request certainly had a connection of its own. Chromium sends **any** request again, POST
 * too, when a connection that was used before breaks ahead of the answer, and then reports the second attempt's error alone:
 * "connection refused" may follow a request that was processed. So on a shared connection none of its errors proves that
 * nothing left. (undici never sends a POST again.)
 */
export function classifyFailure(error: unknown, ownConnection: boolean): TransportFailure {
  const chain = causesOf(error);
  const text = chain.map((link) => link.text).join(': ');
  const parallel = chain.find((link) => link.parallel.length > 0)?.parallel;
  if (parallel !== undefined) {
    // Several addresses were tried at once: it never opened only if none did.
    const each = parallel.map((inner) => classifyFailure(inner, ownConnection));
    const [first] = each;
    if (first !== undefined && each.every((one) => one.reach === 'neverOpened'))
      return { reach: 'neverOpened', cause: first.cause, text };
    return { reach: 'unknown', cause: 'network', text };
  }
  // The deepest cause knows best; the ones around it only say that something failed.
  for (const link of [...chain].reverse()) {
    const row = ROWS.find(({ match }) => match.test(link.searched));
    if (row === undefined) continue;
    const proves = row.transport !== 'chromium' || ownConnection;
    return { reach: proves ? row.reach : 'unknown', cause: row.cause, text };
  }
  return { reach: 'unknown', cause: 'network', text };
}

interface Link {
  readonly text: string;
  readonly searched: string;
  readonly parallel: readonly unknown[];
}

function causesOf(error: unknown): Link[] {
  const links: Link[] = [];
  for (let at: unknown = error; at !== undefined && at !== null && links.length < DEPTH_LIMIT; ) {
    if (!(at instanceof Error)) {
      links.push({ text: typeof at === 'string' ? at : 'something was thrown', searched: '', parallel: [] });
      break;
    }
    const code = textProperty(at, 'code');
    const message = at.message.slice(0, 500);
    links.push({
      text: [code, message].filter((part) => part !== '').join(' '),
      searched: [code, textProperty(at, 'syscall'), message].join(' ').replace(/ {2,}/g, ' '),
      parallel: at instanceof AggregateError ? at.errors.slice(0, 20) : [],
    });
    at = at.cause;
  }
  return links;
}

function textProperty(error: Error, name: 'code' | 'syscall'): string {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value.slice(0, 80) : '';
}
