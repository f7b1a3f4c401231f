import type { Json, JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import type { Deployment } from './deployment.ts';
import { type Plan, shownParameters } from './engine/plan.ts';
import { maskObject, maskText } from './mask.ts';
import { redactTemplate } from './redact-template.ts';
import type { Instance } from './template/instance.ts';

/** What was found when the plan was checked. */
interface Checked {
  readonly correlationId: string;
  /** Places that resources go to, where they are known already. */
  readonly locations: ReadonlyMap<Instance, string>;
}

/** The deployment as it is remembered: nothing of it is secret. */
export function describePlan(world: World, plan: Plan, { correlationId, locations }: Checked): Deployment {
  const { request, instances, parameters, secrets, templateHash } = plan;
  const { id, name, group, location, tags, mode, template } = request;
  const nowMs = world.clock.nowMs();
  const described = {
    id,
    name,
    group: group?.name,
    location,
    tags,
    mode,
    state: 'Accepted' as const,
    startMs: nowMs,
    endMs: nowMs,
    correlationId,
    parameters: maskObject(shownParameters(parameters), secrets),
    template: maskObject(redactTemplate(template.source), secrets),
    templateHash,
    providers: providersOf(instances, locations),
    dependencies: instances.flatMap((instance) => dependencyOf(plan, instance)),
  };
  return { ...described, bytes: JSON.stringify(described).length, operations: [] };
}

const named = ({ id, type, name }: Instance, secrets: readonly string[]): JsonObject => ({
  id: maskText(id, secrets),
  resourceType: type,
  resourceName: maskText(name, secrets),
});

function dependencyOf(plan: Plan, instance: Instance): readonly JsonObject[] {
  const before = (plan.dependencies.get(instance) ?? []).filter(({ isDeployed }) => isDeployed);
  if (!instance.isDeployed || before.length === 0) return [];
  return [{ dependsOn: before.map((one) => named(one, plan.secrets)), ...named(instance, plan.secrets) }];
}

/** Resource types by namespace, with the regions that they go to. */
function providersOf(instances: readonly Instance[], places: ReadonlyMap<Instance, string>): readonly JsonObject[] {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const instance of instances.filter(({ isDeployed }) => isDeployed)) {
    const [namespace = '', ...words] = instance.type.split('/');
    const types = found.get(namespace) ?? new Map<string, Set<string>>();
    const locations = types.get(words.join('/')) ?? new Set<string>();
    const location = places.get(instance);
    if (location !== undefined) locations.add(location);
    found.set(namespace, types.set(words.join('/'), locations));
  }
  return [...found].map(([namespace, types]) => ({
    namespace,
    resourceTypes: [...types].map(([resourceType, locations]): Json => ({ resourceType, locations: [...locations] })),
  }));
}

/** Ids of what a deployment is about to make. */
export const plannedResources = ({ instances, secrets }: Plan): readonly string[] =>
  instances.filter(({ isDeployed }) => isDeployed).map(({ id }) => maskText(id, secrets));
