/** The round badge: who is here, a guest, an account, or nobody yet. */
'use client';
import { UserRound } from 'lucide-react';
import { lazy, Suspense, useId, useRef, useState } from 'react';
import type { Me } from '#server/protocol/account.ts';
import { initials } from '#app/_lib/initials.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { MenuButton } from '#app/_ui/MenuButton.tsx';

const MeMenuList = lazy(() => import('./MeMenuList.tsx'));

export function MeMenu({ me }: { me: Me | null }) {
  const { t } = useI18n();
  const user = me?.user ?? null;
  const button = useRef<HTMLButtonElement>(null);
  const [shown, setShown] = useState(false);
  const id = useId();
  const { account } = t.top;
  return (
    <>
      <MenuButton
        ref={button}
        id={id}
        label={account}
        className="-mr-2"
        shown={shown}
        onToggle={() => setShown(!shown)}
      >
        <span className="grid size-7 place-items-center rounded-full border border-line-ui text-xs font-strong text-ink-2">
          {user && user.role !== 'guest' ? (
            // Drawn, not text: the button's name is another.
            <span data-initials={initials(user.name)} className="before:content-[attr(data-initials)]" />
          ) : (
            <UserRound className="size-3.5!" />
          )}
        </span>
      </MenuButton>
      {shown && (
        <Suspense fallback={null}>
          <MeMenuList id={id} label={account} button={button} onClose={() => setShown(false)} me={me} />
        </Suspense>
      )}
    </>
  );
}
