const PROVIDER_LABELS: Readonly<Record<string, string>> = { twilio: 'Twilio', kore: 'KORE' };

/** `Twilio` */
export function providerLabel(provider: string): string {
  return PROVIDER_LABELS[provider] ?? provider;
}

/** `1 order`, `2 orders` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
