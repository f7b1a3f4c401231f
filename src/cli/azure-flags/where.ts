import { azure } from './flag.ts';

const WHERE = 'Azure: where';

/** Which Azure, and where in it. */
export const whereFlags = {
  'azure-environment': azure('ENVIRONMENT', {
    helpValue: 'CLOUD',
    summary:
      "AzurePublicCloud, AzureUSGovernmentCloud, AzureChinaCloud, sandbox, a cloud that az knows, or the https address of a cloud's Azure Resource Manager [default: AzurePublicCloud]",
    helpGroup: WHERE,
  }),
  'azure-subscription-id': azure('SUBSCRIPTION_ID', {
    helpValue: 'ID',
    summary: 'Subscription [default: the one that the az program uses]',
    helpGroup: WHERE,
  }),
  'azure-resource-group': azure('RESOURCE_GROUP', {
    helpValue: 'NAME',
    summary: 'Resource group, made if it is not there [default: docker-machine]',
    helpGroup: WHERE,
  }),
  'azure-location': azure('LOCATION', {
    helpValue: 'REGION',
    summary: 'Region [default: westeurope]',
    helpGroup: WHERE,
  }),
};
