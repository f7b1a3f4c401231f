import type { UnusedParts } from './unused-parts.ts';

/** azdock talks to engines over TLS and builds no images: dockerode's BuildKit sessions (gRPC) and SSH transport stay out. */
export const unusedDockerode: UnusedParts = {
  of: /[/\\](dockerode|docker-modem)[/\\]lib[/\\]/,
  modules: [
    { path: /\/dockerode\/lib\/session\.js$/, contents: "module.exports = unused('BuildKit sessions of dockerode');" },
    { path: /\/dockerode\/lib\/buildkit\.js$/, contents: "module.exports = unused('BuildKit messages of dockerode');" },
    { path: /\/docker-modem\/lib\/ssh\.js$/, contents: "module.exports = unused('the SSH transport of dockerode');" },
  ],
  packages: {},
};
