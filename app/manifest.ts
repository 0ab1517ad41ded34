import type { MetadataRoute } from 'next';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Wakachi 分かち',
    short_name: 'Wakachi',
    start_url: '/',
    display: 'browser',
    background_color: '#ffffff',
    theme_color: '#fbf5e0',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
}
