/** How the pages are built and served; the gateway in front compresses, so Next does not. */
import type { NextConfig } from 'next';

const config: NextConfig = {
  devIndicators: false,
  compress: false,
  poweredByHeader: false,
  // A checkout may lie beside other lock files: only this folder is the project.
  turbopack: { root: import.meta.dirname },
  // `npm run check` holds the types; a host that only serves need not check them again at every start.
  typescript: { ignoreBuildErrors: true },
};

export default config;
