import { describe, expect, it } from 'vitest';
import { paletteGroups } from '../../../../renderer/app/paletteEntries.ts';
import { ACCOUNT, AVAILABLE_EID, AVAILABLE_MATCHING, aDevice, anOrder, aState } from '../fixtures.ts';

const state = aState({
  devices: [
    aDevice(),
    aDevice({
      id: 'sim',
      eid: null,
      modem: { manufacturer: 'SIMCom', model: 'A7908E', revision: null, imei: null },
    }),
  ],
  orders: [anOrder(AVAILABLE_EID), anOrder({ ...AVAILABLE_MATCHING, id: 'm' })],
});
const offered = (query: string, of = state) =>
  Object.fromEntries(
    paletteGroups(of, query).map((group) => [group.name, group.entries.map((entry) => entry.label)]),
  );

describe('the palette', () => {
  it('finds a device and its order by digits of the EID, grouped or not', () => {
    expect(offered('8904 4011 1122')).toEqual({ Devices: ['Quectel EM05-G'], Orders: ['Quectel EM05-G'] });
  });

  it('finds a device by name, port or IMEI', () => {
    expect(offered('simcom')).toEqual({ Devices: ['SIMCom A7908E'] });
    expect(offered('867929').Devices).toEqual(['Quectel EM05-G']);
    expect(offered('ttyusb2').Devices).toHaveLength(2);
  });

  it('finds an action by its words, in any order', () => {
    expect(offered('theme dark')).toEqual({ Actions: ['Dark theme'] });
  });

  it('offers the sign-in while a proxy asks', () => {
    const proxyLogin = { host: 'proxy.example:3128', realm: '', refused: false };
    const found = (state: ReturnType<typeof aState>) =>
      paletteGroups(state, 'sign in proxy').flatMap(({ entries }) => entries.map(({ id }) => id));
    expect(found(aState())).toEqual([]);
    expect(found(aState({ proxyLogin }))).toEqual(['action-proxySignIn']);
  });

  it('offers nothing where nothing fits', () => {
    expect(paletteGroups(state, 'zzz')).toEqual([]);
  });

  it('offers a few of everything at first, and the demo bench only on the real one', () => {
    const many = {
      ...state,
      orders: Array.from({ length: 500 }, (_, index) => anOrder({ id: `o${index}` })),
    };
    expect(offered('', many).Orders?.length).toBeLessThanOrEqual(4);
    expect(offered('').Actions).toContain('Try the demo bench');
    expect(offered('', aState({ app: { ...state.app, mode: 'demo' } })).Actions).not.toContain(
      'Try the demo bench',
    );
  });

  it('offers to use another account where there are several, found by name or SID', () => {
    const accounts = [
      { name: 'Workshop', account: ACCOUNT, simDefaults: null },
      { name: 'Field', account: { ...ACCOUNT, accountSid: `AC${'0'.repeat(28)}beef` }, simDefaults: null },
    ];
    const several = aState({ ...state, accounts, account: { ...state.account, name: 'Workshop' } });
    expect(offered('').Accounts).toBeUndefined();
    expect(offered('', several).Accounts).toEqual(['Use account Field']);
    expect(offered('use field', several)).toEqual({ Accounts: ['Use account Field'] });
    expect(offered('beef', several)).toEqual({ Accounts: ['Use account Field'] });
    expect(offered('use workshop', several)).toEqual({});
  });

  it('finds orders by the name of their account where there are several', () => {
    const accounts = [
      { name: 'Workshop', account: ACCOUNT, simDefaults: null },
      {
        name: 'Field',
        account: { ...ACCOUNT, accountSid: `AC${'0'.repeat(28)}beef` },
        simDefaults: null,
      },
    ];
    const several = aState({ ...state, accounts, account: { ...state.account, name: 'Field' } });
    expect(offered('workshop em05', several).Orders).toEqual(['Quectel EM05-G']);
    expect(offered('workshop em05').Orders).toBeUndefined();
  });

  it('leads to the profiles at the provider', () => {
    expect(offered('profiles provider')).toEqual({ Actions: ['See the profiles at the provider'] });
  });
});
