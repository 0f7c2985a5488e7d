import { useEffect, useState } from 'react';

/** Gives the focus back to where it was, when what took it is gone: a dialog that is there only while it is open does not by itself. */
export function useFocusBack(): void {
  const [from] = useState(openerInFocus);
  useEffect(() => {
    return () => {
      // Where something else has it by now, that is where somebody wants to be.
      if (document.activeElement === document.body && from?.isConnected) from.focus({ preventScroll: true });
    };
  }, [from]);
}

/** What has the focus; of an entry of a menu, which is gone by then, what opened the menu. */
function openerInFocus(): HTMLElement | null {
  const { activeElement } = document;
  const opener = activeElement?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const element = opener ? document.getElementById(opener) : activeElement;
  return element instanceof HTMLElement ? element : null;
}
