import { expect, type Page } from '@playwright/test';
import { eidWithCheckDigits, withLuhnDigit } from '../../../main/demo/digits.ts';
import type { StoredProfile } from '../../../main/demo/provider/profiles.ts';
import { goTo } from './app.ts';

const STATUSES = ['installed', 'available', 'downloaded', 'installed', 'failed'] as const;
const HOUR = 3_600_000;

/** Profiles that an account has ordered elsewhere, oldest first, some hours apart; each fifth failed, each seventh by matching ID. */
export function seeded(count: number, accountSid: string, mark = '1'): StoredProfile[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index).padStart(6, '0');
    const createdAt = Date.now() - (count - index) * 3 * HOUR;
    const status = STATUSES[index % STATUSES.length] ?? 'installed';
    const byMatchingId = index % 7 === 3;
    return {
      sid: `HP${mark.repeat(26)}${number}`,
      accountSid,
      eid: byMatchingId ? null : eidNumber(index),
      status,
      createdAt,
      updatedAt: createdAt + 45_000,
      iccid: withLuhnDigit(`898830700000${mark}${number}`),
      simSid: `HS${mark.repeat(26)}${number}`,
      matchingId: byMatchingId ? `KL14V-PA8QF-2M7DE-XX01B-A${String(index).padStart(4, 'A')}` : null,
      callbackUrl: null,
      callbackMethod: 'POST',
      doom: null,
      error: status === 'failed' ? { code: '22100', message: 'The SM-DP+ could not make the profile' } : null,
    };
  });
}

/** A valid EID for each number. */
export function eidNumber(number: number): string {
  return eidWithCheckDigits(`8904903212345123451234${String(number).padStart(8, '0')}`);
}

export const profiles = (page: Page) =>
  page.getByRole('grid', { name: 'Profiles, as the provider lists them' });
/** The rows that are drawn, without the head. */
export const rows = (page: Page) => profiles(page).locator('.grid-row');
export const profilePane = (page: Page) => page.getByRole('main', { name: 'Profile' });
export const summary = (page: Page) => page.locator('#history-note');

/** Goes to the provider's side of the orders. */
export async function openHistory(page: Page): Promise<void> {
  await goTo(page, 'Orders');
  await page.getByRole('button', { name: 'At the provider' }).click();
  await expect(page.getByRole('region', { name: 'Profiles at the provider' })).toBeVisible();
}
