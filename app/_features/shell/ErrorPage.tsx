/** An error as a page: the brand to go home by, the empty dock, what happened, what to do, one button. */
'use client';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import type { Dictionary } from '#app/_lib/i18n/en.ts';
import { Button, ButtonLink } from '#app/_ui/Button.tsx';
import { Notice } from '#app/_ui/Notice.tsx';
import { MainNav } from './MainNav.tsx';
import { TopBar } from './TopBar.tsx';

type Errors = Dictionary['errors'];
type ErrorCode = { [K in keyof Errors]: Errors[K] extends string ? never : K }[keyof Errors];

type ErrorPageProps = {
  code: ErrorCode;
  action: { label: string; href: string } | { label: string; onClick: () => void };
};

export default function ErrorPage({ code, action }: ErrorPageProps) {
  const { t } = useI18n();
  return (
    <div className="flex min-h-full flex-col">
      <TopBar me={null}>
        <MainNav current={null} />
      </TopBar>
      <main id="content" className="flex flex-1">
        <Notice title={t.errors[code].title} text={t.errors[code].text}>
          {'href' in action ? (
            <ButtonLink kind="go" href={action.href}>
              {action.label}
            </ButtonLink>
          ) : (
            <Button kind="go" onClick={action.onClick}>
              {action.label}
            </Button>
          )}
        </Notice>
      </main>
    </div>
  );
}
