import type { Callback } from '../../../contract/order.ts';
import type { Settings } from '../../../contract/settings.ts';

/** The callback that the settings name for every order, or null. */
export function defaultCallback(settings: Settings): Callback | null {
  return settings.callbackUrl === null
    ? null
    : { url: settings.callbackUrl, method: settings.callbackMethod };
}
