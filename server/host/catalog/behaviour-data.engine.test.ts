/** The data stores, run inside a machine as a learner runs them, do what their namesakes are known for. */
import { describe, expect, test } from 'vitest';
import { useLearner } from '../testing/learner.ts';

const { type, sees, stopsWith } = useLearner('catalogd', ['redis', 'postgres']);

describe('redis', () => {
  test('answers other containers, and keeps its data in a volume over a new container', async () => {
    await type('docker network create cache');
    await type('docker run -d --name store --network cache -v kept:/data redis');
    await sees('docker run --rm --network cache redis redis-cli -h store ping', 'PONG');
    expect(await type('docker run --rm --network cache redis redis-cli -h store set ship dry')).toBe('OK');
    await stopsWith('store', 0);
    await type('docker rm store && docker run -d --name store -v kept:/data redis --appendonly no');
    await sees('docker exec store redis-cli get ship', 'dry');
  });

  test('works as the user redis, and a decision about protected mode stays with its user', async () => {
    expect(await type("docker exec store sh -c 'stat -c %U /proc/1 /data'")).toBe('redis\nredis');
    expect(await type('docker exec store redis-cli config get protected-mode')).toMatch(/no$/);
    await type('docker run -d --name shut redis --protected-mode yes');
    await sees('docker exec shut redis-cli config get protected-mode', /yes\s*$/);
    await type('docker rm -f store shut');
  });
});

describe('postgres', () => {
  const ready = (container: string) => sees(`docker logs ${container}`, 'init process complete');
  const psql = (host: string, password: string, sql: string, code?: number) =>
    type(
      `docker run --rm --network bay -e PGPASSWORD=${password} postgres psql -h ${host} -U captain fleet -Atc "${sql}"`,
      code,
    );

  test('asks for a password, and says how to give one', async () => {
    const words = await type('docker run --name bare postgres', 1);
    expect(words).toContain('You must specify POSTGRES_PASSWORD');
    expect(words).toContain('docker run -e POSTGRES_PASSWORD=secret postgres');
    await type('docker rm bare');
  });

  test('makes user and database, runs the scripts that it is given, and lets nobody in without the password', async () => {
    await type('docker network create bay');
    await type('mkdir -p /root/initdb');
    await type(`echo 'create table ships (name text);' > /root/initdb/1.sql`);
    await type(`echo "insert into ships values ('packed')" | gzip > /root/initdb/2.sql.gz`);
    await type(
      `echo 'psql -U "$POSTGRES_USER" "$POSTGRES_DB" -c "insert into ships values (1 + 1)"' > /root/initdb/3.sh`,
    );
    const settings = '-e POSTGRES_PASSWORD=aye -e POSTGRES_USER=captain -e POSTGRES_DB=fleet';
    const mounts = '-v /root/initdb:/docker-entrypoint-initdb.d -v ships:/var/lib/postgresql/data';
    await type(`docker run -d --name db --network bay ${settings} ${mounts} postgres:17`);
    await ready('db');
    await sees('docker exec db pg_isready', 'accepting connections');
    expect(await psql('db', 'aye', 'select name from ships order by 1')).toBe('2\npacked');
    expect(await psql('db', 'wrong', 'select 1', 2)).toContain('password authentication failed');
  });

  test('works as the user postgres, ends in order, and finds its data again in the volume', async () => {
    expect(await type("docker exec db sh -c 'stat -c %U /proc/1 $PGDATA'")).toBe('postgres\npostgres');
    await stopsWith('db', 0);
    await sees('docker logs db', 'database system is shut down');
    await type('docker rm db');
    await type(
      'docker run -d --name db --network bay -v ships:/var/lib/postgresql/data postgres -c max_connections=11',
    );
    await sees('docker exec db pg_isready', 'accepting connections');
    expect(await psql('db', 'aye', 'select count(*) from ships')).toBe('2');
    expect(await psql('db', 'aye', 'show max_connections')).toBe('11');
    expect(await type('docker logs db')).not.toContain('init process');
    await type('docker rm -f db');
  });

  test('reads its password from a file, and trusts everybody only when told to', async () => {
    await type('echo -n quiet > /root/secret');
    await type(
      'docker run -d --name filed --network bay -e POSTGRES_PASSWORD_FILE=/run/secrets/db -e POSTGRES_USER=captain -e POSTGRES_DB=fleet -v /root/secret:/run/secrets/db postgres',
    );
    await ready('filed');
    await sees('docker exec filed pg_isready', 'accepting connections');
    expect(await psql('filed', 'quiet', 'select current_user')).toBe('captain');
    await type('docker rm -fv filed');
    await type(
      'docker run -d --name open --network bay -e POSTGRES_HOST_AUTH_METHOD=trust -e POSTGRES_USER=captain -e POSTGRES_DB=fleet postgres',
    );
    await ready('open');
    await sees('docker exec open pg_isready', 'accepting connections');
    expect(await psql('open', '', 'select 1')).toBe('1');
    await type('docker rm -fv open');
  });

  test('leaves other commands alone', async () => {
    expect(await type('docker run --rm postgres postgres --version')).toMatch(/17\.\d+/);
    expect(await type('docker run --rm postgres id -un')).toBe('root');
  });
});
