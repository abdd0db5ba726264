/** Parts of the terminals' pane that come together, when the first of them is asked for: each by itself would weigh on the page. */
'use client';
import type { ComponentProps } from 'react';
import { BuildPart } from './BuildPart.tsx';
import { MissingImage } from './MissingImage.tsx';
import { SearchBar } from './SearchBar.tsx';

export type PartProps =
  | ({ part: 'build' } & ComponentProps<typeof BuildPart>)
  | ({ part: 'missing' } & ComponentProps<typeof MissingImage>)
  | ({ part: 'search' } & ComponentProps<typeof SearchBar>);

export default function PaneParts(props: PartProps) {
  if (props.part === 'build') return <BuildPart {...props} />;
  if (props.part === 'missing') return <MissingImage {...props} />;
  return <SearchBar {...props} />;
}
