// Loaded with `--import` into the azdock of a test: what it takes for now is AZDOCK_TEST_SHIFT_MS later, or earlier.
const RealDate = Date;
const shiftMs = Number(process.env['AZDOCK_TEST_SHIFT_MS'] ?? 0);

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[]) =>
    args.length === 0 ? new RealDate(RealDate.now() + shiftMs) : Reflect.construct(target, args),
  get: (target, key) => (key === 'now' ? () => RealDate.now() + shiftMs : Reflect.get(target, key)),
});
