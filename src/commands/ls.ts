import { AzdockCommand } from '../cli/base-command.ts';
import { parseFilters, passesRecord, passesState } from '../cli/filter.ts';
import { repeated, seconds, text, yes } from '../cli/flags.ts';
import { machineDocument, machineTable, stateWord } from '../cli/machine-list.ts';
import { type ListRequest, listMachines, listNames, type RecordJudge } from '../machine/list.ts';

export default class Ls extends AzdockCommand {
  static override summary = 'List machines';
  static override description =
    'Azure is asked once for the states of all machines, and every engine for its version, at the same time.';
  static override examples = [
    'azdock ls',
    "azdock ls --filter state=Running --format '{{.Name}} {{.URL}}'",
    'azdock ls -q --filter label=env=test',
  ];
  static override enableJsonFlag = true;
  static override flags = {
    quiet: yes({ char: 'q', summary: 'Print names only' }),
    filter: repeated({
      summary: 'driver=, state=, name= (regular expression), label=KEY=VALUE or swarm=; may be repeated',
      helpValue: 'KEY=VALUE',
    }),
    timeout: seconds({ char: 't', summary: 'How long each engine may take', default: 10 }),
    format: text({
      char: 'f',
      summary: "Go template for each machine; 'table …' aligns columns",
      helpValue: 'TEMPLATE',
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Ls);
    const filter = parseFilters(flags.filter);
    const wants: RecordJudge = ({ record, swarm }) =>
      passesRecord(filter, {
        name: record.Name,
        driver: record.DriverName,
        swarm,
        labels: record.HostOptions.EngineOptions.Labels ?? [],
      });
    const { environment, json } = this.context;
    const request: ListRequest = { timeoutMs: flags.timeout * 1000, dockerHost: environment['DOCKER_HOST'], wants };
    if (flags.quiet && filter.states.length === 0) return this.#printNames(listNames(wants, this.context));
    const all = await listMachines(request, this.context);
    const rows = all.filter((row) => row.record === undefined || passesState(filter, stateWord(row)));
    if (flags.quiet)
      return this.#printNames(
        rows
          .filter((row) => row.record !== undefined)
          .map(({ name }) => name)
          .sort(),
      );
    if (json) return this.printJson(machineDocument(rows));
    if (flags.format === undefined || flags.format === '') return this.print(machineTable(rows));
    const { formatMachines } = await import('../cli/machine-format.ts');
    return this.#printLines(formatMachines(flags.format, rows));
  }

  async #printNames(names: readonly string[]): Promise<void> {
    if (this.context.json) await this.printJson(names);
    else await this.#printLines(names.map((name) => `${name}\n`).join(''));
  }

  /** No machines, no line: `print` would add one. */
  async #printLines(lines: string): Promise<void> {
    if (lines !== '') await this.printExactly(lines);
  }
}
