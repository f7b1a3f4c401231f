import { locations } from '../resources/locations.ts';

/**
 * What a service tag means in the sandbox. `internet`: every address outside of the virtual network; `network`: the virtual
 * network and its peers; `nobody`: a service of Azure, of which there is none here.
 */
export type TagMeaning = 'internet' | 'network' | 'nobody';

/** Tags that may be followed by a region: https://learn.microsoft.com/azure/virtual-network/service-tags-overview */
const regional = new Set(
  `ApiManagement AppConfiguration AppService AppServiceManagement AzureArcInfrastructure AzureBackup AzureBotService
  AzureCloud AzureConnectors AzureContainerAppsService AzureContainerRegistry AzureCosmosDB AzureEventGrid AzureIoTHub
  AzureKeyVault AzureMonitor AzureResourceManager AzureSQL BatchNodeManagement CognitiveServicesFrontend DataFactory
  Dynamics365ForMarketingEmail EventHub GatewayManager GuestAndHybridManagement HDInsight KustoAnalytics LogicApps
  LogicAppsManagement MicrosoftContainerRegistry PowerPlatformInfra PowerPlatformPlex PowerBI ServiceBus ServiceFabric Sql
  SqlManagement Storage StorageMover StorageSyncService VideoIndexer`
    .toLowerCase()
    .split(/\s+/),
);

/** Tags for all of Azure at once, from the same page. */
const global = new Set(
  `ActionGroup ApplicationInsightsAvailability AutonomousDevelopmentPlatform AzureActiveDirectory
  AzureActiveDirectoryDomainServices AzureAdvancedThreatProtection AzureApiForFHIR AzureAttestation AzureDatabricks
  AzureDataExplorerManagement AzureDevOps AzureDigitalTwins AzureFrontDoor.Backend AzureFrontDoor.Frontend
  AzureFrontDoor.FirstParty AzureHealthcareAPIs AzureInformationProtection AzureLoadTestingInstanceManagement
  AzureMachineLearning AzureManagedGrafana AzureOpenDatasets AzurePlatformDNS AzurePlatformIMDS AzurePlatformLKM
  AzureSecurityCenter AzureSentinel AzureSignalR AzureSiteRecovery AzureSphere AzureSpringCloud AzureStack AzureTrafficManager
  AzureUpdateDelivery AzureVideoAnalyzerForMedia AzureWebPubSub ChaosStudio CognitiveServicesManagement
  DataFactoryManagement Dynamics365BusinessCentral DynamicsCRM EOPExternalPublishedIPs HybridConnectivity
  LogicAppsManagement M365ManagementActivityApi Marketplace MicrosoftAzureFluidRelay MicrosoftCloudAppSecurity
  MicrosoftDefenderForEndpoint MicrosoftPurviewPolicyDistribution OneDsCollector PowerQueryOnline Scuba SerialConsole
  WindowsAdminCenter WindowsVirtualDesktop`
    .toLowerCase()
    .split(/\s+/),
);

/** The meaning of a tag, whose case does not matter; `undefined` for a word that is no tag. */
export function meaningOfTag(tag: string): TagMeaning | undefined {
  const name = tag.toLowerCase();
  if (name === 'internet') return 'internet';
  if (name === 'virtualnetwork') return 'network';
  if (name === 'azureloadbalancer' || global.has(name) || regional.has(name)) return 'nobody';
  const dot = name.lastIndexOf('.');
  const isRegional = regional.has(name.slice(0, dot)) && locations.some((place) => place.name === name.slice(dot + 1));
  return isRegional ? 'nobody' : undefined;
}
