import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, type BrowserWindow, clipboard, dialog, type OpenDialogOptions } from 'electron';
import type { RequestInput } from '../../contract/channels.ts';
import { fault } from '../../contract/fault.ts';
import type { Order } from '../../contract/order.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { errorText } from '../base/errorText.ts';
import { writeWholeFile } from '../base/wholeFile.ts';
import type { AccountDesk } from '../bench/accountDesk.ts';
import { readAccountsFile, writeAccountsFile } from '../bench/accountsFile.ts';
import type { AtLog } from '../bench/atLog.ts';
import type { ReportFile } from '../bench/compatibilityReport.ts';
import type { WindowRequestName } from '../bench/handlers.ts';
import { type QrFormat, writeQrFile } from '../bench/qrFile.ts';
import type { Handlers } from '../bench/requests.ts';
import { ordersAsCsv, ordersAsJsonLines } from '../orders/exportOrders.ts';

export interface AppRequestParts {
  readonly window: () => BrowserWindow | null;
  readonly order: (id: string) => Order | undefined;
  /** All orders, newest first. */
  readonly orders: () => Result<Order[]>;
  readonly atLog: AtLog;
  readonly accounts: Pick<AccountDesk, 'all' | 'add'>;
  readonly signInToProxy: (login: RequestInput<'proxy.signIn'>) => Promise<Result<null>>;
  readonly forgetProxyLogin: (which: RequestInput<'proxy.forget'>) => Promise<Result<null>>;
  readonly report: (deviceId: string) => Promise<Result<ReportFile>>;
}

const LEDGER_FORMATS = {
  csv: { label: 'CSV', write: ordersAsCsv },
  jsonl: { label: 'JSON Lines', write: ordersAsJsonLines },
} as const;

/** Answers to the requests that need Electron itself: dialogs, clipboard, printer, a second process. */
export function appHandlers(parts: AppRequestParts): Handlers<WindowRequestName> {
  return {
    'orders.saveQr': async ({ orderId, format }) => {
      const order = parts.order(orderId);
      if (order === undefined) return fail(fault('order.notFound'));
      if (order.lpa === null)
        return fail(fault('order.wrongState', { message: 'This order has no QR code yet.' }));
      const path = await askWhere(
        parts.window(),
        `${qrFileName(order)}.${format}`,
        format.toUpperCase(),
        format,
      );
      if (path === null) return ok({ path: null });
      const written = await writeQrFile(path, order.lpa, format satisfies QrFormat);
      return written.ok ? ok({ path }) : written;
    },
    'orders.printQr': ({ orderId }) => {
      const window = parts.window();
      const order = parts.order(orderId);
      if (window === null || order === undefined) return fail(fault('order.notFound'));
      return printWindow(window);
    },
    'accounts.export': async () => {
      const path = await askWhere(parts.window(), 'esim-bench-accounts.json', 'JSON', 'json');
      if (path === null) return ok({ path: null });
      const written = writeAccountsFile(path, parts.accounts.all);
      return written.ok ? ok({ path }) : written;
    },
    'accounts.import': async () => {
      const path = await askWhich(parts.window(), 'JSON', 'json');
      if (path === null) return ok({ path: null, added: 0 });
      const read = readAccountsFile(path);
      if (!read.ok) return read;
      const added = await parts.accounts.add(read.value);
      return added.ok ? ok({ path, added: added.value }) : added;
    },
    'proxy.signIn': (login) => parts.signInToProxy(login),
    'proxy.forget': (which) => parts.forgetProxyLogin(which),
    'devices.saveReport': async ({ deviceId }) => {
      const report = await parts.report(deviceId);
      if (!report.ok) return report;
      const path = await askWhere(parts.window(), report.value.name, 'JSON', 'json');
      if (path === null) return ok({ path: null });
      const written = writeWholeFile(path, [report.value.text]);
      return written.ok ? ok({ path }) : written;
    },
    'atLog.export': async () => {
      const stamp = new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-');
      const path = await askWhere(parts.window(), `at-log-${stamp}.txt`, 'Text', 'txt');
      if (path === null) return ok({ path: null });
      try {
        await writeFile(path, parts.atLog.asText());
        return ok({ path });
      } catch (error) {
        return fail(fault('file.unwritable', { details: errorText(error) }));
      }
    },
    'ledger.export': async ({ format }) => {
      const orders = parts.orders();
      if (!orders.ok) return orders;
      const day = new Date().toISOString().slice(0, 10);
      const path = await askWhere(
        parts.window(),
        `esim-orders-${day}.${format}`,
        LEDGER_FORMATS[format].label,
        format,
      );
      if (path === null) return ok({ path: null });
      const written = writeWholeFile(path, LEDGER_FORMATS[format].write(orders.value.toReversed()));
      return written.ok ? ok({ path }) : written;
    },
    'clipboard.write': ({ text }) => {
      clipboard.writeText(text);
      return ok(null);
    },
    'demo.open': () => openDemo(),
  };
}

/** A file name that says what the QR is for, without the whole EID. */
function qrFileName(order: Order): string {
  const what = order.iccid ?? (order.eid === null ? order.id : `eid-${order.eid.slice(-8)}`);
  return `esim-${what.replace(/[^\w-]/g, '')}`;
}

async function askWhere(
  window: BrowserWindow | null,
  name: string,
  kind: string,
  ending: string,
): Promise<string | null> {
  const options = {
    defaultPath: join(app.getPath('downloads'), name),
    filters: [{ name: kind, extensions: [ending] }],
  };
  const answer = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  return answer.canceled || answer.filePath === '' ? null : answer.filePath;
}

async function askWhich(window: BrowserWindow | null, kind: string, ending: string): Promise<string | null> {
  const options: OpenDialogOptions = {
    properties: ['openFile'],
    filters: [{ name: kind, extensions: [ending] }],
  };
  const answer = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}

/** Prints the window; its print style shows the chosen order's sheet alone. A dialog that the technician closes is no fault. */
function printWindow(window: BrowserWindow): Promise<Result<null>> {
  return new Promise((resolve) => {
    window.webContents.print({ printBackground: true }, (success, reason) => {
      if (success || /cancel/i.test(reason)) resolve(ok(null));
      else
        resolve(
          fail(
            fault('file.unwritable', {
              message: 'The sheet could not be printed.',
              hint: 'Check the printer, or save the QR as a file.',
              details: reason,
            }),
          ),
        );
    });
  });
}

/** The demo bench is a process of its own with its own data folder, so that nothing of it can touch real orders. */
function openDemo(): Promise<Result<null>> {
  const own = app.isPackaged ? [] : [app.getAppPath()];
  const sandboxFlag = process.argv.includes('--no-sandbox') ? ['--no-sandbox'] : [];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...own, ...sandboxFlag, '--demo'], {
      detached: true,
      stdio: 'ignore',
    });
    child.once('spawn', () => {
      child.unref();
      resolve(ok(null));
    });
    child.once('error', (error) => resolve(fail(fault('internal', { details: error.message }))));
  });
}
