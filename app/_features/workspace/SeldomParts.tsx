/** What of the workspace is asked for once in a while: one piece of code, loaded with the first of them. */
'use client';
import type { ComponentProps } from 'react';
import { ComingMachines } from './ComingMachines.tsx';
import { EndedTerminal } from './EndedTerminal.tsx';
import { Kept } from './Kept.tsx';
import { RemoveMachine } from './RemoveMachine.tsx';
import { Standstill } from './Standstill.tsx';
import { TabName } from './TabName.tsx';
import { TerminalMenu } from './TerminalMenu.tsx';
import { TextMenu } from './TextMenu.tsx';
import { Viewers } from './Viewers.tsx';

export type PartProps =
  | ({ part: 'coming' } & ComponentProps<typeof ComingMachines>)
  | ({ part: 'remove' } & ComponentProps<typeof RemoveMachine>)
  | ({ part: 'name' } & ComponentProps<typeof TabName>)
  | ({ part: 'menu' } & ComponentProps<typeof TerminalMenu>)
  | ({ part: 'kept' } & ComponentProps<typeof Kept>)
  | ({ part: 'standstill' } & ComponentProps<typeof Standstill>)
  | ({ part: 'ended' } & ComponentProps<typeof EndedTerminal>)
  | ({ part: 'viewers' } & ComponentProps<typeof Viewers>)
  | ({ part: 'text' } & ComponentProps<typeof TextMenu>);

export default function SeldomPart(props: PartProps) {
  switch (props.part) {
    case 'coming':
      return <ComingMachines {...props} />;
    case 'remove':
      return <RemoveMachine {...props} />;
    case 'name':
      return <TabName {...props} />;
    case 'menu':
      return <TerminalMenu {...props} />;
    case 'kept':
      return <Kept {...props} />;
    case 'standstill':
      return <Standstill {...props} />;
    case 'ended':
      return <EndedTerminal {...props} />;
    case 'viewers':
      return <Viewers {...props} />;
    case 'text':
      return <TextMenu {...props} />;
  }
}
