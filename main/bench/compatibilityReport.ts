import type { Port } from '../../contract/port.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { ReportAbout } from '../modem/reportSchema.ts';
import { portRole } from '../serial/portRoles.ts';
import type { DeviceDesk } from './deviceDesk.ts';
import type { DeviceSession } from './deviceSession.ts';

/** How long trying everything may take, ms. */
export const REPORT_LIMIT_MS = 300_000;

/** A report as a file. */
export interface ReportFile {
  /** Without identifiers: `esim-bench-report-Quectel-EM05-G.json`. */
  readonly name: string;
  readonly text: string;
}

/**
 * Tries what the modem of a session can do, reading alone.
 * @param ports those of the device, as they were listed; empty where its port is in no list.
 * @param version of this app.
 */
export async function makeReportFile(
  session: DeviceSession,
  ports: readonly Port[],
  version: string,
): Promise<Result<ReportFile>> {
  const { dialogue, tools, clock, signal, step } = session;
  const report = await tools.makeReport(dialogue, aboutOf(ports, dialogue.path, clock.now(), version), {
    signal,
    clock,
    onStep: step,
  });
  if (!report.ok) return report;
  const { manufacturer, model } = report.value.modem;
  const what = [manufacturer, model]
    .filter((part) => part !== null)
    .join('-')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 60);
  return ok({
    name: `esim-bench-report-${what === '' ? 'modem' : what}.json`,
    text: `${JSON.stringify(report.value, null, 2)}\n`,
  });
}

/** The same for a device of the desk. */
export function deviceReport(desk: DeviceDesk, id: string, version: string): Promise<Result<ReportFile>> {
  return desk.activity(id, 'report', REPORT_LIMIT_MS, (session) =>
    makeReportFile(session, desk.portsOf(id), version),
  );
}

function aboutOf(ports: readonly Port[], path: string, at: number, version: string): ReportAbout {
  const used = ports.find((port) => port.path === path);
  return {
    app: { version },
    at,
    usb: {
      vendorId: used?.vendorId ?? null,
      productId: used?.productId ?? null,
      manufacturer: used?.manufacturer ?? null,
      product: used?.product ?? null,
    },
    ports: ports.slice(0, 32).map((port) => ({
      interfaceNumber: port.interfaceNumber,
      role: portRole(port),
      finding: port.path === path ? ('at' as const) : null,
      used: port.path === path,
    })),
  };
}
