import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { visibleRange } from './visibleRange.ts';

export interface VirtualRows {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  /** First row drawn, and the one after the last. */
  readonly start: number;
  readonly end: number;
  scrollTo(index: number): void;
}

/** Draws only the rows in sight of a long list whose rows are all `rowHeight` px high. */
export function useVirtualRows(count: number, rowHeight: number): VirtualRows {
  const scroller = useRef<HTMLDivElement | null>(null);
  const [box, setBox] = useState({ top: 0, height: 600 });

  const measure = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    setBox((old) =>
      old.top === element.scrollTop && old.height === element.clientHeight
        ? old
        : { top: element.scrollTop, height: element.clientHeight },
    );
  }, []);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [measure]);

  const scrollTo = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (element === null) return;
      const top = index * rowHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + rowHeight > element.scrollTop + element.clientHeight)
        element.scrollTop = top + rowHeight - element.clientHeight;
      measure();
    },
    [rowHeight, measure],
  );

  return { scroller, onScroll: measure, scrollTo, ...visibleRange(box.top, box.height, rowHeight, count) };
}
