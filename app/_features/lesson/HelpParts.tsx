/** What few steps need: near misses, solutions, ports; one piece of code that comes with the first of them. */
'use client';
import type { ComponentProps } from 'react';
import { Facts } from './Facts.tsx';
import { PortButton } from './PortButton.tsx';
import { Solution } from './Solution.tsx';

export type HelpProps =
  | ({ part: 'facts' } & ComponentProps<typeof Facts>)
  | ({ part: 'port' } & ComponentProps<typeof PortButton>)
  | ({ part: 'solution' } & ComponentProps<typeof Solution>);

export default function HelpParts(props: HelpProps) {
  if (props.part === 'facts') return <Facts {...props} />;
  return props.part === 'port' ? <PortButton {...props} /> : <Solution {...props} />;
}
