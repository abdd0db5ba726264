/** The catalog's failures in set-up's own words, with the end of what the failing program said. */
import { SetUpError } from '../errors.ts';
import { lastWords } from '../run.ts';

/** What apt prints where a mirror cannot be reached or does not have what its lists promise. */
const UNREACHABLE =
  /Could not resolve|Temporary failure resolving|Could not connect|Unable to connect|Connection (?:failed|timed out|refused)|Failed to fetch|Unable to fetch/;

export function buildFailure(
  what: string,
  result: { code: number; stdout: string; stderr: string },
): SetUpError {
  const unreachable = `${result.stdout}\n${result.stderr}`
    .split('\n')
    .findLast((line) => UNREACHABLE.test(line));
  if (unreachable !== undefined)
    return new SetUpError('mirror_unreachable', {
      sentence: `Building the catalog (${what}) could not fetch Debian packages: ${unreachable.trim()}`,
      wayOut: 'Check with "apt-get update" that this host reaches its package mirror, then start again.',
    });
  return new SetUpError('command_failed', {
    sentence: `Building the catalog (${what}) failed with code ${result.code}: ${lastWords(result)}`,
    wayOut: 'Mend what the sentence names and start again: the catalog is then built anew.',
  });
}
