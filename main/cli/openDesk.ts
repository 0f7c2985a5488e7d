import type { Result } from '../../contract/result.ts';
import type { OrderDesk } from '../orders/orderDesk.ts';
import type { CommandContext } from './context.ts';

/** The order desk, with its ledger opened; where that had to be set aside or can only be read, it is said on stderr. */
export function openDesk({ bench, output }: Pick<CommandContext, 'bench' | 'output'>): Result<OrderDesk> {
  const desk = bench().openOrders();
  const notice = bench().store.state.ledgerFault;
  if (desk.ok && notice !== null) output.notice(notice);
  return desk;
}
