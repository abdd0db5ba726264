/** Images to run programs with, and to see who answers, inside a machine as a learner runs them. */
import { describe, expect, test } from 'vitest';
import { useLearner } from '../testing/learner.ts';

const { type, sees, stopsWith } = useLearner('catalogp', ['python', 'python:3.13', 'traefik/whoami']);

describe('python', () => {
  test('runs programs, with the modules that they reach for first', async () => {
    expect(await type(`docker run --rm python:3.13 python -c 'print(6 * 7)'`)).toBe('42');
    expect(await type('docker run --rm python python3 --version')).toMatch(/^Python 3\.13\./);
    expect(await type('echo "print(1 + 1)" | docker run --rm -i python')).toBe('2');
    const modules = 'asyncio, ctypes, http.server, json, lzma, sqlite3, ssl, unittest, urllib.request';
    expect(await type(`docker run --rm python python -c 'import ${modules}; print("there")'`)).toBe('there');
  });

  test('serves a directory, logs to docker logs', async () => {
    await type('docker run -d --name files -p 8083:8000 -w /etc python python -u -m http.server');
    await sees('curl -fsS localhost:8083/hostname', /^[0-9a-f]{12}$/m);
    await sees('docker logs files', /"GET \/hostname HTTP\/1.1" 200/);
    await type('docker rm -f files');
  });

  test('installs a package that a Dockerfile brings along', async () => {
    await type('mkdir -p /root/app/ship');
    await type(`echo 'def load(): return "loaded"' > /root/app/ship/__init__.py`);
    const wheel = [
      'import zipfile',
      'w = zipfile.ZipFile("/app/ship-1-py3-none-any.whl", "w")',
      'w.write("/app/ship/__init__.py", "ship/__init__.py")',
      'w.writestr("ship-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: ship\\nVersion: 1\\n")',
      'w.writestr("ship-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")',
      'w.writestr("ship-1.dist-info/RECORD", "")',
      'w.close()',
    ].join('\n');
    await type(`cat > /root/app/pack.py <<'END'\n${wheel}\nEND\ntrue`);
    await type('docker run --rm -v /root/app:/app python python /app/pack.py');
    await type(
      `printf 'FROM python:3\\nCOPY *.whl /tmp/\\nRUN pip install --no-cache-dir /tmp/*.whl\\nCMD ["python", "-c", "import ship; print(ship.load())"]\\n' > /root/app/Dockerfile`,
    );
    await type('docker build -q -t packed /root/app');
    expect(await type('docker run --rm packed')).toBe('loaded');
  });
});

describe('traefik/whoami', () => {
  test('tells who answers and what arrived, and logs it', async () => {
    await type('docker run -d --name who -h harbour -p 8084:80 traefik/whoami');
    await sees('docker logs who', 'Starting up on port 80');
    const lines = (await type(`curl -fsS -H 'X-Ship: dry' 'localhost:8084/berth?n=1'`)).split(/\r?\n/);
    expect(lines).toEqual(
      expect.arrayContaining([
        'Hostname: harbour',
        'IP: 127.0.0.1',
        expect.stringMatching(/^IP: 172\.17\.0\.\d+$/),
        expect.stringMatching(/^RemoteAddr: 172\.17\.0\.1:\d+$/),
        'GET /berth?n=1 HTTP/1.1',
        'Host: localhost:8084',
        'X-Ship: dry',
      ]),
    );
    await sees('docker logs who', /^172\.17\.0\.1:\d+ - - \[.*\] "GET \/berth\?n=1 HTTP\/1.1" 200 \d+$/m);
  });

  test('answers many at once, each as JSON too', async () => {
    const start = performance.now();
    await type(`seq 40 | xargs -P 40 -I{} curl -fsS -o /dev/null 'localhost:8084/?wait=2s'`);
    expect(performance.now() - start).toBeLessThan(15_000);
    const facts: unknown = JSON.parse(await type(`curl -fsS -H 'X-Quote: "a\\b"' localhost:8084/api`));
    expect(facts).toMatchObject({
      hostname: 'harbour',
      method: 'GET',
      url: '/api',
      host: 'localhost:8084',
      headers: { 'X-Quote': ['"a\\b"'] },
    });
  });

  test('is as healthy as it is told to be', async () => {
    const health = () => type("curl -s -o /dev/null -w '%{http_code}' localhost:8084/health");
    expect(await health()).toBe('200');
    await type('curl -fsS -X POST -d 503 localhost:8084/health');
    expect(await health()).toBe('503');
  });

  test('refuses what is no request, stays up, and ends at once', async () => {
    const status = (bytes: string) =>
      type(`${bytes} | nc -q 2 -w 5 localhost 8084 | head -n 1 | tr -d '\\r'`);
    expect(await status(`printf 'nonsense\\r\\n\\r\\n'`)).toBe('HTTP/1.1 400 Bad Request');
    expect(await status(`head -c 16384 /dev/zero`)).toBe('HTTP/1.1 431 Request Header Fields Too Large');
    await sees('docker logs who', '"nonsense" 400');
    expect(await type('curl -fsS localhost:8084/bench')).toBe('1');
    await stopsWith('who', 0);
    await type('docker rm who');
  });

  test('listens where its option or its environment says, and gives its name', async () => {
    await type('docker run -d --name optioned -p 8085:81 traefik/whoami --port 81 --name first');
    await sees('curl -fsS localhost:8085', /^Name: first$/m);
    await type(
      'docker run -d --name given -p 8086:82 -e WHOAMI_PORT_NUMBER=82 -e WHOAMI_NAME=second traefik/whoami',
    );
    await sees('curl -fsS localhost:8086', /^Name: second$/m);
    expect(await type('docker run --rm traefik/whoami --port x', 2)).toContain('"x" is not a port');
    await type('docker rm -f optioned given');
  });
});
