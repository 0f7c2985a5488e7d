/** `Twilio` */
export function providerLabel(provider: string): string {
  return provider === 'twilio' ? 'Twilio' : provider;
}

/** `1 order`, `2 orders` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
