/** Step: one static firewall table for all machines of this instance; nothing is added per sandbox. */
import type { Step } from './contract.ts';
import { SERVICE_PORTS } from './contract.ts';
import { must, run } from './run.ts';
import type { Instance } from './slot.ts';

/**
 * Machines may reach the service address and their own sandbox, nothing else: no other sandbox, no address of the host,
 * nothing beyond it. Sources are checked, refusals are answered at once, connections are bounded per sandbox.
 */
export function firewallText(instance: Instance): string {
  const table = `inet ${instance.firewallTable}`;
  const arp = `arp ${instance.firewallTable}`;
  const machines = `"${instance.bridgePrefix}*"`;
  const { dns, trace, mirror } = SERVICE_PORTS;
  return `
add table ${table}
delete table ${table}
add table ${arp}
delete table ${arp}
table ${table} {
  # Keyed by bridge, so each of these bounds one sandbox.
  set connections { type iface_index; flags dynamic; size 4096; }
  set new_connections { type iface_index; flags dynamic; size 4096; timeout 1m; }
  set refusals { type iface_index; flags dynamic; size 4096; timeout 1m; }

  # What a sandbox says among itself, or to nobody, costs the host no entry in its connection table.
  chain before_tracking {
    type filter hook prerouting priority raw; policy accept;
    iifname ${machines} fib daddr type != local notrack
  }
  # Before the host's own filter: its rules cannot open what is shut here.
  chain input {
    type filter hook input priority filter - 10; policy accept;
    iifname ${machines} goto from_machine
  }
  chain from_machine {
    meta nfproto ipv6 counter drop
    fib saddr . iif oif missing counter drop comment "forged source"
    ct state established accept comment "answers to the host: previews"
    ip daddr ${instance.serviceAddress} tcp dport { ${dns}, ${trace}, ${mirror} } goto service
    ip daddr ${instance.serviceAddress} udp dport ${dns} goto service
    ip daddr ${instance.serviceAddress} icmp type echo-request limit rate 100/second accept
    goto refuse
  }
  chain service {
    ct state invalid drop
    update @new_connections { iif limit rate over 200/second burst 400 packets } counter goto refuse
    add @connections { iif ct count over 500 } counter goto refuse
    accept
  }
  chain forward {
    type filter hook forward priority filter - 10; policy accept;
    iifname ${machines} goto leave
    oifname ${machines} counter goto refuse comment "only the host itself gets in"
  }
  chain leave {
    meta pkttype != host oifname ${machines} accept comment "bridged, not routed: the same sandbox"
    fib saddr . iif oif missing counter drop comment "forged source"
    fib daddr . iif oif exists accept comment "routed back into the same sandbox"
    counter goto refuse
  }
  # Answering every packet of a flood would be a flood of our own: above this rate they are dropped.
  chain refuse {
    meta pkttype != host drop
    update @refusals { iif limit rate over 1000/second burst 1000 packets } drop
    meta l4proto tcp reject with tcp reset
    reject with icmpx type admin-prohibited
  }
}
# Where the host sets all.rp_filter=2, the bridge's own check of sources does not hold for ARP.
table ${arp} {
  set asks { type iface_index; flags dynamic; size 4096; timeout 1m; }
  chain input {
    type filter hook input priority filter; policy accept;
    iifname ${machines} update @asks { iif limit rate over 50/second burst 100 packets } counter drop
  }
}
`;
}

/** Applied at every start: it is one atomic transaction of some milliseconds, and whatever was changed by hand is mended. */
export function firewallStep(instance: Instance): Step<true> {
  const apply = async (): Promise<true> => {
    await Promise.all([must('nft', ['-f', '-'], { input: firewallText(instance) }), allowInside(instance)]);
    return true;
  };
  return { title: 'Firewall', check: apply, apply };
}

/**
 * A Docker on the host sets the policy of FORWARD to DROP, which, with br_netfilter, also hits what passes between two
 * machines on one bridge. Our own table has already refused everything else by then.
 */
async function allowInside(instance: Instance): Promise<void> {
  const rule = insideRule(instance);
  if ((await run('iptables', ['-w', '-C', ...rule])).code !== 0)
    await must('iptables', ['-w', '-I', ...rule]);
}

function insideRule(instance: Instance): string[] {
  const bridges = `${instance.bridgePrefix}+`;
  const comment = ['-m', 'comment', '--comment', instance.firewallTable];
  return ['FORWARD', '-i', bridges, '-o', bridges, ...comment, '-j', 'ACCEPT'];
}

export async function removeFirewall(instance: Instance): Promise<void> {
  for (const family of ['inet', 'arp']) await run('nft', ['delete', 'table', family, instance.firewallTable]);
  while ((await run('iptables', ['-w', '-D', ...insideRule(instance)])).code === 0);
  await removeBareFilter();
}

/** The first rule of iptables makes its table, the last one leaves it behind. */
async function removeBareFilter(): Promise<void> {
  const { code, stdout } = await run('nft', ['list', 'table', 'ip', 'filter']);
  if (code === 0 && isBareFilter(stdout)) await run('nft', ['delete', 'table', 'ip', 'filter']);
}

/** Only the chains that iptables makes by itself, no rule in them, and policies that let everything through. */
export function isBareFilter(listing: string): boolean {
  const harmless =
    /^(#.*|table ip filter \{|chain (INPUT|FORWARD|OUTPUT) \{|type filter hook \w+ priority filter; policy accept;|\}|)$/;
  return listing.split('\n').every((line) => harmless.test(line.trim()));
}
