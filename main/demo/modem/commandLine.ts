/** AT command lines taken apart as ITU-T V.250 §5.2 to §5.4 says. */

export interface AtCommand {
  /** In upper case: `+CGLA`, `^SWITCH_SLOT`, `E`, `&F`; empty where no rule of V.250 fits. */
  readonly name: string;
  /** `read` ends in `?`, `test` in `=?`, `set` has `=` or, for a basic command, a number. */
  readonly form: 'execute' | 'read' | 'set' | 'test';
  readonly args: readonly Argument[];
}

export interface Argument {
  readonly text: string;
  readonly quoted: boolean;
}

/** Characters that may begin an extended command; `+` for the standards, the others for makers. */
const EXTENDED = /^[+^*%#@$_][A-Za-z0-9!%\-./:_]*/;

/**
 * The commands of one line, without its CR. Null where the line has no `AT`: a modem pays no heed to it. What
 * stands before `AT` is noise. `AT` alone has no commands and is answered `OK`.
 */
export function readCommandLine(line: string): AtCommand[] | null {
  const start = line.search(/at/i);
  if (start < 0) return null;
  let rest = line.slice(start + 2).trim();
  const commands: AtCommand[] = [];
  while (rest !== '') {
    const [command, length] = EXTENDED.test(rest) ? readExtended(rest) : readBasic(rest);
    commands.push(command);
    rest = rest.slice(length).replace(/^[;\s]+/, '');
  }
  return commands;
}

function readExtended(text: string): [AtCommand, number] {
  const name = (EXTENDED.exec(text)?.[0] ?? '').toUpperCase();
  const tail = text.slice(name.length);
  const end = endOfCommand(tail);
  const value = tail.slice(0, end).trim();
  const length = name.length + end;
  if (value === '') return [{ name, form: 'execute', args: [] }, length];
  if (value === '?') return [{ name, form: 'read', args: [] }, length];
  if (value === '=?') return [{ name, form: 'test', args: [] }, length];
  if (value.startsWith('=')) return [{ name, form: 'set', args: readArguments(value.slice(1)) }, length];
  return [{ name: '', form: 'execute', args: [] }, length];
}

function readBasic(text: string): [AtCommand, number] {
  const register = /^S\d+(\?|=\d+)/i.exec(text);
  if (register !== null)
    return [{ name: 'S', form: register[1] === '?' ? 'read' : 'set', args: [] }, register[0].length];
  // Dialling takes the whole line.
  if (/^D/i.test(text)) return [{ name: 'D', form: 'execute', args: [] }, text.length];
  const basic = /^(&?[A-Z])(\d*)/i.exec(text);
  if (basic === null) return [{ name: '', form: 'execute', args: [] }, text.length];
  const name = (basic[1] ?? '').toUpperCase();
  const value = basic[2] ?? '';
  const args = value === '' ? [] : [{ text: value, quoted: false }];
  return [{ name, form: value === '' ? 'execute' : 'set', args }, basic[0].length];
}

/** Where a command ends: at a semicolon outside quotes, or with the line. */
function endOfCommand(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    if (text[at] === ';' && !quoted) return at;
  }
  return text.length;
}

/** Values between commas outside quotes; quotes are taken off and remembered. */
function readArguments(text: string): Argument[] {
  const parts: string[] = [];
  let quoted = false;
  let part = '';
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === ',' && !quoted) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  parts.push(part);
  return parts.map((raw) => {
    const value = raw.trim();
    const inner = /^"(.*)"$/.exec(value);
    return inner === null ? { text: value, quoted: false } : { text: inner[1] ?? '', quoted: true };
  });
}
