import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMAND_GROUPS } from '../src/cli/base-command.ts';
import { type CommandHelp, describeCommand, GLOBAL_GROUP, type HelpEntry } from '../src/cli/help-model.ts';
import { commands } from '../src/commands/table.ts';
import { errorsPage } from './errors-page.ts';

/** Writes `docs/reference/` from the command classes; with `--check` compares instead, and exits with 1 on a difference. */
const folder = fileURLToPath(new URL('../docs/reference', import.meta.url));
const pages = await renderPages();

if (process.argv.includes('--check')) {
  const found = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const different = [...new Set([...found, ...pages.keys()])].filter(
    (name) => !found.includes(name) || readFileSync(join(folder, name), 'utf8') !== pages.get(name),
  );
  for (const name of different) console.error(`docs/reference/${name} is not what the commands say; run: npm run docs`);
  process.exitCode = different.length === 0 ? 0 : 1;
} else {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of pages) writeFileSync(join(folder, name), text);
}

async function renderPages(): Promise<Map<string, string>> {
  const loaded = await Promise.all(
    Object.entries(commands).map(async ([verb, load]) => {
      const command = (await load()).default;
      return { verb, group: command.group, hidden: command.hidden, help: describeCommand(verb, command) };
    }),
  );
  const shown = loaded.filter(({ hidden }) => !hidden);
  const pages = new Map(shown.map(({ verb, help }) => [fileName(verb), commandPage(verb, help)]));
  const overview = COMMAND_GROUPS.flatMap((group) => {
    const verbs = shown.filter((one) => one.group === group);
    const rows = verbs.map(({ verb, help }) => `| [${verb}](${fileName(verb)}) | ${cell(help.summary)} |`);
    return rows.length === 0 ? [] : [`## ${group}`, ['| command | |', '| --- | --- |', ...rows].join('\n')];
  });
  const globals = shown[0]?.help.groups.find(({ title }) => title === GLOBAL_GROUP)?.entries ?? [];
  pages.set(
    'README.md',
    page([
      '# Commands',
      ...overview,
      '## Flags of every command',
      'Before or after the command.',
      flagTable(globals),
      'See also: [errors](errors.md).',
    ]),
  );
  pages.set('errors.md', page(await errorsPage()));
  return pages;
}

function commandPage(verb: string, help: CommandHelp): string {
  return page([
    `# azdock ${verb}`,
    `${help.summary}.`,
    fence(help.examples.join('\n')),
    `Usage: \`${help.usage}\``,
    ...(help.description === undefined ? [] : [help.description]),
    ...(help.args.length === 0 ? [] : ['## Arguments', flagTable(help.args)]),
    ...help.groups
      .filter(({ title }) => title !== GLOBAL_GROUP)
      .flatMap(({ title, entries }) => [`## ${title}`, flagTable(entries)]),
    ...(help.hasJson ? ['With `--json` the result, or the error, is one JSON document.'] : []),
    'Also: the [flags of every command](README.md#flags-of-every-command).',
  ]);
}

function fileName(verb: string): string {
  return `${verb.replaceAll(' ', '-')}.md`;
}

function flagTable(entries: readonly HelpEntry[]): string {
  const rows = entries.map(({ label, text }) => `| \`${cell(label.trim())}\` | ${cell(text)} |`);
  return ['| | |', '| --- | --- |', ...rows].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function fence(text: string): string {
  return `\`\`\`sh\n${text}\n\`\`\``;
}

function page(parts: readonly string[]): string {
  return `<!-- Written by scripts/reference.ts from the command classes. Do not edit. -->\n\n${parts.join('\n\n')}\n`;
}
