import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { useBenchState } from '../bench/BenchContext.tsx';
import { announce, useSpoken } from '../ui/announcer.ts';
import { Mark } from '../ui/StateMark.tsx';
import { announcements, wantsToast } from './announcements.ts';
import { currentPlace, showOrder } from './place.ts';

/** Tells a screen reader what changed, and everybody what changed where they are not looking. */
export function Announcer() {
  const state = useBenchState((whole) => whole);
  const before = useRef(state);
  const spoken = useSpoken();

  useEffect(() => {
    const news = announcements(before.current, state);
    before.current = state;
    if (news.length > 0) announce(news.map((item) => item.text).join('. '));
    for (const item of news) {
      const { orderId } = item;
      if (orderId === null || !wantsToast(item, state, currentPlace())) continue;
      const id = `${item.ofSim === true ? 'sim' : 'order'}-${orderId}`;
      notifications.show({
        id,
        icon: <Mark tone={item.tone} />,
        message: (
          <span className="toast">
            <span>{item.text}</span>
            <button
              type="button"
              className="link"
              onClick={() => {
                notifications.hide(id);
                showOrder(orderId);
              }}
            >
              Show
            </button>
          </span>
        ),
      });
    }
  }, [state]);

  return (
    <div className="visually-hidden" role="status" aria-live="polite" aria-atomic="true">
      <span key={spoken.count}>{spoken.text}</span>
    </div>
  );
}
