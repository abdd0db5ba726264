/** Searches what a terminal shows and has shown; fetched with the first search. */
import { SearchAddon, type ISearchOptions } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';

/** Finds and shows a match; an empty text ends the search. */
export type Search = (text: string, direction: 'next' | 'previous', options: ISearchOptions) => boolean;

export function searchIn(term: Terminal, found: (result: { index: number; count: number }) => void): Search {
  const search = new SearchAddon();
  term.loadAddon(search);
  search.onDidChangeResults(({ resultIndex, resultCount }) =>
    found({ index: resultIndex, count: resultCount }),
  );
  return (text, direction, options) => {
    if (text === '') {
      search.clearDecorations();
      term.clearSelection();
      return false;
    }
    const { theme } = term.options;
    const mark = theme?.yellow ?? '#808080';
    const decorations = {
      matchBorder: mark,
      matchOverviewRuler: mark,
      activeMatchBackground: theme?.selectionBackground,
      activeMatchColorOverviewRuler: mark,
    };
    const request = { ...options, decorations };
    return direction === 'next' ? search.findNext(text, request) : search.findPrevious(text, request);
  };
}
