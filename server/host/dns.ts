/** The name server of machines: knows the mirror and the machines, and says at once that nothing else exists. */
import { createSocket } from 'node:dgram';
import { SERVICE_PORTS } from './contract.ts';
import type { Daemon } from './daemon.ts';
import type { Layout } from './layout.ts';
import type { Instance } from './slot.ts';

export const MIRROR_NAME = 'mirror.drydock';
/** Where the engines of machines send their traces. */
const TRACE_NAME = 'trace.drydock';

/** `--hostsdir` is read anew by itself when a file comes; a HUP is needed only when one goes (dnsmasq(8)). */
export function dnsText(instance: Instance, layout: Layout): string {
  return [
    'keep-in-foreground',
    'user=nobody',
    'pid-file',
    'no-resolv',
    'no-hosts',
    'no-poll',
    // A machine that asks without end must not fill the disk with our complaints.
    'log-facility=/dev/null',
    `port=${SERVICE_PORTS.dns}`,
    `listen-address=${instance.serviceAddress}`,
    'bind-interfaces',
    'except-interface=lo',
    'address=/#/',
    `host-record=${MIRROR_NAME},${TRACE_NAME},${instance.serviceAddress}`,
    `hostsdir=${layout.dnsHosts}`,
    'local-ttl=2',
    'dns-forward-max=1',
    'cache-size=0',
    '',
  ].join('\n');
}

export function dnsCommand(layout: Layout): string[] {
  return ['dnsmasq', `--conf-file=${layout.dnsConfig}`];
}

export function dnsDaemon(instance: Instance, layout: Layout): Daemon {
  return {
    name: 'dns',
    command: dnsCommand(layout),
    settings: { [layout.dnsConfig]: dnsText(instance, layout) },
    readyTimeoutMs: 10_000,
    isReady: () => answersQuestion(instance.serviceAddress),
  };
}

const ANSWER_TIMEOUT_MS = 500;

/** One question by UDP, as a machine would ask it: "what is mirror.drydock?" (RFC 1035). */
function answersQuestion(address: string): Promise<boolean> {
  const labels = MIRROR_NAME.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]);
  const question = Buffer.from([0xdd, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, 1, 0, 1]);
  return new Promise((settle) => {
    const socket = createSocket('udp4');
    const end = (answered: boolean) => {
      clearTimeout(timer);
      socket.removeAllListeners('message').close();
      settle(answered);
    };
    const timer = setTimeout(end, ANSWER_TIMEOUT_MS, false);
    socket.once('error', () => end(false)).once('message', () => end(true));
    // Connected: a refused port is then reported instead of waited for.
    socket.connect(SERVICE_PORTS.dns, address, () => socket.send(question));
  });
}
