/** What of the workspace is asked for once in a while: one piece of code, loaded with the first of them. */
'use client';
import { lazy, type ComponentProps } from 'react';
import { HistoryPart } from '../history/HistoryPart.tsx';
import { StartHere } from '../history/StartHere.tsx';
import { LessonEnd } from '../lesson/LessonEnd.tsx';
import { BuildPart } from './BuildPart.tsx';
import type { ClassPart as ClassPartType } from './ClassPart.tsx';
import { ComingMachines } from './ComingMachines.tsx';
import { EndedTerminal } from './EndedTerminal.tsx';
import { Kept } from './Kept.tsx';
import { MissingImage } from './MissingImage.tsx';
import { RemoveMachine } from './RemoveMachine.tsx';
import { Restart } from './Restart.tsx';
import { SearchBar } from './SearchBar.tsx';
import { Standstill } from './Standstill.tsx';
import { TabName } from './TabName.tsx';
import { TerminalMenu } from './TerminalMenu.tsx';
import { TextMenu } from './TextMenu.tsx';
import { Viewers } from './Viewers.tsx';

// Most learners are in no class.
const ClassPart = lazy(async () => ({ default: (await import('./ClassPart.tsx')).ClassPart }));

export type PartProps =
  | ({ part: 'history' } & ComponentProps<typeof HistoryPart>)
  | ({ part: 'start-here' } & ComponentProps<typeof StartHere>)
  | ({ part: 'end' } & ComponentProps<typeof LessonEnd>)
  | ({ part: 'build' } & ComponentProps<typeof BuildPart>)
  | ({ part: 'missing' } & ComponentProps<typeof MissingImage>)
  | ({ part: 'search' } & ComponentProps<typeof SearchBar>)
  | ({ part: 'restart' } & ComponentProps<typeof Restart>)
  | ({ part: 'coming' } & ComponentProps<typeof ComingMachines>)
  | ({ part: 'remove' } & ComponentProps<typeof RemoveMachine>)
  | ({ part: 'name' } & ComponentProps<typeof TabName>)
  | ({ part: 'menu' } & ComponentProps<typeof TerminalMenu>)
  | ({ part: 'kept' } & ComponentProps<typeof Kept>)
  | ({ part: 'standstill' } & ComponentProps<typeof Standstill>)
  | ({ part: 'ended' } & ComponentProps<typeof EndedTerminal>)
  | ({ part: 'viewers' } & ComponentProps<typeof Viewers>)
  | ({ part: 'class' } & ComponentProps<typeof ClassPartType>)
  | ({ part: 'text' } & ComponentProps<typeof TextMenu>);

export default function SeldomPart(props: PartProps) {
  switch (props.part) {
    case 'history':
      return <HistoryPart {...props} />;
    case 'start-here':
      return <StartHere {...props} />;
    case 'end':
      return <LessonEnd {...props} />;
    case 'build':
      return <BuildPart {...props} />;
    case 'missing':
      return <MissingImage {...props} />;
    case 'search':
      return <SearchBar {...props} />;
    case 'restart':
      return <Restart {...props} />;
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
    case 'class':
      return <ClassPart {...props} />;
    case 'text':
      return <TextMenu {...props} />;
  }
}
