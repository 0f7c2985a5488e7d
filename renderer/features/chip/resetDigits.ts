/** The digits of what was typed, without the blanks and dashes that a label groups them with. */
export function digitsOf(typed: string): string {
  return typed.replace(/[\s-]/g, '');
}
