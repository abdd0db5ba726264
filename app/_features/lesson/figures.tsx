/** The figures of this lesson, drawn on the server and handed down ready to where the text asks for them. */
'use client';
import { createContext, use, type ReactNode } from 'react';
import type { DiagramName } from '#server/protocol/lesson.ts';

export type Figures = Readonly<Partial<Record<DiagramName, ReactNode>>>;

const Context = createContext<Figures>({});

export function FiguresProvider({ value, children }: { value: Figures; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

export function useFigure(name: DiagramName): ReactNode {
  return use(Context)[name] ?? null;
}
