/** What a sandbox's builds did, line by line. */
import { findSandbox } from './access.ts';
import { type Call, type Reply, signedIn } from './call.ts';

export async function showBuilds(call: Call): Promise<Reply> {
  const { sandbox } = await findSandbox(call.parts, signedIn(call), call.params.id, 'watch');
  return { json: await call.parts.builds.of(sandbox.id) };
}
