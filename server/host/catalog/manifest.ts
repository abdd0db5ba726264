/** Writes manifests in Docker's schema 2, which engines from 20.10 to 26 pull alike. */
export const MANIFEST_TYPE = 'application/vnd.docker.distribution.manifest.v2+json';
const CONFIG_TYPE = 'application/vnd.docker.container.image.v1+json';
const LAYER_TYPE = 'application/vnd.docker.image.rootfs.diff.tar.gzip';

export type Blob = { digest: string; size: number };

export function manifestJson(image: { config: Blob; layers: readonly Blob[] }): string {
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: { mediaType: CONFIG_TYPE, size: image.config.size, digest: image.config.digest },
    layers: image.layers.map(({ digest, size }) => ({ mediaType: LAYER_TYPE, size, digest })),
  };
  return JSON.stringify(manifest, null, 3);
}
