/** Gives a function that writes `docker-machine` where a text names an azdock command to be typed. */
export function renamer(verbs: readonly string[]): (text: string) => string {
  const words = [...new Set(verbs.map((verb) => verb.split(' ')[0]))].join('|');
  const command = new RegExp(`\\bazdock(?= (?:--?[a-z]|(?:${words}|COMMAND|help)\\b))`, 'gi');
  return (text) => text.replace(command, 'docker-machine');
}
