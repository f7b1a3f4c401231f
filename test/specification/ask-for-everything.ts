import {
  compute,
  interfaceBody,
  location,
  machineBody,
  make,
  makeInterface,
  makeMachine,
  makeNetwork,
  network,
  securityRule,
} from '../sandbox/build-machine.ts';
import { arm as armFault } from '../sandbox/control-calls.ts';
import { type Arm, finish, openArm, rawRequest } from '../sandbox/raw-https.ts';
import type { TestSandbox } from '../sandbox/start.ts';
import { askForCompute } from './ask-for-compute.ts';
import { askForNetworks } from './ask-for-networks.ts';
import { askForDeployments, removeDeployments } from './ask-for-deployments.ts';

const vm = `${compute}/virtualMachines/vm`;
const place = '/providers/Microsoft.Compute/locations/westeurope';
const offers = `${place}/publishers/Canonical/artifacttypes/vmimage/offers`;
const flatcar = `${place}/publishers/kinvolk/artifacttypes/vmimage/offers/flatcar-container-linux-free/skus/stable-gen2`;
const bionic = `${place}/publishers/Canonical/artifacttypes/vmimage/offers/UbuntuServer/skus/18.04-LTS`;
const types = `${place}/publishers/Microsoft.Azure.Extensions/artifacttypes/vmextension/types`;
const firewall = `${network}/networkSecurityGroups/fw`;
const vnet = `${network}/virtualNetworks/vnet`;

/** Asks a sandbox for everything that it knows, so that its journal holds an answer of each kind. */
export async function askForEverything(sandbox: TestSandbox): Promise<void> {
  const arm = await openArm(sandbox);
  for (const path of ['/subscriptions', '/tenants'])
    await rawRequest(sandbox, 'GET', `${path}?api-version=2022-12-01`, { token: arm.token });
  await makeAll(arm);
  await readAll(arm);
  await askForNetworks(arm);
  await askForCompute(arm);
  await changeMachine(arm);
  await beRefused(arm, sandbox);
  await askForDeployments(arm);
  await removeDeployments(arm);
  await removeAll(arm);
}

/** One resource of each type. */
async function makeAll(arm: Arm): Promise<void> {
  for (const action of ['unregister', 'register'])
    await arm('POST', `/providers/Microsoft.Compute/${action}?api-version=2025-04-01`);
  await makeNetwork(arm);
  await make(arm, `${compute}/availabilitySets/set`, { location, sku: { name: 'Aligned' }, tags: { a: 'b' } });
  await makeMachine(arm, 'vm', {
    tags: { a: 'b' },
    properties: {
      availabilitySet: { id: `${arm.subscription}${compute}/availabilitySets/set` },
      securityProfile: {
        securityType: 'TrustedLaunch',
        uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
      },
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    },
  });
  const script = { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', typeHandlerVersion: '2.1' };
  await make(arm, `${vm}/extensions/script`, { location, properties: { ...script, settings: { a: 1 } } });
  await make(arm, `${firewall}/securityRules/more`, {
    properties: securityRule('more', 200, { destinationPortRange: undefined, destinationPortRanges: ['80', '443'] })
      .properties,
  });
  await make(arm, `${vnet}/subnets/t`, { properties: { addressPrefix: '10.0.9.0/24' } });
  await make(arm, `${compute}/disks/data`, {
    location,
    properties: { creationData: { createOption: 'Empty' }, diskSizeGB: 4 },
  });
  await make(arm, `${network}/publicIPAddresses/named-ip`, {
    location,
    sku: { name: 'Standard' },
    properties: { publicIPAllocationMethod: 'Static', dnsSettings: { domainNameLabel: 'taken' } },
  });
}

async function readAll(arm: Arm): Promise<void> {
  const networkTypes = ['networkSecurityGroups', 'virtualNetworks', 'publicIPAddresses', 'networkInterfaces'];
  for (const path of [
    '?api-version=2022-12-01',
    '/locations?api-version=2022-12-01',
    '/resourcegroups',
    '/resourcegroups/rg',
    '/resources',
    '/resourceGroups/rg/resources',
    '/providers?api-version=2025-04-01',
    '/providers/Microsoft.Network?api-version=2025-04-01',
    ...networkTypes.flatMap((type) => [`${network}/${type}`, `/providers/Microsoft.Network/${type}`]),
    ...[firewall, vnet, `${network}/publicIPAddresses/vm-ip`, `${network}/networkInterfaces/vm-nic`],
    ...[`${firewall}/defaultSecurityRules`, `${firewall}/securityRules`, `${firewall}/securityRules/more`],
    ...[`${vnet}/subnets`, `${vnet}/subnets/t`],
    '/providers/Microsoft.Network/locations/westeurope/usages',
    '/providers/Microsoft.Network/locations/westeurope/CheckDnsNameAvailability?domainNameLabel=abc',
    '/providers/Microsoft.Network/locations/westeurope/CheckDnsNameAvailability?domainNameLabel=taken',
    ...[vm, `${vm}?$expand=instanceView`, `${vm}/instanceView`],
    ...[`${vm}/extensions`, `${vm}/extensions/script`, `${vm}/extensions/script?$expand=instanceView`],
    ...[`${compute}/virtualMachines`, '/providers/Microsoft.Compute/virtualMachines'],
    '/providers/Microsoft.Compute/virtualMachines?statusOnly=true',
    ...[`${compute}/disks`, '/providers/Microsoft.Compute/disks', `${compute}/disks/vm-disk`],
    `${compute}/availabilitySets`,
    '/providers/Microsoft.Compute/availabilitySets',
    `${compute}/availabilitySets/set`,
    `${place}/usages`,
    `${place}/vmSizes`,
    `/providers/Microsoft.Compute/skus?$filter=location%20eq%20'westeurope'&api-version=2021-07-01`,
    `${place}/publishers`,
    offers,
    `${offers}/ubuntu-24_04-lts/skus`,
    `${offers}/ubuntu-24_04-lts/skus/server/versions`,
    `${offers}/ubuntu-24_04-lts/skus/server/versions/24.04.202610150`,
    // With a purchase plan; deprecated.
    ...[`${flatcar}/versions/4459.2.1`, `${bionic}/versions/18.04.202401161`],
    ...[types, `${types}/CustomScript/versions`, `${types}/CustomScript/versions/2.1.19`],
  ])
    await arm('GET', path);
  await arm('HEAD', '/resourcegroups/rg');
  for (const scope of ['', '/resourcegroups/rg', '/resourcegroups/none']) {
    await arm('GET', `${scope}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`);
    const resourceContent = { type: 'Microsoft.Compute/virtualMachines', location };
    await arm('POST', `${scope}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=2023-03-01`, {
      resourceDetails: { resourceContent },
    });
  }
}

async function changeMachine(arm: Arm): Promise<void> {
  for (const action of ['powerOff', 'start', 'restart', 'deallocate']) {
    await finish(arm, await arm('POST', `${vm}/${action}`));
    await arm('GET', `${vm}/instanceView`);
  }
  await finish(arm, await arm('PATCH', vm, { tags: {} }));
  await finish(arm, await arm('POST', `${vm}/start`));
  const { headers } = await arm('POST', `${vm}/runCommand`, { commandId: 'RunShellScript', script: ['id'] });
  // Its answer is at the other address.
  await arm('GET', String(headers['location']));
  await finish(arm, await arm('POST', `${vm}/deallocate`));
}

/** At once, and in the course of operations. */
async function beRefused(arm: Arm, sandbox: TestSandbox): Promise<void> {
  await arm('GET', '/resourceGroups/none');
  await arm('HEAD', '/resourceGroups/none');
  for (const path of [`${vm}x`, `${compute}/disks/none`, `${compute}/availabilitySets/none`, `${vm}/extensions/none`])
    await arm('GET', path);
  await arm('GET', `${offers}/none/skus/server/versions/1.2.3`);
  await rawRequest(sandbox, 'GET', `${arm.subscription}?api-version=2022-12-01`);
  for (const path of [firewall, vnet, `${vnet}/subnets/s`, `${network}/networkInterfaces/vm-nic`])
    await arm('DELETE', path);
  await arm('DELETE', `${network}/publicIPAddresses/vm-ip`);
  await arm('DELETE', `${compute}/disks/vm-disk`);
  await arm('PUT', '/resourcegroups/rg', { location: 'northeurope' });
  await arm('PUT', vnet, { location }, { 'if-none-match': '*' });
  await arm('PUT', `${network}/networkInterfaces/stray`, interfaceBody(arm, 'none'));
  await makeInterface(arm, 'second');
  const small = machineBody(arm, 'second', { properties: { hardwareProfile: { vmSize: 'Standard_D2_v2' } } });
  await arm('PUT', `${compute}/virtualMachines/second`, small);
  const failure = { code: 'AllocationFailed', message: 'There is no room.' };
  for (const path of ['/virtualMachines/second$', '/publicIPAddresses/third$', '/disks/third$'])
    await armFault(sandbox, { path, when: 'operation', action: { operation: 'fail', ...failure } });
  await finish(arm, await arm('PUT', `${compute}/virtualMachines/second`, machineBody(arm, 'second')));
  const address = { location, sku: { name: 'Standard' }, properties: { publicIPAllocationMethod: 'Static' } };
  await finish(arm, await arm('PUT', `${network}/publicIPAddresses/third`, address));
  const disk = { location, properties: { creationData: { createOption: 'Empty' }, diskSizeGB: 4 } };
  await finish(arm, await arm('PUT', `${compute}/disks/third`, disk));
  await armFault(sandbox, {
    path: '/virtualMachines$',
    action: { status: 429, code: 'TooManyRequests', message: 'Wait.', headers: { 'retry-after': '1' } },
  });
  await arm('GET', `${compute}/virtualMachines`);
}

async function removeAll(arm: Arm): Promise<void> {
  for (const path of [
    ...[`${vm}/extensions/script`, vm, `${compute}/virtualMachines/second`],
    ...[`${compute}/disks/data`, `${compute}/availabilitySets/set`],
    ...[`${network}/networkInterfaces/vm-nic`, `${network}/publicIPAddresses/vm-ip`],
    ...[`${firewall}/securityRules/more`, `${vnet}/subnets/t`],
    ...[`${network}/networkInterfaces/second-nic`, firewall, vnet],
    // What is not there any more.
    ...[vm, `${compute}/availabilitySets/set`, `${network}/networkInterfaces/vm-nic`, firewall],
  ]) {
    const { headers } = await arm('DELETE', path);
    for (const address of [headers['azure-asyncoperation'], headers.location])
      if (typeof address === 'string') await arm('GET', address);
  }
  await finish(arm, await arm('DELETE', '/resourcegroups/rg'));
}
