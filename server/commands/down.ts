/** `npm run down`: stops server, machines and engine; with `--purge`, removes every trace of the instance. */
import { readConfig } from '../config.ts';
import { removeForgottenGuard } from '../host/packages.ts';
import { checkRoot } from '../host/preflight.ts';
import { terminalReport } from '../host/progress.ts';
import { stopServer } from '../host/server-process.ts';
import { tearDown } from '../host/tear-down.ts';

const report = terminalReport(process.stderr);
try {
  const purge = parseArguments(process.argv.slice(2));
  checkRoot();
  const config = readConfig(process.env);
  await stopServer(config.dataDirectory);
  await tearDown({ ...config, purge }, report);
  if (purge) await removeForgottenGuard();
  report.finish(
    purge
      ? `Nothing is left of ${config.dataDirectory}.`
      : `Stopped. The data is in ${config.dataDirectory}.`,
  );
} catch (error) {
  report.fail(error);
  process.exitCode = 1;
}

function parseArguments(given: string[]): boolean {
  const unknown = given.find((argument) => argument !== '--purge');
  if (unknown !== undefined) throw new Error(`"${unknown}" is no option of down; there is --purge.`);
  return given.includes('--purge');
}
