import { PROVIDER_TABLE, ProviderNameSchema } from '../../contract/providerTable.ts';

/** `Twilio` */
export function providerLabel(provider: string): string {
  const known = ProviderNameSchema.safeParse(provider);
  return known.success ? PROVIDER_TABLE[known.data].label : provider;
}

/** `1 order`, `2 orders` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
