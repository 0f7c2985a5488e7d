import type { ReactNode } from 'react';
import type { Chip, EuiccInfo } from '../../../contract/chip.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ChipSection } from './ChipSection.tsx';
import { CATEGORIES, type IssuerRow, issuerRows, missingSentence, onlyTestIssuers } from './chipWords.ts';
import { MemoryBar } from './MemoryBar.tsx';
import { bytesWord } from './memory.ts';

/** Free memory, versions and certificate issuers, as EUICCInfo gives them. */
export function ChipFacts({ chip }: { chip: Chip }) {
  const { info } = chip;
  const missing = missingSentence(chip, 'info');
  if (info === null) {
    return (
      <ChipSection title="Memory and versions" missing={missing}>
        <p className="chip-none">not told</p>
      </ChipSection>
    );
  }
  return (
    <>
      <ChipSection title="Free memory">
        {info.freeNonVolatileBytes === null ? (
          <p className="chip-none">This eUICC does not tell how much memory is free.</p>
        ) : (
          <MemoryBar freeBytes={info.freeNonVolatileBytes} />
        )}
      </ChipSection>
      <ChipSection title="Certificate issuers">
        {onlyTestIssuers(info) ? (
          <p className="chip-warning">
            This eUICC trusts test issuers alone: a profile of a real provider cannot be loaded onto it.
          </p>
        ) : null}
        <Issuers rows={issuerRows(info)} />
      </ChipSection>
      <ChipSection title="Versions">
        <Versions info={info} />
      </ChipSection>
    </>
  );
}

function Issuers({ rows }: { rows: readonly IssuerRow[] }) {
  if (rows.length === 0) return <p className="chip-none">none told</p>;
  return (
    <ul className="issuers">
      {rows.map((row) => (
        <li key={row.keyId}>
          <span className="issuer-name">{row.name ?? 'not known by name'}</span>
          {row.signs ? null : <span className="issuer-note">verifies only</span>}
          <span className="issuer-key">
            <span className="mono break">{row.keyId}</span>
            <CopyButton value={row.keyId} what={`key identifier of ${row.name ?? 'the issuer'}`} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Versions({ info }: { info: EuiccInfo }) {
  return (
    <dl className="chip-facts">
      <Fact name="SGP.22">{info.svn}</Fact>
      <Fact name="Firmware">{info.firmwareVersion}</Fact>
      <Fact name="Profile package">{info.profileVersion}</Fact>
      <Fact name="Java Card">{info.javaCardVersion}</Fact>
      <Fact name="GlobalPlatform">{info.globalPlatformVersion}</Fact>
      <Fact name="Protection profile">{info.protectionProfileVersion}</Fact>
      <Fact name="Category">{info.category === null ? null : CATEGORIES[info.category]}</Fact>
      <Fact name="Free RAM">
        {info.freeVolatileBytes === null ? null : bytesWord(info.freeVolatileBytes)}
      </Fact>
      <Fact name="SAS number">{info.sasAccreditationNumber}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd className="mono">{children}</dd>
    </div>
  );
}
