/** The bar between the figures and the tiles: in which order, which of them, how large. */
'use client';
import { Grid2x2, Grid3x3, Rows2, Search } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from '#app/_ui/Button.tsx';
import { classes } from '#app/_ui/classes.ts';
import { IconButton, TOOL } from '#app/_ui/IconButton.tsx';
import { isFree } from '../keys.ts';
import { useWallWords } from '../words.ts';
import { SORTS, type Filter, type Sort } from './order.ts';
import type { TileSize } from './TileGrid.tsx';

const SIZES: { size: TileSize; icon: ReactNode }[] = [
  { size: 'dense', icon: <Grid3x3 /> },
  { size: 'usual', icon: <Grid2x2 /> },
  { size: 'large', icon: <Rows2 /> },
];

type TabsProps = {
  sort: Sort;
  onSort: (sort: Sort) => void;
  filter: Filter;
  onFilter: (change: Partial<Filter>) => void;
  /** What `only this lesson` would show; null where the class has one lesson only. */
  lesson: string | null;
  counts: { hands: number; stuck: number };
  size: TileSize;
  onSize: (size: TileSize) => void;
  isHeld: boolean;
  onSortAnew: () => void;
};

export function WallTabs(props: TabsProps) {
  const { w } = useWallWords();
  const { sort, onSort, filter, onFilter, lesson, counts, size, onSize } = props;
  return (
    <div className="top-0 z-(--z-sticky) flex min-h-(--bar-pane) flex-wrap items-stretch gap-x-6 border-b border-line bg-paper pr-2 pl-4 max-wide:pb-2 wide:sticky">
      <div
        role="group"
        aria-label={w.sort}
        className="tab-list flex min-h-(--bar-pane) gap-6 overflow-x-auto"
      >
        {SORTS.map((choice) => (
          <button
            key={choice}
            type="button"
            aria-pressed={choice === sort}
            className="tab"
            onClick={() => onSort(choice)}
          >
            {w.sortBy[choice]}
          </button>
        ))}
      </div>
      {props.isHeld && (
        <p className="flex items-center gap-2 text-ink-3 max-full:hidden">
          {w.held}
          <Button kind="text" data-tip-keys="R" data-tip={w.sortAnew} onClick={props.onSortAnew}>
            {w.sortAnew}
          </Button>
        </p>
      )}
      <div className="flex flex-wrap items-center gap-x-1 wide:ml-auto">
        <NameField value={filter.name} onChange={(name) => onFilter({ name })} />
        <div role="group" aria-label={w.only} className="flex flex-wrap items-center">
          <Only pressed={filter.hands} count={counts.hands} onToggle={(hands) => onFilter({ hands })}>
            {w.onlyHands}
          </Only>
          <Only pressed={filter.stuck} count={counts.stuck} onToggle={(stuck) => onFilter({ stuck })}>
            {w.onlyStuck}
          </Only>
          {lesson !== null && (
            <Only
              pressed={filter.lesson !== null}
              onToggle={(only) => onFilter({ lesson: only ? lesson : null })}
            >
              {w.onlyLesson}
            </Only>
          )}
        </div>
        <div role="group" aria-label={w.size} className="flex items-center max-narrow:hidden">
          {SIZES.map(({ size: choice, icon }) => (
            <IconButton
              key={choice}
              label={w.sizes[choice]}
              aria-pressed={choice === size}
              onClick={() => onSize(choice)}
            >
              {icon}
            </IconButton>
          ))}
        </div>
      </div>
    </div>
  );
}

type OnlyProps = {
  pressed: boolean;
  count?: number;
  onToggle: (pressed: boolean) => void;
  children: string;
};

function Only({ pressed, count, onToggle, children }: OnlyProps) {
  return (
    <button type="button" aria-pressed={pressed} className={TOOL} onClick={() => onToggle(!pressed)}>
      {children}
      {count !== undefined && <b className={classes('font-strong', !pressed && 'text-ink')}>{count}</b>}
    </button>
  );
}

/** `/` leads into it, Escape empties and leaves it. */
function NameField({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  const { w } = useWallWords();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key !== '/' || !isFree(event)) return;
      event.preventDefault();
      field.current?.select();
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, []);
  return (
    <label className="relative mr-1 flex items-center">
      <Search className="pointer-events-none absolute left-2 text-ink-3" />
      <input
        ref={field}
        type="search"
        value={value}
        aria-label={w.byName}
        aria-keyshortcuts="/"
        placeholder={w.byName}
        autoComplete="off"
        className="h-7 w-40 rounded-touch border border-line-2 bg-panel pr-2 pl-7 text-sm placeholder:text-ink-3 hover:border-line-ui pointer-coarse:h-(--hit)"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          onChange('');
          field.current?.blur();
        }}
      />
    </label>
  );
}
