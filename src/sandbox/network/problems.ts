import { ArmProblem } from '../arm/problem.ts';

// Codes: Microsoft.Network's answers as published in its troubleshooting pages and in recorded traffic.

const inUseCodes = {
  Subnet: [
    'InUseSubnetCannotBeDeleted',
    'Subnet',
    'delete all the resources within the subnet. See aka.ms/deletesubnet',
  ],
  NetworkSecurityGroup: [
    'InUseNetworkSecurityGroupCannotBeDeleted',
    'Network security group',
    'remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg',
  ],
  RouteTable: ['InUseRouteTableCannotBeDeleted', 'Route table', 'remove its association with the subnet(s)'],
  NatGateway: ['InUseNatGatewayCannotBeDeleted', 'NAT gateway', 'remove its association with the subnet(s)'],
} as const;

export const inUse = (what: keyof typeof inUseCodes, id: string, user: string): ArmProblem => {
  const [code, words, remedy] = inUseCodes[what];
  return new ArmProblem(
    400,
    code,
    `${words} ${id} is in use by ${user} and cannot be deleted. In order to delete it, ${remedy}.`,
  );
};

export const addressInUse = (id: string, user: string): ArmProblem =>
  new ArmProblem(
    400,
    'PublicIPAddressCannotBeDeleted',
    `Public IP address ${id} can not be deleted since it is still allocated to resource ${user}. In order to delete the public IP, disassociate/detach the Public IP address from the resource. To learn how to do this, see aka.ms/deletepublicip.`,
  );

export const addressTaken = (id: string, user: string): ArmProblem =>
  new ArmProblem(
    400,
    'PublicIPAddressInUse',
    `Resource ${user} is already referencing public IP address ${id}. A public IP address can be referenced by only one IP configuration.`,
  );

export const interfaceInUse = (id: string, machine: string): ArmProblem =>
  new ArmProblem(
    400,
    'NicInUse',
    `Network Interface ${id} is used by existing resource ${machine}. In order to delete the network interface, it must be dissociated from the resource. To learn more, see aka.ms/deletenic.`,
  );

export const interfaceReserved = (id: string, machine: string): ArmProblem =>
  new ArmProblem(
    400,
    'NicReservedForAnotherVm',
    `Nic(s) in request is reserved for another Virtual Machine for 180 seconds. Please provide another nic(s) or retry after 180 seconds. Reserved VM: ${machine}. Network interface: ${id}.`,
  );

export const invalidReference = (id: string, from: string): ArmProblem =>
  new ArmProblem(
    400,
    'InvalidResourceReference',
    `Resource ${id} referenced by resource ${from} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
  );

export const notProvisioned = (id: string, state: string): ArmProblem =>
  new ArmProblem(
    409,
    'ReferencedResourceNotProvisioned',
    `Cannot proceed with operation because resource ${id} is not in Succeeded state. Resource is in ${state} state and the last operation that updated/is updating the resource is PutOperation.`,
  );
