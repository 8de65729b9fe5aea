import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from './texts.ts';
import { isOutdated } from './update.tsx';

/**
 * A screen that is loaded when it is opened first. The service worker has its file, so it opens
 * without a link.
 */
export const lazy = <Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> => {
  let loaded: ComponentType<Props> | undefined;
  return (props: Props) => {
    const [, redraw] = useState(0);
    const [isMissing, setMissing] = useState(false);
    const open = () => {
      setMissing(false);
      load().then(
        (component) => {
          loaded = component;
          redraw(1);
        },
        // Bill and vouchers are stored, so the new version goes on where this one was.
        () => (isOutdated.value ? location.reload() : setMissing(true)),
      );
    };
    useEffect(() => {
      if (!loaded) open();
    }, []);
    if (isMissing)
      return (
        <p class="notice" role="alert">
          {t('screensFar')}{' '}
          <button type="button" class="link" onClick={open}>
            {t('tryAgain')}
          </button>
        </p>
      );
    const Loaded = loaded;
    return Loaded ? <Loaded {...props} /> : <p class="empty" aria-busy="true" />;
  };
};
