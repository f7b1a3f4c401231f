/** Tells the user something that stops nothing. */
export type Warn = (message: string) => void;
