/** `West Europe` as Azure's answers spell it: `westeurope`. */
export function squeezeLocation(location: string): string {
  return location.toLowerCase().replaceAll(' ', '');
}
