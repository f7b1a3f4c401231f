/** A template function refuses its arguments. Becomes part of the template's error, which users meet as a UsageError. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}
