import type { Clock } from '../../base/clock.ts';
import { withLuhnDigit } from '../digits.ts';
import { type CardQuirks, pin, type VirtualCard } from '../euicc/card.ts';
import type { Es10Quirks } from '../euicc/es10Card.ts';
import type { ProfileRecipe } from '../euicc/euiccState.ts';
import { createPlainSim, createVirtualEuicc } from '../euicc/virtualEuicc.ts';
import { type CardRecipe, type Make, ownEid } from './makeRecipe.ts';
import { MAKE_NAMES, MAKES, type MakeName } from './makeTable.ts';
import type { NetworkOffer } from './modemCore.ts';
import { type ModemQuirks, STANDARD } from './quirks.ts';
import { createVirtualModem, type VirtualModem, type VirtualModemOptions } from './virtualModem.ts';

export type { Make } from './makeRecipe.ts';
export { MAKE_NAMES, MAKES, type MakeName } from './makeTable.ts';

export interface MakeOptions {
  readonly clock: Clock;
  /** Which one of its kind, from 0: each has its own IMEI, EID and ICCIDs. */
  readonly instance?: number;
  /** Multiplies all its times; 0: no waiting at all. */
  readonly latency?: number;
  /** Switches set otherwise than the make has them. */
  readonly quirks?: Partial<ModemQuirks>;
  /** Switches of its cards set otherwise than the make has them. */
  readonly card?: Partial<CardQuirks>;
  readonly es10?: Partial<Es10Quirks>;
  /** In place of the EID of the make's eUICCs. */
  readonly eid?: string;
  /** In place of the profiles on the make's eUICCs, with nothing to be notified of. */
  readonly profiles?: readonly ProfileRecipe[];
  /** What differs of the network that it is in. */
  readonly network?: Partial<NetworkOffer>;
}

/** Makes a modem of that kind. */
export function createMake(name: MakeName, options: MakeOptions): VirtualModem {
  const make: Make = MAKES[name];
  const kind = MAKE_NAMES.indexOf(name);
  const quirks = { ...STANDARD, ...make.quirks, ...options.quirks };
  const modem: VirtualModemOptions = {
    clock: options.clock,
    ports: make.ports,
    identity: { ...make.identity, imei: imei(kind, options.instance ?? 0) },
    quirks: { ...quirks, ...scaledTimes(quirks, options.latency ?? 1) },
    slots: make.slots.map((recipe) => cardOf(recipe, kind, options)),
    activeSlot: make.activeSlot ?? 0,
    network: { ...make.network, ...options.network },
  };
  return createVirtualModem(modem);
}

function scaledTimes(quirks: ModemQuirks, factor: number): Partial<ModemQuirks> {
  const { command, sim, channel, apdu } = quirks.latency;
  return {
    latency: { command: command * factor, sim: sim * factor, channel: channel * factor, apdu: apdu * factor },
    bootMs: quirks.bootMs * factor,
    simStartMs: quirks.simStartMs * factor,
    reenumeratesMs: quirks.reenumeratesMs === null ? null : quirks.reenumeratesMs * factor,
  };
}

/** A test IMEI (its type allocation code begins with 00), valid by its Luhn digit. */
function imei(kind: number, instance: number): string {
  return withLuhnDigit(
    `001001${kind.toString().padStart(2, '0')}${(instance + 1).toString().padStart(6, '0')}`,
  );
}

function cardOf(recipe: CardRecipe, kind: number, options: MakeOptions): VirtualCard | null {
  const instance = options.instance ?? 0;
  switch (recipe.kind) {
    case 'none':
      return null;
    case 'sim': {
      const lock = recipe.pin;
      return createPlainSim(
        {
          iccid: numbered(recipe.iccid, instance),
          imsi: `00101${(1 + instance).toString().padStart(10, '0')}`,
          pin:
            lock === undefined
              ? null
              : pin(lock.value, lock.puk, lock.tries === undefined ? {} : { tries: lock.tries }),
        },
        options.card,
      );
    }
    case 'euicc': {
      const own = options.profiles === undefined;
      return createVirtualEuicc({
        eid: options.eid ?? (instance === 0 ? recipe.eid : ownEid((kind + 1) * 100_000 + instance)),
        profiles:
          options.profiles ??
          (recipe.profiles ?? []).map((profile) => ({
            ...profile,
            iccid: numbered(profile.iccid, instance),
          })),
        card: { ...recipe.card, ...options.card },
        es10: { ...recipe.es10, ...options.es10 },
        ...(own && recipe.notifications !== undefined ? { notifications: recipe.notifications } : {}),
        ...(recipe.info === undefined ? {} : { info: recipe.info }),
        ...(recipe.addresses === undefined ? {} : { addresses: recipe.addresses }),
      });
    }
  }
}

/** The same ICCID with another number in it, valid by its Luhn digit. */
function numbered(iccid: string, instance: number): string {
  if (instance === 0) return iccid;
  return withLuhnDigit(iccid.slice(0, -5) + instance.toString().padStart(4, '0'));
}
