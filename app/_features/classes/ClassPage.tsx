/** The frame of the pages about classes: bar, main column, foot. */
import type { ReactNode } from 'react';
import { classes } from '#app/_ui/classes.ts';

/** `bar` and `foot` belong to another feature: the page hands them in. */
type FrameProps = { bar: ReactNode; foot?: ReactNode; wide?: boolean; children: ReactNode };

export function ClassPage({ bar, foot, wide = false, children }: FrameProps) {
  return (
    <div className="flex min-h-full flex-col">
      {bar}
      <main
        id="content"
        className={classes(
          'mx-auto w-full flex-1 px-5 pt-8 pb-12 wide:px-16 wide:pt-10',
          wide ? 'max-w-360' : 'max-w-240',
        )}
      >
        {children}
      </main>
      {foot}
    </div>
  );
}
