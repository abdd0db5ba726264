/** The list of a class is read from a table, line by line, and laid over who is there. */
import { describe, expect, test } from 'vitest';
import { CLASS_LIMITS } from '../protocol/classes.ts';
import { readRoster } from './roster.ts';
import { ANN, BO, GUEST, INES, openPlace } from './testing/class-place.ts';

describe('reading', () => {
  test('finds its columns by their names, in any order and case, in both languages', () => {
    const ann = { line: 2, name: 'Ann', email: 'ann@example.org', number: '17' };
    expect(readRoster('Number,E-Mail,NAME,Room\n17,Ann@Example.org, Ann ,3')).toEqual({
      lines: [ann],
      problems: [],
    });
    expect(readRoster('姓名;学号;邮箱\nAnn;17;ann@example.org').lines).toEqual([ann]);
    expect(readRoster('name\nAnn').lines).toEqual([{ ...ann, email: null, number: null }]);
  });

  test.each([
    ['', [{ line: 1, reason: 'no_header' }]],
    ['\n\n', [{ line: 1, reason: 'no_header' }]],
    ['email\nann@example.org', [{ line: 1, reason: 'no_name_column' }]],
    ['name,email\n,ann@example.org', [{ line: 2, reason: 'no_name' }]],
    [`name\n${'x'.repeat(61)}`, [{ line: 2, reason: 'name_too_long' }]],
    ['name,email\nAnn,ann at example.org', [{ line: 2, reason: 'bad_email' }]],
    ['name,email\nAnn,a@b.org\nBo,A@B.org', [{ line: 3, reason: 'twice' }]],
    ['name,number\nAnn,1\nBo,1', [{ line: 3, reason: 'twice' }]],
    ['name\nAnn\n"Bo', [{ line: 3, reason: 'quote_not_closed' }]],
    ['"name', [{ line: 1, reason: 'quote_not_closed' }]],
  ])('%j has a problem', (csv, problems) => {
    expect(readRoster(csv).problems).toEqual(problems);
  });

  test('two of the same name are two', () => {
    expect(readRoster('name\nAnn\nAnn').lines).toHaveLength(2);
  });

  test('of very many problems a hundred are told', () => {
    expect(readRoster(`name,email\n${'Ann,no\n'.repeat(300)}`).problems).toHaveLength(100);
  });
});

describe('a list', () => {
  test('announces learners, who are in it when they come by their address', async () => {
    const { classes, open, join } = await openPlace();
    const { id, code } = await open();
    const imported = await classes.importRoster(
      INES,
      id,
      'name,email,number\nAnn Smith,Ann@example.org,17\nBo,,18\nCy,no,19',
    );
    expect(imported).toMatchObject({
      added: 2,
      known: 0,
      problems: [{ line: 4, reason: 'bad_email' }],
      roster: [
        { name: 'Ann Smith', email: 'ann@example.org', number: '17', joinedAt: null, guest: false },
        { name: 'Bo', email: null, number: '18', joinedAt: null, guest: false },
      ],
    });
    const [announced] = imported.roster;
    expect(await classes.join(ANN, code)).toMatchObject({ learner: announced!.learner, as: 'Ann Smith' });
    // Bo's account has another address: that they are the Bo of the list, nobody can know.
    await join(code, BO);
    await join(code, GUEST, 'Gus');
    expect(await classes.roster(INES, id)).toMatchObject([
      { name: 'Ann Smith', joinedAt: '2030-01-01T00:00:00.000Z', guest: false },
      { name: 'Bo' },
      { name: 'Bo' },
      { name: 'Gus', guest: true },
    ]);
  });

  test('brought again adds nobody, and mends names and numbers', async () => {
    const { classes, open } = await openPlace();
    const { id } = await open();
    const csv = 'name,email,number\nAn,ann@example.org,\nBo,,18\nCy,,\nCy,,';
    await classes.importRoster(INES, id, csv);
    expect(await classes.importRoster(INES, id, csv)).toMatchObject({ added: 0, known: 4 });
    const mended = 'name,email,number\nAnn,ann@example.org,17\nBob,bo@example.org,18\n';
    expect(await classes.importRoster(INES, id, mended)).toMatchObject({ added: 0, known: 2 });
    expect(classes.learners(id)).toMatchObject([
      { name: 'Ann', email: 'ann@example.org', number: '17' },
      { name: 'Bob', email: 'bo@example.org', number: '18' },
      { name: 'Cy' },
      { name: 'Cy' },
    ]);
  });

  test('knows who has joined by their account’s address, which stays', async () => {
    const { classes, open, join } = await openPlace();
    const { id, code } = await open();
    const learner = await join(code, ANN);
    const known = await classes.importRoster(INES, id, 'name,email,number\nAnn Smith,ann@example.org,17');
    expect(known).toMatchObject({ added: 0, known: 1 });
    await classes.importRoster(INES, id, 'name,email,number\nAnn Smith,other@example.org,17');
    expect(classes.learners(id)).toMatchObject([{ id: learner, number: '17', email: 'ann@example.org' }]);
  });

  test('a number that is another’s stays theirs', async () => {
    const { classes, open } = await openPlace();
    const { id } = await open();
    await classes.importRoster(INES, id, 'name,email,number\nAnn,ann@example.org,1\nBo,bo@example.org,2');
    await classes.importRoster(INES, id, 'name,email,number\nAnn,ann@example.org,2');
    expect(classes.learners(id).map(({ number }) => number)).toEqual(['1', '2']);
  });

  test('fills the class and no more', async () => {
    const { classes, open } = await openPlace();
    const { id } = await open();
    const lines = Array.from({ length: CLASS_LIMITS.learners + 2 }, (_, index) => `L${index}`);
    const imported = await classes.importRoster(INES, id, ['name', ...lines].join('\n'));
    expect(imported).toMatchObject({
      added: CLASS_LIMITS.learners,
      problems: [
        { line: CLASS_LIMITS.learners + 2, reason: 'too_many' },
        { line: CLASS_LIMITS.learners + 3, reason: 'too_many' },
      ],
    });
    expect(imported.roster).toHaveLength(CLASS_LIMITS.learners);
  });
});
