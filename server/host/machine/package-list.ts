/** The Debian packages of a machine: an engine, and what a learner expects to find beside it. */
export const MACHINE_PACKAGES: { names: string[]; why: string }[] = [
  {
    names: ['docker.io', 'docker-cli', 'docker-buildx', 'docker-compose'],
    why: 'the engine and its clients',
  },
  { names: ['iptables', 'nftables'], why: 'the engine’s port publishing and network isolation' },
  { names: ['tini'], why: 'process 1: reaps what is left behind and passes signals on' },
  { names: ['bash-completion'], why: 'Tab knows docker' },
  { names: ['nano', 'vim-tiny', 'less'], why: 'editing and reading in the terminal' },
  { names: ['curl', 'ca-certificates', 'jq', 'git', 'openssl'], why: 'what Docker’s own documentation uses' },
  { names: ['iproute2', 'iputils-ping', 'netcat-openbsd'], why: 'looking at networks' },
  { names: ['procps', 'psmisc', 'tree'], why: 'looking at processes and files' },
  { names: ['sudo'], why: 'lines of documentation begin with it' },
];

/** dpkg's own settings in a machine, besides what it leaves out. */
export const DPKG_SETTINGS = ['post-invoke=/usr/local/lib/drydock/after-packages'];

/** Left out while packages are unpacked, now and when a learner installs more. Copyright files stay. */
export const UNPACKED_WITHOUT = [
  'path-exclude=/usr/share/man/*',
  'path-exclude=/usr/share/info/*',
  'path-exclude=/usr/share/locale/*',
  'path-exclude=/usr/share/doc/*',
  'path-include=/usr/share/doc/*/copyright',
];
