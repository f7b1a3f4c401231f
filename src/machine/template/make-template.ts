import type { AzureOptions } from '../../drivers/azure/options.ts';
import { findCloud } from '../../drivers/azure/clouds.ts';
import { Secret } from '../../secret/secret.ts';
import { storeFiles } from '../../store/files.ts';
import { openStore } from '../../store/store.ts';
import type { CreateRequest } from '../create-request.ts';
import type { MachineContext } from '../machine-context.ts';
import { newMachine } from '../new-machine.ts';
import { azureDependencies } from '../open-driver.ts';
import { provisioningDraft } from '../provisioning-draft.ts';
import { knownAddresses, requireAddress, signCertificates, type TemplateCertificates } from './certificates.ts';
import { chooseDelivery } from './choose-delivery.ts';
import { engineDelivery, overSsh } from './engine-delivery.ts';
import { call, machineNumber, member, parameter, text } from './expression.ts';
import { openProvisioning } from './fill-ins.ts';
import { loopMachine, NUMBER_MARK, requireAzure, type TemplateMachine, templateMachines } from './machines.ts';
import { Marks } from './marks.ts';
import { templateOutputs } from './outputs.ts';
import { parameterFile } from './parameter-file.ts';
import { templateParameters } from './parameters.ts';
import { recordCreation } from './record-creation.ts';
import { templateResources } from './resources.ts';
import { tellAbout, tellHowToDeploy } from './tell.ts';
import type { Template } from './template.ts';
import { writeArm } from './write-arm.ts';
import { writeBicep } from './write-bicep.ts';

export interface TemplateRequest {
  readonly create: CreateRequest;
  /** Undefined: one machine of that name. Else NAME1, NAME2 and so on. */
  readonly count: number | undefined;
  readonly language: 'arm' | 'bicep';
  /** One `authorized_keys` line. */
  readonly sshPublicKey: string | undefined;
  /** Absolute path of a file that is to get values for the parameters, certificates among them. */
  readonly parametersFile: string | undefined;
}

const ID = '{{azdock:id}}';
const KEY = '{{azdock:sshPublicKey}}';
const PASSWORD = '{{azdock:adminPassword}}';

/**
 * Writes a template of what `create` would make. Azure is asked about image, size, extension and what is there already. Nothing is made
 * there, and in the store at most a CA, where parameters are wanted and there is none.
 *
 * @returns the template's text
 * @throws UsageError, PreCreateCheckError, LoginError, ArmError
 */
export async function makeTemplate(request: TemplateRequest, context: MachineContext): Promise<string> {
  const { create, count, sshPublicKey } = request;
  const { name } = create;
  const origin = requireAzure(create.origin);
  const { options } = origin;
  if (origin.provisioner === 'ssh') throw overSsh();
  const machines = templateMachines(name, options, count);
  const certify = request.parametersFile !== undefined ? await certifier(request, machines, context) : undefined;

  const store = openStore(context.storePath, context.clock);
  const [first] = machines;
  const machine = await newMachine({ ...origin, options: first.options }, { name: first.name, id: '', store, context });
  const draft = provisioningDraft(create, machine);
  const chosen = await chooseDelivery(machine, draft, context);

  const isLoop = count !== undefined;
  const marks = machineMarks(name, isLoop);
  const open = openProvisioning(draft, { isLoop });
  const { region, dataDisks: disks } = machine;
  const delivery = await engineDelivery({ chosen, open, userData: create.customData, disks, region, marks });
  const loop = isLoop ? loopMachine(name, options) : first;
  const plan = { ...loop, options: withoutPassword(loop.options, marks), id: ID, sshPublicKey: KEY, ...delivery };
  const requests = await context.progress.step('Resources', () =>
    recordCreation(plan, azureDependencies(context), context.signal),
  );
  const { location, resourceGroup: group, sshUser, password } = options;
  const resources = templateResources(requests, { group, location, marks });
  const { userData, variables } = delivery;
  const template: Template = {
    description: isLoop ? `Docker hosts ${name}1, ${name}2 and so on, by azdock` : `Docker host ${name}, by azdock`,
    parameters: templateParameters({
      request: create,
      location,
      count,
      sshUser,
      sshPublicKey,
      hasPassword: password !== undefined,
      userData,
    }),
    variables,
    resources,
    outputs: templateOutputs(resources, options, isLoop),
    isLoop,
  };
  tellAbout(template, options, context.progress);
  const file = request.parametersFile;
  if (file !== undefined && certify !== undefined) {
    const certificates = await certify();
    const values = parameterFile({ request: create, count, sshPublicKey, password, userData, certificates });
    await storeFiles.writeSecret(file, values);
  }
  tellHowToDeploy(template, { group, file, language: request.language }, context.progress);
  return request.language === 'bicep' ? writeBicep(template) : writeArm(template);
}

/** The password is the deployment's to say. */
function withoutPassword(options: AzureOptions, marks: Marks): AzureOptions {
  if (options.password === undefined) return options;
  marks.set(PASSWORD, parameter('adminPassword'));
  return { ...options, password: new Secret(PASSWORD) };
}

/** What of a machine is not known before a loop or a deployment runs. */
function machineMarks(name: string, isLoop: boolean): Marks {
  const marks = new Marks();
  const group = member(call('resourceGroup'), 'id');
  marks.set(NUMBER_MARK, machineNumber);
  marks.set(KEY, parameter('sshPublicKey'));
  marks.set(ID, call('guid', group, isLoop ? text([name, machineNumber]) : name));
  return marks;
}

/**
 * Sees that each certificate will have something to name.
 *
 * @returns what signs them, once everything else has succeeded
 * @throws UsageError
 */
async function certifier(
  { create: { tlsSans } }: TemplateRequest,
  machines: readonly [TemplateMachine, ...TemplateMachine[]],
  context: MachineContext,
): Promise<() => Promise<TemplateCertificates>> {
  const [{ options }] = machines;
  const { dnsSuffix } = await findCloud(options.environment, azureDependencies(context));
  const named = machines.map((one) => ({ name: one.name, names: knownAddresses(one.options, dnsSuffix) }));
  for (const { name, names } of named) requireAddress(name, names, { tlsSans, tunnel: options.tunnel });
  return () => signCertificates({ tlsSans, machines: named }, context);
}
