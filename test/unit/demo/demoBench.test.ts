import { describe, expect, it } from 'vitest';
import { SecretSchema } from '../../../contract/account.ts';
import { AccountSchema } from '../../../contract/providerTable.ts';
import { createDemoBench } from '../../../main/demo/demoBench.ts';
import { createFakeClock } from '../support/fakeClock.ts';

function started() {
  const clock = createFakeClock();
  const demo = createDemoBench({ clock });
  demo.start();
  const request = (path: string, init: RequestInit = {}) =>
    demo.fetch(`${demo.account.endpoint}${path}`, {
      ...init,
      headers: {
        Authorization: `Basic ${Buffer.from(`${demo.account.keySid}:${demo.secret}`).toString('base64')}`,
      },
    });
  const paths = async () => (await demo.binding.list()).map((port) => port.path);
  return { clock, demo, request, paths };
}

describe('the demo bench', () => {
  it('has an account of the right form that nobody takes for a real one', () => {
    const { demo } = started();
    expect(AccountSchema.parse(demo.account)).toEqual(demo.account);
    expect(SecretSchema.parse(demo.secret)).toBe(demo.secret);
    expect(demo.account.endpoint).toMatch(/\.invalid$/);
    expect(demo.account.accountSid).toMatch(/^AC(de30){8}$/);
  });

  it('is empty at first; two modems are plugged in after a moment', async () => {
    const { clock, demo, paths } = started();
    expect(await paths()).toEqual([]);
    await clock.advance(1_500);
    expect(await paths()).toEqual(['/dev/ttyUSB0', '/dev/ttyUSB1', '/dev/ttyUSB2', '/dev/ttyUSB3']);
    await clock.advance(4_500);
    expect(demo.devices.map((device) => device.make)).toEqual(['quectel-em05-g', 'simcom-a7908e']);
    expect(await paths()).toHaveLength(7);
  });

  it('takes an order with its account, and the profile becomes available', async () => {
    const { clock, request, demo } = started();
    const creating = request('/v1/ESimProfiles', {
      method: 'POST',
      body: new URLSearchParams({ GenerateMatchingId: 'true' }),
    });
    await clock.advance(200);
    const created = await creating;
    expect(created.status).toBe(201);
    const { sid } = await created.json();
    await clock.advance(5_000);
    const fetching = request(`/v1/ESimProfiles/${sid}`);
    await clock.advance(200);
    expect(await (await fetching).json()).toMatchObject({
      status: 'available',
      activation_code: expect.stringMatching(/^1[$]SM-DP-PLUS/),
    });
    expect(demo.provider.record()).toHaveLength(2);
  });

  it('has no network where that is taken away', async () => {
    const { demo, request } = started();
    demo.setOnline(false);
    await expect(request('/v1/ESimProfiles')).rejects.toThrow('fetch failed');
    expect(demo.provider.record()).toEqual([]);
  });

  it('plugs in and out whatever kind is asked for', async () => {
    const { demo, paths } = started();
    expect(demo.makes.map((make) => make.name)).toContain('plain-sim');
    const device = demo.plug('generic-reader');
    expect(await paths()).toEqual(['/dev/ttyACM0']);
    demo.unplug('/dev/ttyACM0');
    expect(await paths()).toEqual([]);
    device.replug();
    expect(await paths()).toEqual(['/dev/ttyACM0']);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const { clock, demo, paths } = started();
    await clock.advance(2_000);
    demo.stop();
    expect(clock.pending).toBe(0);
    expect(await paths()).toEqual([]);
  });
});
