/** The kind `container`: what may be asked of containers on a machine. */
import { z } from 'zod';
import { excerpt, machine, name, pairs, path, quantitySchema, size } from './parts.ts';

const mountSchema = z.strictObject({
  target: z.string().startsWith('/').max(200).describe('Path inside the container.'),
  volume: name.describe('Name of the volume that is mounted there.').optional(),
  source: z.string().startsWith('/').max(200).describe('Path on the machine, for a bind mount.').optional(),
  readOnly: z.boolean().optional(),
});
export type MountExpectation = z.infer<typeof mountSchema>;

const capabilities = z
  .array(z.string().regex(/^[A-Z_]{2,40}$/, 'write a capability as docker run takes it: NET_ADMIN'))
  .min(1)
  .max(20);

const diffSchema = z
  .strictObject({ added: path.optional(), changed: path.optional(), deleted: path.optional() })
  .refine((diff) => Object.keys(diff).length > 0, 'name a path that was added, changed or deleted')
  .describe('What `docker diff` lists of it.');
export type DiffExpectation = z.infer<typeof diffSchema>;

export const containerExpectationSchema = z
  .strictObject({
    machine,
    name: name.describe('The name given with --name, without a slash.').optional(),
    image: name.describe('As typed: nginx, nginx:1.26, docker/getting-started.').optional(),
    running: z.boolean().describe('True: its process runs (a paused one counts as running).').optional(),
    paused: z.boolean().optional(),
    exitCode: z
      .int()
      .min(0)
      .max(255)
      .describe('It ran and ended so. With this field, containers that were removed since count too.')
      .optional(),
    outOfMemory: z.boolean().describe('True: its process was killed for want of memory.').optional(),
    removed: z.boolean().describe('True: there was such a container, and now there is none.').optional(),
    command: excerpt
      .describe('What it runs, entrypoint and arguments with blanks between: a part of it.')
      .optional(),
    ports: z
      .array(
        z
          .string()
          .regex(/^(\d{1,5}:)?\d{1,5}(\/(tcp|udp))?$/, 'write a port as docker run -p takes it: 8080:80'),
      )
      .min(1)
      .max(10)
      .describe('Published ports as `docker run -p` takes them: 8080:80; 80 alone means any host port.')
      .optional(),
    env: pairs.optional(),
    mounts: z.array(mountSchema).min(1).max(10).optional(),
    networks: z.array(name).min(1).max(10).optional(),
    networkMode: name.describe('host, none, bridge, or container:NAME.').optional(),
    pidMode: name.describe('host, or container:NAME.').optional(),
    restartPolicy: z.enum(['no', 'always', 'on-failure', 'unless-stopped']).optional(),
    limits: z
      .strictObject({
        memory: size.optional(),
        cpus: z.number().min(0).max(64).optional(),
        pids: z.int().min(1).optional(),
      })
      .optional(),
    user: name.describe('As given with --user, or by USER of its image.').optional(),
    readOnlyRoot: z.boolean().describe('True: started with --read-only.').optional(),
    capAdd: capabilities.optional(),
    capDrop: capabilities.optional(),
    label: pairs.optional(),
    diff: diffSchema.optional(),
    count: quantitySchema
      .describe('How many containers must fit the other fields: 2, or { min: 2 }; 1 or more when left out.')
      .optional(),
  })
  .describe('A container on a machine; every field given must hold.');
export type ContainerExpectation = z.infer<typeof containerExpectationSchema>;
