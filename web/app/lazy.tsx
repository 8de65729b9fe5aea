import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from './texts.ts';

/**
 * A screen that is loaded when it is opened first. The service worker has its file, so it opens
 * without a link.
 */
export const lazy = <Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> => {
  let loaded: ComponentType<Props> | undefined;
  return (props: Props) => {
    const [, redraw] = useState(0);
    const [isMissing, setMissing] = useState(false);
    useEffect(() => {
      if (loaded) return;
      load()
        .then((component) => {
          loaded = component;
          redraw(1);
        })
        .catch(() => setMissing(true));
    }, []);
    if (isMissing)
      return (
        <p class="notice" role="alert">
          {t('screensFar')}
        </p>
      );
    const Loaded = loaded;
    return Loaded ? <Loaded {...props} /> : <p class="empty" aria-busy="true" />;
  };
};
