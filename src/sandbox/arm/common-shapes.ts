import { mapOf, object, optional, readOnly, text } from '../shape.ts';

/** A reference to another resource. */
export const reference = object({ id: text });

/** Members that ARM computes on every resource. */
export const computed = { id: readOnly, name: readOnly, type: readOnly, etag: readOnly, systemData: readOnly } as const;

/** Members of every tracked resource. `location` is checked by its reader, which knows the resource type. */
export const tracked = { ...computed, location: optional(text), tags: optional(mapOf(text)) } as const;
