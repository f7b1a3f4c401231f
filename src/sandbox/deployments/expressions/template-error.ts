/** The template is wrong, in Azure's words. Where that is met decides under which code it is told. */
export class TemplateError extends Error {}

/** A value is needed that only exists when other resources do. Asks for it; evaluation then begins anew. */
export class ReferenceNeeded extends Error {
  readonly reference: Reference;

  constructor(reference: Reference) {
    super('a reference is needed');
    this.reference = reference;
  }
}

/** What `reference()` asks for: a resource's id, name or symbolic name, and by which api-version. */
export interface Reference {
  readonly of: string;
  readonly apiVersion: string | undefined;
}
