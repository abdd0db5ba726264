/** Names versions the way Docker Hub's tags do: 1.26.3, 1.26, 1, latest. */

/** What upstream calls the version: no Debian epoch, no repacking mark, no revision. `5:8.0.2-3+deb13u3` → `8.0.2`. */
export function upstreamVersion(debianVersion: string): string {
  return debianVersion
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '')
    .replace(/[+~](ds|dfsg|really|git).*$/, '');
}

/** From the most exact to the least; `latest` comes last. */
export function versionTags(version: string): string[] {
  const parts = version.split('.');
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('.')), 'latest'];
}

/** `nginx:1.26` → `library/nginx`; a reference without a folder is one of the library's. */
export function repositoryOf(reference: string): string {
  const name = reference.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  return name.includes('/') ? name : `library/${name}`;
}

/** `nginx:1.26` → `1.26`; `latest` where none is named, as for Docker. */
export function tagOf(reference: string): string {
  return /:([^:/]+)$/.exec(reference.replace(/@.*$/, ''))?.[1] ?? 'latest';
}
