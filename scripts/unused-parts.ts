import type { Plugin } from 'esbuild';

/** What azdock does not use of an npm package, though the package requires it at start. */
export interface UnusedParts {
  /** Packages whose modules are looked at. */
  readonly of: RegExp;
  /** Modules by the end of their path, each with the CommonJS text that takes its place. `unused(name)` throws when it is called. */
  readonly modules: readonly { readonly path: RegExp; readonly contents: string }[];
  /** Packages and Node modules that only unused parts need, with the text that takes their place. */
  readonly packages: Readonly<Record<string, string>>;
}

const UNUSED = "const unused = (name) => function () { throw new Error('azdock is built without ' + name); };\n";

/** Replaces unused parts while bundling. Fails the build when a package no longer has one of them, so that the lists stay true. */
export function withoutUnused({ of, modules, packages }: UnusedParts): Plugin {
  return {
    name: 'without-unused',
    setup(build) {
      const met = new Set<RegExp>();
      let isPackageMet = false;
      const namespace = `unused-${of.source}`;
      build.onResolve({ filter: /^[@\w]/ }, ({ path, importer }) =>
        of.test(importer) && Object.hasOwn(packages, path) ? { path, namespace } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({ contents: UNUSED + packages[path] }));
      build.onLoad({ filter: of }, ({ path }) => {
        isPackageMet = true;
        const part = modules.find((one) => one.path.test(path.replaceAll('\\', '/')));
        if (part === undefined) return undefined;
        met.add(part.path);
        return { contents: UNUSED + part.contents, loader: 'js' };
      });
      build.onEnd(() => {
        const missing = isPackageMet ? modules.filter(({ path }) => !met.has(path)) : [];
        return { errors: missing.map(({ path }) => ({ text: `no module matches ${path.source} any more` })) };
      });
    },
  };
}
