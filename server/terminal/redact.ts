/** Blots secrets out of a command line before it is stored or shown to anybody else. */

const BLOT = '***';

/** A shell word: quoted, or up to the next space or operator. */
const WORD = String.raw`(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\;|&<>()])+`;
/** A name that says that its value is secret. */
const SECRET_NAME = String.raw`[\w.-]*(?:pass(?:wd|word|phrase)?|pwd|secret|token|credentials?|(?:api|private|access|auth)[-_]?key)`;

type Rule = { find: RegExp; blot: string };

const RULES: Rule[] = [
  // https://user:password@host, in any scheme.
  { find: /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@'"]*:)[^\s/@'"]+@/gi, blot: `$1${BLOT}@` },
  // Authorization: Bearer abc — up to the end of the quoted header.
  {
    find: /\b((?:proxy-)?authorization|x-[\w-]*(?:token|key|auth)|cookie)(["']?\s*[:=]\s*)[^'"\n]+/gi,
    blot: `$1$2${BLOT}`,
  },
  // "password": "abc" in JSON.
  {
    find: new RegExp(String.raw`(["']${SECRET_NAME}["']\s*:\s*)("[^"]*"|'[^']*'|[^\s,}]+)`, 'gi'),
    blot: `$1${BLOT}`,
  },
  // --password abc, --password=abc, --api-token abc; not --password-stdin.
  { find: new RegExp(String.raw`(\s--?${SECRET_NAME}(?:=|\s+))(?!-)${WORD}`, 'gi'), blot: `$1${BLOT}` },
  // -e "MYSQL_ROOT_PASSWORD=abc": quoted as a whole.
  {
    find: new RegExp(String.raw`(["'])(${SECRET_NAME}=)(?:(?!\1)[^\n])*`, 'gi'),
    blot: `$1$2${BLOT}`,
  },
  // MYSQL_ROOT_PASSWORD=abc: after -e, export, --build-arg, in front of a command.
  {
    find: new RegExp(String.raw`((?:^|[\s;|&(=])${SECRET_NAME}=)(?!\s|$)${WORD}`, 'gi'),
    blot: `$1${BLOT}`,
  },
  // docker login -p abc, -pabc, -p=abc.
  {
    find: new RegExp(String.raw`(\blogin\b[^;|&\n]*?\s-[a-z]*p(?:=|\s+)?)(?!\s)${WORD}`, 'gi'),
    blot: `$1${BLOT}`,
  },
  // mysql -pabc (mysql takes no space).
  {
    find: new RegExp(String.raw`(\b(?:mysql\w*|mariadb\S*)\b[^;|&\n]*?\s-p)${WORD}`, 'gi'),
    blot: `$1${BLOT}`,
  },
  // redis-cli -a abc, sshpass -p abc.
  {
    find: new RegExp(String.raw`(\b(?:redis-cli\b[^;|&\n]*?\s-a|sshpass\s+-p)\s*)${WORD}`, 'gi'),
    blot: `$1${BLOT}`,
  },
  // curl -u user:abc, wget --user=… is covered above.
  {
    find: /(\bcurl\b[^;|&\n]*?\s(?:-u|--user|-U|--proxy-user)[=\s]*['"]?[^\s:'"]+:)[^\s'"]+/gi,
    blot: `$1${BLOT}`,
  },
  // htpasswd -Bbn user abc; htpasswd -b file user abc.
  {
    // Looked for ahead, not between: letters around letters would be tried in every way.
    find: new RegExp(String.raw`(\bhtpasswd\s+-(?=\w*b)(?=\w*n)\w+\s+${WORD}\s+)${WORD}`, 'gi'),
    blot: `$1${BLOT}`,
  },
  {
    find: new RegExp(String.raw`(\bhtpasswd\s+-(?!\w*n)(?=\w*b)\w+\s+${WORD}\s+${WORD}\s+)${WORD}`, 'gi'),
    blot: `$1${BLOT}`,
  },
  // openssl … pass:abc.
  { find: new RegExp(String.raw`(\bpass:)${WORD}`, 'gi'), blot: `$1${BLOT}` },
  // echo abc | docker login --password-stdin; printf abc | docker secret create name -; docker login … <<< abc.
  {
    find: /(\b(?:echo|printf)\s+)[^|;&\n]+?(\s*\|[^;&\n]*(?:--password-stdin|\bsecret\s+create\b|\bpasswd\b|\bchpasswd\b))/gi,
    blot: `$1${BLOT}$2`,
  },
  {
    find: new RegExp(
      String.raw`((?:--password-stdin|\bsecret\s+create\b|\bpasswd\b)[^|;&\n]*<<<\s*)${WORD}`,
      'gi',
    ),
    blot: `$1${BLOT}`,
  },
  // A here-document that feeds one of these: its whole body.
  {
    find: /((?:--password-stdin|\bsecret\s+create\b|\bchpasswd\b)[^\n]*<<-?\s*['"]?(\w+)['"]?[^\n]*\n)[\s\S]*?(\n?\2|$)/gi,
    blot: `$1${BLOT}$3`,
  },
];

/** Errs on the side of blotting: a word too many costs little, a password shown costs much. */
export function redactCommandLine(line: string): string {
  return RULES.reduce((text, rule) => text.replace(rule.find, rule.blot), line);
}
