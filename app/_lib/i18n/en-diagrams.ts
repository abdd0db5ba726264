/** English: the words in figures. `alt` tells the whole picture to those who do not see it. */
import type { Tree, Words } from './en.ts';

export const enDiagrams = {
  architecture: {
    alt: 'The docker client sends a request to the daemon, dockerd, on a Docker host. The daemon looks for the image on its disk, pulls what is missing from a registry, makes a container from the image and starts its program.',
    caption: 'Three parts: a client that asks, a daemon that does the work, a registry that keeps images.',
    client: 'Client',
    host: 'Docker host',
    registry: 'Registry',
    ask: 'asks over its API',
    containers: 'containers',
    images: 'images',
    pull: 'pull',
    steps: 'pull what is missing, then create and start',
  },
  'client-daemon': {
    alt: 'On node1 the docker command and curl both talk to dockerd through the socket /var/run/docker.sock. With -H or a context the same docker command talks over TCP to another dockerd, on node2.',
    caption: 'One client, many daemons. Whoever speaks HTTP to the socket is a client.',
    client: 'clients',
    daemon: 'daemon',
    socket: 'a file on this machine',
    remote: 'with -H or a context',
    same: 'the same API',
  },
  'container-vs-vm': {
    alt: 'Left, virtual machines: each holds an app, its libraries and a whole guest operating system with a kernel of its own, on a hypervisor. Right, containers: each holds only an app and its libraries; all share the kernel of the host.',
    caption:
      'A virtual machine brings a whole system with its kernel. A container brings only what the app needs.',
    vms: 'Virtual machines',
    containers: 'Containers',
    app: 'app',
    libraries: 'libs',
    guest: 'guest OS',
    kernel: 'own kernel',
    hypervisor: 'hypervisor',
    engine: 'Docker Engine',
    host: 'host OS, one kernel',
    hardware: 'hardware',
    boots: 'boots: many seconds',
    starts: 'starts: under a second',
  },
  'copy-on-write': {
    alt: 'Four rows. The container sees three files, a, b and new. In its writable layer lie a changed copy of b, the file new, and a whiteout that hides c. In the read-only layers of the image below lie a, b and c, unchanged.',
    caption:
      'Looking down, the topmost file wins. Writing copies a file up first; what lies below never changes.',
    seen: 'Seen',
    seenBy: 'by its programs',
    writable: 'Writable',
    layer: 'container layer',
    image: 'Read-only',
    readOnly: 'image layers',
    copied: 'copied up',
    fresh: 'new',
    deleted: 'deleted',
  },
  layers: {
    alt: 'A base image, debian, lies at the bottom. The layers of nginx and of python stand on it side by side, so the base is on disk once. On top of the nginx layers stand two containers, each with a thin writable layer of its own.',
    caption: 'Layers stack from the base upward. What two images share lies on disk once.',
    writable: 'writable',
    readOnly: 'read-only',
    base: 'base image',
    once: 'on disk once',
    container: 'container layer',
  },
  'life-cycle': {
    alt: 'docker create makes a created container from an image, docker start makes it run; docker run does both. A running container can be paused and unpaused. stop, kill or the end of its program make it exited; start or restart make it run again. docker rm removes it.',
    caption: 'The states of a container, and the commands that lead from one to the next.',
    image: 'image',
    created: 'created',
    running: 'running',
    paused: 'paused',
    exited: 'exited',
    removed: 'gone',
    ends: 'or its program ends',
  },
} as const satisfies Tree;

export type DiagramWords = Words<typeof enDiagrams>;
