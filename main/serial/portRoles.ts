import type { Port } from '../../contract/port.ts';
import { PORT_LAYOUTS } from './portLayouts.ts';

/**
 * What a port of a modem is for. `at` is the one its maker means for commands, `atSecondary` answers them too, `ppp` does
 * until it is dialled; `nmea` talks positions; `diag` is anything that must be left alone: diagnostics, traces, logs and
 * other binary protocols. `unknown`: to be found out by probing.
 */
export type PortRole = 'at' | 'atSecondary' | 'nmea' | 'diag' | 'ppp' | 'unknown';

export interface PortLayout {
  /** Four hex digits in lower case, as {@link Port} has them. */
  readonly vendorId: string;
  readonly productIds: readonly string[];
  /** By `bInterfaceNumber`. */
  readonly roles: Readonly<Record<number, Exclude<PortRole, 'unknown'>>>;
  /** For interfaces that are not in `roles`: a device that is no modem at all. */
  readonly others?: Exclude<PortRole, 'unknown'>;
}

const BY_PRODUCT: ReadonlyMap<string, PortLayout> = new Map(
  PORT_LAYOUTS.flatMap((layout) =>
    layout.productIds.map((productId) => [`${layout.vendorId}:${productId}`, layout] as const),
  ),
);

type RoleClues = Pick<Port, 'vendorId' | 'productId' | 'interfaceNumber'>;

/** The port's role, as far as its USB ids and interface tell. */
export function portRole(port: RoleClues): PortRole {
  const layout = layoutOf(port);
  if (layout === undefined) return 'unknown';
  const known = port.interfaceNumber === null ? undefined : layout.roles[port.interfaceNumber];
  return known ?? layout.others ?? 'unknown';
}

/** Whether this product is known to be a modem, or to have ports like one. */
export function hasKnownLayout(port: Pick<Port, 'vendorId' | 'productId'>): boolean {
  return layoutOf(port) !== undefined;
}

function layoutOf({ vendorId, productId }: Pick<Port, 'vendorId' | 'productId'>): PortLayout | undefined {
  return BY_PRODUCT.get(`${vendorId}:${productId}`);
}
