import { AfterOrderingSection } from '../sims/AfterOrderingSection.tsx';
import { AccountSection } from './AccountSection.tsx';
import { AppearanceSection } from './AppearanceSection.tsx';
import { BenchSection } from './BenchSection.tsx';
import { CallbackSection } from './CallbackSection.tsx';

/** Everything that is set once: the account, what goes with each order, how the window looks. */
export function AccountView() {
  return (
    <main className="pane pane-settings" aria-label="Account and settings">
      <div className="settings">
        <h1 className="visually-hidden">Account and settings</h1>
        <AccountSection />
        <AfterOrderingSection />
        <CallbackSection />
        <AppearanceSection />
        <BenchSection />
      </div>
    </main>
  );
}
