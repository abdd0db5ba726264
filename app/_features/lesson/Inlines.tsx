/** Text inside a paragraph. */
import type { Inline } from '#server/protocol/lesson.ts';

export function Inlines({ children }: { children: Inline[] }) {
  // A lesson's text never changes while it is shown: the position is the identity.
  return children.map((inline, index) => <One key={index} inline={inline} />);
}

function One({ inline }: { inline: Inline }) {
  switch (inline.type) {
    case 'text':
      return inline.value;
    // A flag must not break at its hyphen: `-` here and `d` on the next line reads as something else.
    case 'code':
      return (
        <code className={/^\S{1,24}$/.test(inline.value) ? 'whitespace-nowrap' : undefined}>
          {inline.value}
        </code>
      );
    case 'strong':
      return (
        <strong>
          <Inlines>{inline.children}</Inlines>
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inlines>{inline.children}</Inlines>
        </em>
      );
    case 'del':
      return (
        <del>
          <Inlines>{inline.children}</Inlines>
        </del>
      );
    case 'link':
      return (
        <a
          href={inline.href}
          {...(/^https?:/.test(inline.href) ? { target: '_blank', rel: 'noreferrer' } : {})}
        >
          <Inlines>{inline.children}</Inlines>
        </a>
      );
    case 'term':
      return (
        <dfn tabIndex={0} data-tip={inline.definition} aria-label={`${inline.value}: ${inline.definition}`}>
          {inline.value}
        </dfn>
      );
    case 'break':
      return <br />;
  }
}
