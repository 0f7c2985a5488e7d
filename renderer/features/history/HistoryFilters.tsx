import { Autocomplete, Input, TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import type { Order } from '../../../contract/order.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { providerLabel } from '../../format/words.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { eidNote, STATUS_WORDS, type TypedFilter, withTyped } from './historyFilter.ts';
import { asOf, countSentence } from './historyWords.ts';
import type { ProfileList } from './profileList.ts';
import { changeHistoryFilter, useHistoryFilter } from './useProfileList.ts';

interface HistoryFiltersProps {
  readonly list: ProfileList | null;
  readonly ours: ReadonlyMap<string, Order>;
}

/** Which of the profiles are wanted; below the fields whose they are and how many, or what is wrong with what is typed. */
export function HistoryFilters({ list, ours }: HistoryFiltersProps) {
  const { typed } = useHistoryFilter();
  const type = (change: Partial<TypedFilter>, done = false) =>
    changeHistoryFilter((state) => withTyped(state, change, done));
  const done = () => type({}, true);
  /** Enter counts what is typed; Esc empties the field, or, where it is empty, leaves it. */
  const onKeyDown = (field: keyof TypedFilter) => (event: KeyboardEvent) => {
    if (event.key === 'Enter') done();
    if (event.key !== 'Escape' || typed[field] === '') return;
    event.stopPropagation();
    type({ [field]: '' }, true);
  };
  const note = eidNote(typed.eid);

  return (
    <search className="history-filters" aria-label="Filter">
      <Input
        className="history-eid"
        aria-label="EID"
        placeholder="EID, 32 digits"
        data-search=""
        classNames={{ input: 'mono' }}
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={typed.eid}
        onChange={(event) => type({ eid: event.currentTarget.value })}
        onKeyDown={onKeyDown('eid')}
        // The component's own would take the place of what is said of the field below.
        withAria={false}
        {...(note === null
          ? {}
          : { 'aria-describedby': 'history-note', 'aria-invalid': note.tone === 'failed' })}
      />
      <TextInput
        aria-label="SIM SID"
        placeholder="SIM, HS…"
        classNames={{ input: 'mono' }}
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        value={typed.simSid}
        onChange={(event) => type({ simSid: event.currentTarget.value })}
        onKeyDown={onKeyDown('simSid')}
        onBlur={done}
      />
      <Autocomplete
        aria-label="Status"
        placeholder="Any status"
        clearable
        comboboxProps={{ withinPortal: false }}
        clearButtonProps={{ 'aria-label': 'Any status' }}
        // All are offered whatever is in the field: it is a short list to choose another one from.
        filter={({ options }) => options}
        data={[...STATUS_WORDS]}
        maxLength={64}
        value={typed.status}
        onChange={(status) => type({ status })}
        onKeyDown={onKeyDown('status')}
        onBlur={done}
      />
      <p className="history-note" id="history-note">
        {note === null ? <Summary list={list} ours={ours} /> : <StateMark state={note} />}
      </p>
    </search>
  );
}

/** Whose profiles, how many, how many of them ours, as of when. */
function Summary({ list, ours }: HistoryFiltersProps) {
  const name = useBenchState((state) => state.account.name);
  const account = useBenchState((state) => state.account.account);
  const several = useBenchState((state) => state.accounts.length) > 1;
  const whose = several ? name : account === null ? null : providerLabel(account.provider);
  const mine = list?.profiles.filter(({ sid }) => sid !== null && ours.has(sid)).length ?? 0;
  const parts =
    list === null || (list.fault !== null && list.profiles.length === 0)
      ? []
      : [
          countSentence(list),
          list.profiles.length === 0 ? '' : `${mine.toLocaleString('en')} in the ledger`,
          asOf(list.answeredAt),
        ];
  return (
    <>
      <span className="history-whose">{whose}</span>
      {parts
        .filter((part) => part !== '')
        .map((part) => (
          <span key={part}>{part}</span>
        ))}
    </>
  );
}
