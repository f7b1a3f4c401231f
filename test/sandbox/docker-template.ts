import { publicKey } from './build-machine.ts';
import type { Json } from './raw-https.ts';

export const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

/** A template with these parts and nothing else. */
export function templateOf(parts: Json): Json {
  return { $schema: schema, contentVersion: '1.0.0.0', resources: [], ...parts };
}

const network = '2025-05-01';

/** Machines with Docker, as people write such a template: network and rules once, the rest `count` times. */
export function dockerTemplate(): Json {
  return templateOf({
    parameters: {
      name: { type: 'string', minLength: 1, maxLength: 40 },
      count: { type: 'int', defaultValue: 1, minValue: 1, maxValue: 10 },
      location: { type: 'string', defaultValue: '[resourceGroup().location]' },
      size: { type: 'string', defaultValue: 'Standard_B2s_v2', allowedValues: ['Standard_B2s_v2', 'Standard_D2s_v5'] },
      sshKey: { type: 'securestring' },
      certificates: { type: 'secureObject' },
      allowFrom: { type: 'array', defaultValue: ['*'] },
      tags: { type: 'object', defaultValue: {} },
    },
    variables: {
      vnet: "[concat(parameters('name'), '-vnet')]",
      firewall: "[format('{0}-firewall', parameters('name'))]",
      subnetId: "[resourceId('Microsoft.Network/virtualNetworks/subnets', variables('vnet'), 'docker-machine')]",
      copy: [
        {
          name: 'names',
          count: "[parameters('count')]",
          input: "[format('{0}{1}', parameters('name'), copyIndex('names', 1))]",
        },
      ],
      tags: "[union(parameters('tags'), createObject('azdock', 'yes'))]",
      ports: [22, 2376],
    },
    resources: [
      {
        type: 'Microsoft.Network/networkSecurityGroups',
        apiVersion: network,
        name: "[variables('firewall')]",
        location: "[parameters('location')]",
        tags: "[variables('tags')]",
        properties: {
          copy: [
            {
              name: 'securityRules',
              count: "[length(variables('ports'))]",
              input: {
                name: "[concat('port-', variables('ports')[copyIndex('securityRules')])]",
                properties: {
                  priority: "[add(100, mul(10, copyIndex('securityRules')))]",
                  protocol: 'Tcp',
                  access: 'Allow',
                  direction: 'Inbound',
                  sourceAddressPrefix: "[first(parameters('allowFrom'))]",
                  sourcePortRange: '*',
                  destinationAddressPrefix: '*',
                  destinationPortRange: "[string(variables('ports')[copyIndex('securityRules')])]",
                },
              },
            },
          ],
        },
      },
      {
        type: 'Microsoft.Network/virtualNetworks',
        apiVersion: network,
        name: "[variables('vnet')]",
        location: "[parameters('location')]",
        properties: {
          addressSpace: { addressPrefixes: ['192.168.0.0/16'] },
          subnets: [{ name: 'docker-machine', properties: { addressPrefix: "[cidrSubnet('192.168.0.0/16', 24, 3)]" } }],
        },
      },
      {
        type: 'Microsoft.Network/publicIPAddresses',
        apiVersion: network,
        name: "[concat(variables('names')[copyIndex()], '-ip')]",
        copy: { name: 'addresses', count: "[parameters('count')]" },
        location: "[parameters('location')]",
        sku: { name: 'Standard' },
        properties: { publicIPAllocationMethod: 'Static' },
      },
      {
        type: 'Microsoft.Network/networkInterfaces',
        apiVersion: network,
        name: "[concat(variables('names')[copyIndex()], '-nic')]",
        copy: { name: 'interfaces', count: "[parameters('count')]" },
        location: "[parameters('location')]",
        dependsOn: [
          "[variables('vnet')]",
          "[resourceId('Microsoft.Network/networkSecurityGroups', variables('firewall'))]",
          "[concat('Microsoft.Network/publicIPAddresses/', variables('names')[copyIndex()], '-ip')]",
        ],
        properties: {
          networkSecurityGroup: {
            id: "[resourceId('Microsoft.Network/networkSecurityGroups', variables('firewall'))]",
          },
          ipConfigurations: [
            {
              name: 'ip',
              properties: {
                subnet: { id: "[variables('subnetId')]" },
                publicIPAddress: {
                  id: "[resourceId('Microsoft.Network/publicIPAddresses', concat(variables('names')[copyIndex()], '-ip'))]",
                },
              },
            },
          ],
        },
      },
      {
        type: 'Microsoft.Compute/virtualMachines',
        apiVersion: '2025-04-01',
        name: "[variables('names')[copyIndex()]]",
        copy: { name: 'machines', count: "[parameters('count')]" },
        location: "[parameters('location')]",
        tags: "[variables('tags')]",
        dependsOn: ['interfaces'],
        properties: {
          hardwareProfile: { vmSize: "[parameters('size')]" },
          storageProfile: {
            imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
            osDisk: { name: "[concat(variables('names')[copyIndex()], '-os')]", createOption: 'FromImage' },
          },
          osProfile: {
            computerName: "[variables('names')[copyIndex()]]",
            adminUsername: 'docker-user',
            linuxConfiguration: {
              disablePasswordAuthentication: true,
              ssh: {
                publicKeys: [{ path: '/home/docker-user/.ssh/authorized_keys', keyData: "[parameters('sshKey')]" }],
              },
            },
          },
          networkProfile: {
            networkInterfaces: [
              {
                id: "[resourceId('Microsoft.Network/networkInterfaces', concat(variables('names')[copyIndex()], '-nic'))]",
              },
            ],
          },
        },
        resources: [
          {
            type: 'extensions',
            apiVersion: '2025-04-01',
            name: 'docker',
            location: "[parameters('location')]",
            dependsOn: ["[resourceId('Microsoft.Compute/virtualMachines', variables('names')[copyIndex()])]"],
            properties: {
              publisher: 'Microsoft.Azure.Extensions',
              type: 'DockerExtension',
              typeHandlerVersion: '1.2',
              autoUpgradeMinorVersion: true,
              settings: { docker: { port: '2376' } },
              protectedSettings: { certs: "[parameters('certificates')]" },
            },
          },
        ],
      },
    ],
    outputs: {
      addresses: {
        type: 'array',
        copy: {
          count: "[parameters('count')]",
          input: "[reference(concat(variables('names')[copyIndex()], '-ip')).ipAddress]",
        },
      },
      first: { type: 'string', value: "[variables('names')[0]]" },
      keys: { type: 'securestring', value: "[parameters('sshKey')]" },
    },
  });
}

/** Values for it. The certificates are a secret that a test can look for. */
export const dockerParameters = (more: Json = {}): Json => ({
  name: { value: 'web' },
  count: { value: 2 },
  sshKey: { value: publicKey },
  certificates: { value: { ca: 'c2VjcmV0LWNh', cert: 'Y2VydA==', key: 'c2VjcmV0LWtleQ==' } },
  ...more,
});
