/** A paragraph set apart: plain for a word aside, near for care, fail for what went wrong. */
import type { ReactNode } from 'react';

const EDGE = { plain: 'border-line-ui', near: 'border-near bg-near-wash', fail: 'border-fail' } as const;

type CalloutProps = {
  kind?: keyof typeof EDGE;
  title?: string;
  role?: 'alert' | 'status';
  children: ReactNode;
};

export function Callout({ kind = 'plain', title, role, children }: CalloutProps) {
  return (
    <div role={role} className={`border-l-2 px-4 py-2 text-md ${EDGE[kind]}`}>
      {title && <p className="font-strong">{title}</p>}
      {children}
    </div>
  );
}
