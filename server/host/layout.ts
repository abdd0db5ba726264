/** Where everything of an instance lies under its data directory. */
import { join } from 'node:path';

export type Layout = ReturnType<typeof layoutOf>;

export function layoutOf(dataDirectory: string) {
  const at = (...parts: string[]) => join(dataDirectory, ...parts);
  return {
    root: dataDirectory,
    instanceFile: at('instance.json'),
    /** Sockets, pid files and whatever else means nothing after a reboot. */
    run: at('run'),
    bootFile: at('run', 'boot-id'),
    log: at('log'),
    poolImage: at('pool.img'),
    pool: at('pool'),
    engineSocket: at('run', 'docker.sock'),
    engineConfig: at('engine', 'daemon.json'),
    engineData: at('engine', 'data'),
    engineState: at('run', 'docker'),
    enginePidFile: at('run', 'engine.pid'),
    engineKey: at('engine', 'key.json'),
    containerdConfig: at('engine', 'containerd.toml'),
    containerdData: at('engine', 'containerd'),
    containerdState: at('run', 'containerd'),
    containerdSocket: at('run', 'containerd.sock'),
    dnsConfig: at('dns', 'dnsmasq.conf'),
    dnsHosts: at('dns', 'hosts'),
    registryConfig: at('registry', 'config.yml'),
    hubConfig: at('registry', 'hub.yml'),
    pullThroughCache: at('pull-through'),
    pidFile: (daemon: string) => at('run', `${daemon}.pid`),
    /** Digest of the settings that a running daemon was started with. */
    settingsStamp: (daemon: string) => at('run', `${daemon}.settings`),
    logFile: (daemon: string) => at('log', `${daemon}.log`),
  };
}
