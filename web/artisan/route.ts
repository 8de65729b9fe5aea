import { computed } from '@preact/signals';
import { address, hashOf } from '../app/route.ts';

const SCREENS = ['requests', 'request', 'ask', 'passbook', 'goods', 'more'] as const;
type ArtisanScreen = (typeof SCREENS)[number];

export const artisanRoute = computed(() => ({
  screen: SCREENS.find((one) => one === address.value.name) ?? 'requests',
  id: address.value.id,
}));

export const artisanAddress = (screen: ArtisanScreen, id = ''): string => hashOf(screen, id);

export const ARTISAN_TABS = ['requests', 'passbook', 'goods', 'more'] as const;

export const artisanTabOf = (screen: ArtisanScreen): ArtisanScreen =>
  screen === 'request' || screen === 'ask' ? 'requests' : screen;
